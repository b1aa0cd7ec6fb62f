import { type Kysely, sql } from 'kysely';

/** Recordings, transcripts with their turns, and the spans that must not be read or heard. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
-- One microphone of one session. Its bytes are files; the id was made on the device.
create table recording (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	-- Null for a file from another recorder.
	device_id uuid,
	label text not null,
	table_no int,
	mime text not null,
	status text not null check (status in (
		'announced', 'received', 'ready', 'failed', 'deleted'
	)),
	-- The device's clock when it began, put right by the server's.
	started_at timestamptz not null,
	-- Milliseconds since the session began.
	offset_ms int not null,
	duration_ms int,
	bytes bigint,
	sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
	-- Slices with number, segment, bytes, hash and times; gaps with times and reason.
	manifest jsonb not null,
	-- How much of the copy to play is made, in per cent.
	progress int not null default 0 check (progress between 0 and 100),
	-- In words, when it could not be read.
	problem text,
	delete_after date not null,
	deleted_at timestamptz,
	created_by uuid references person on delete set null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade,
	foreign key (engagement_id, device_id) references project_device on delete restrict
);
create index recording_session on recording (engagement_id, session_id);
create index recording_device on recording (engagement_id, device_id);
create index recording_created_by on recording (created_by);

-- What is silenced whenever the recording is played or transcribed, in milliseconds from where
-- the recording began: the session's clock less the recording's offset.
create table recording_cut (
	engagement_id uuid not null,
	id uuid not null,
	recording_id uuid not null,
	start_ms int not null check (start_ms >= 0),
	end_ms int not null,
	reason text not null check (reason in ('asked', 'withdrawn', 'redacted')),
	redaction_id uuid,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	check (end_ms > start_ms),
	foreign key (engagement_id, recording_id) references recording on delete cascade
);
create index recording_cut_recording on recording_cut (engagement_id, recording_id, start_ms);
create index recording_cut_redaction on recording_cut (engagement_id, redaction_id);

create table transcript (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	recording_id uuid,
	source text not null check (source in (
		'notes', 'webvtt', 'srt', 'text', 'docx', 'csv', 'json', 'speech_to_text'
	)),
	language text not null,
	-- Put on every time of the file, so that it runs on the session's clock.
	offset_ms int not null,
	-- What was read, dropped and why; which part of the session it covers.
	report jsonb not null,
	status text not null check (status in ('draft', 'checked')),
	checked_by uuid references person on delete set null,
	checked_at timestamptz,
	created_by uuid references person on delete set null,
	version int not null,
	updated_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade,
	foreign key (engagement_id, recording_id) references recording on delete set null (recording_id)
);
create index transcript_session on transcript (engagement_id, session_id);
create index transcript_recording on transcript (engagement_id, recording_id);
create index transcript_checked_by on transcript (checked_by);
create index transcript_created_by on transcript (created_by);

-- One utterance. Its text is as it was said; what must not be read is named by turn_redaction and
-- taken out whenever somebody reads who may not.
create table turn (
	engagement_id uuid not null,
	id uuid not null,
	transcript_id uuid not null,
	-- Splitting puts a turn between two others.
	position float8 not null,
	start_ms int not null check (start_ms >= 0),
	end_ms int not null,
	kind text not null check (kind in ('speech', 'missing')),
	-- Null: not assigned to a seat, or a facilitator's, or nobody's.
	seat_id uuid,
	is_facilitator boolean not null,
	-- Somebody looked and it is no participant's: noise, a visitor, the whole room at once.
	is_nobodys boolean not null default false,
	prompt_key text,
	text text not null,
	is_unclear boolean not null,
	-- Grows with every change: who edits says which one they looked at.
	version int not null default 1,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	check (end_ms >= start_ms),
	foreign key (engagement_id, transcript_id) references transcript on delete cascade,
	foreign key (engagement_id, seat_id) references dialog_seat on delete set null (seat_id)
);
create index turn_transcript on turn (engagement_id, transcript_id, position, id);
create index turn_seat on turn (engagement_id, seat_id);

-- Every edit: the turns it touched, before and after. Undone ones stay.
create table turn_edit (
	engagement_id uuid not null,
	id uuid not null,
	transcript_id uuid not null,
	person_id uuid references person on delete set null,
	kind text not null check (kind in (
		'text', 'split', 'merge', 'seat', 'unclear', 'time', 'delete', 'redaction'
	)),
	before jsonb not null,
	after jsonb not null,
	is_undone boolean not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, transcript_id) references transcript on delete cascade
);
create index turn_edit_transcript on turn_edit (engagement_id, transcript_id, id);
create index turn_edit_person on turn_edit (person_id);

-- A span of a turn, in code points, that names or finds a person.
create table turn_redaction (
	engagement_id uuid not null,
	id uuid not null,
	transcript_id uuid not null,
	turn_id uuid not null,
	start_at int not null check (start_at >= 0),
	end_at int not null,
	kind text not null check (kind in (
		'name', 'phone', 'email', 'id', 'address', 'zip', 'room', 'handle', 'birth_date'
	)),
	source text not null check (source in ('suggested', 'by_hand')),
	status text not null check (status in ('suggested', 'accepted', 'rejected')),
	decided_by uuid references person on delete set null,
	decided_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	check (end_at > start_at),
	foreign key (engagement_id, transcript_id) references transcript on delete cascade,
	foreign key (engagement_id, turn_id) references turn on delete cascade
);
create index turn_redaction_transcript on turn_redaction (engagement_id, transcript_id, status);
create index turn_redaction_turn on turn_redaction (engagement_id, turn_id);
create index turn_redaction_person on turn_redaction (decided_by);
`,
		)
		.execute(db);
}
