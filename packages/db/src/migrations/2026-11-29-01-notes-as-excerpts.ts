import { type Kysely, sql } from 'kysely';

/**
 * Turns that were notes say how they were noted, and may be the whole room's: words of no known
 * seat. Excerpts carry it on: paraphrase is counted and never quoted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
-- Null: it was said so. 'exact': noted as somebody's very words. 'paraphrase': in the words of
-- whoever took the note.
alter table turn add column note text check (note in ('exact', 'paraphrase'));
-- A participant said it, and it was not noted which.
alter table turn add column is_rooms boolean not null default false;
-- The worst of its turns: 'paraphrase' where any of them is.
alter table excerpt add column note text check (note in ('exact', 'paraphrase'));
-- Some of its words are of no known seat: whatever is done with them needs everybody's yes.
alter table turn_span add column is_rooms boolean not null default false;

-- Exact words were put in quotation marks when notes were taken over. Excerpts that were made stay
-- as they are.
update turn set note = case when turn.text ~ '^["“«].*["”»]$' then 'exact' else 'paraphrase' end
from transcript t
where t.engagement_id = turn.engagement_id and t.id = turn.transcript_id and t.source = 'notes'
	and turn.kind = 'speech';
`,
		)
		.execute(db);
}
