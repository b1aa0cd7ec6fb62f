import { type Kysely, sql } from 'kysely';

/** Which prompt a turn was said on can be put right, as everything else about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
alter table turn_edit drop constraint turn_edit_kind_check;
alter table turn_edit add constraint turn_edit_kind_check check (kind in (
	'text', 'split', 'merge', 'seat', 'unclear', 'time', 'delete', 'redaction', 'prompt'
));
`,
		)
		.execute(db);
}
