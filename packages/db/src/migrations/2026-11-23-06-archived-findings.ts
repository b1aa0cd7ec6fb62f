import { type Kysely, sql } from 'kysely';

/** A draft finding is put away, not deleted: it can be brought back. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
alter table finding add column archived_at timestamptz;
alter table finding add check (archived_at is null or status = 'draft');
`,
		)
		.execute(db);
}
