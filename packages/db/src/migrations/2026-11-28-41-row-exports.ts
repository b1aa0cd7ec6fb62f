import { type Kysely, sql } from 'kysely';

/**
 * Who asked for the rows of a window, why, and who let them: the file itself is never stored. It
 * is made once, when it is fetched.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table row_export (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	window_id uuid not null,
	-- At least so many rows share what is told of the people behind them.
	k int not null check (k between 5 and 30),
	-- Under which rules it is made: one window is told in one way alone.
	rules text not null,
	reason text not null check (length(reason) between 1 and 1000),
	requested_by uuid not null references person on delete restrict,
	requested_at timestamptz not null,
	decided_by uuid references person on delete restrict,
	decided_at timestamptz,
	is_approved boolean,
	decision_reason text,
	-- Until when it can be decided, then until when it can be fetched.
	expires_at timestamptz not null,
	fetched_at timestamptz,
	file_hash text check (file_hash ~ '^[0-9a-f]{64}$'),
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, window_id) references survey_window on delete restrict,
	-- Two people, always.
	check (decided_by <> requested_by),
	check ((decided_by is null) = (decided_at is null)),
	check ((decided_by is null) = (is_approved is null)),
	check (fetched_at is null or is_approved),
	check ((fetched_at is null) = (file_hash is null))
);
create index row_export_window on row_export (engagement_id, window_id);
create index row_export_requested_by on row_export (requested_by, requested_at);
create index row_export_decided_by on row_export (decided_by);
`,
		)
		.execute(db);
}
