import { type Kysely, sql } from 'kysely';

/** What an approver took upon themselves: numbers typed into a release that no figure backs. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(`alter table release_approval add column accepted jsonb not null default '[]'`)
		.execute(db);
}
