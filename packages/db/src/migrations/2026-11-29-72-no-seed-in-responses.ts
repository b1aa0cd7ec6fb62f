import { type Kysely, sql } from 'kysely';

/**
 * Responses forget the seed that options were shuffled by for their student: whoever had seen the
 * order of a few options on a screen could have found the response by it. A process of an earlier
 * release that opens a window meanwhile fails, and one of this release opens it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
update response set answers = answers #- '{meta,seed}' where answers -> 'meta' ? 'seed';
alter table response add constraint response_without_seed check (not (answers -> 'meta' ? 'seed'));
`,
		)
		.execute(db);
}
