import { type Kysely, sql } from 'kysely';

/** Recordings on their way to text: known after a restart, too. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table speech_job (
	engagement_id uuid not null,
	recording_id uuid not null,
	session_id uuid not null,
	-- Each start is another run: what an earlier one still does is not taken for this one's.
	run_id uuid not null,
	language text not null,
	status text not null check (status in ('waiting', 'running', 'done', 'failed')),
	percent int not null check (percent between 0 and 100),
	-- In words, when it failed.
	message text,
	transcript_id uuid,
	started_by uuid references person on delete set null,
	-- Kept fresh while a server works on it: without, it was interrupted.
	beat_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, recording_id),
	foreign key (engagement_id, recording_id) references recording on delete cascade,
	foreign key (engagement_id, session_id) references dialog_session on delete cascade,
	foreign key (engagement_id, transcript_id) references transcript on delete set null (transcript_id)
);
create index speech_job_session on speech_job (engagement_id, session_id);
create index speech_job_transcript on speech_job (engagement_id, transcript_id);
create index speech_job_started_by on speech_job (started_by);
`,
		)
		.execute(db);
}
