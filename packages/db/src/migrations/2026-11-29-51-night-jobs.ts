import { type Kysely, sql } from 'kysely';

/**
 * The last night each job of the night was done for, so that a machine that is switched off at night
 * makes up for it. A day and no finer time: when the server was on is nobody's business.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table night_job (
	name text primary key,
	last_night date not null
);
`,
		)
		.execute(db);
}
