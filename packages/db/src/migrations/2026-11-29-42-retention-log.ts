import { type Kysely, sql } from 'kysely';

/** What was purged because its time was over: how many rows of which kind, and no word of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table purge_entry (
	id uuid primary key,
	-- Null for what belongs to no engagement, such as sign-in sessions.
	engagement_id uuid references engagement on delete cascade,
	kind text not null,
	rows int not null check (rows > 0),
	-- After how many days it was due.
	days int not null check (days > 0),
	purged_on date not null,
	created_at timestamptz not null default now()
);
create index purge_entry_engagement on purge_entry (engagement_id, purged_on);
`,
		)
		.execute(db);
}
