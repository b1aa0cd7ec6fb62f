import { type Kysely, sql } from 'kysely';

/** What a coder has seen besides the excerpt: decisions made from then on are not blind. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table excerpt_reveal (
	engagement_id uuid not null,
	excerpt_id uuid not null,
	coder_id uuid not null references person on delete cascade,
	-- 'suggestions' of the model, or the 'codings' of other coders.
	kind text not null check (kind in ('suggestions', 'codings')),
	created_at timestamptz not null default now(),
	primary key (engagement_id, excerpt_id, coder_id, kind),
	foreign key (engagement_id, excerpt_id) references excerpt on delete cascade
);
create index excerpt_reveal_person on excerpt_reveal (coder_id);
`,
		)
		.execute(db);
}
