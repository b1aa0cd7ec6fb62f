import { type Kysely, sql } from 'kysely';

/** Dialog sessions: guide, plan, gates, seats, what was agreed to, and what was noted in the room. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
-- A guide as it was when a session was planned with it. Versions never change.
create table dialog_guide_version (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	key text not null,
	number int not null check (number > 0),
	body jsonb not null,
	body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, key, number)
);
create trigger dialog_guide_version_frozen before update on dialog_guide_version
	for each row execute function refuse_change();

create table dialog_session (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	-- How people name it: 'ds-01'.
	key text not null,
	-- Printed on every seat slip, beside the slip's own code. Names the session, opens nothing.
	slip_code text not null,
	student_group_id uuid,
	site_id uuid not null references site on delete restrict,
	guide_version_id uuid not null,
	-- The line of the board's mandate this session answers.
	directive_id uuid,
	format text not null check (format in ('circle', 'table_rounds', 'focus_group')),
	starts_at timestamptz not null,
	minutes int not null check (minutes between 10 and 480),
	place text not null,
	planned_participants int not null check (planned_participants between 1 and 200),
	-- Languages interpreted in the room, beside the district's own.
	languages text[] not null,
	recording_plan text not null check (recording_plan in ('audio', 'notes_only')),
	-- What it came to: set from the ledger when the session starts. Never says why.
	recording_mode text check (recording_mode in ('audio', 'notes_only')),
	status text not null check (status in ('planned', 'running', 'held', 'cancelled')),
	started_at timestamptz,
	ended_at timestamptz,
	participants int check (participants >= 0),
	-- What the group added to the ground rules, and where the session left its guide.
	agreements text not null,
	deviations text not null,
	created_by uuid references person on delete set null,
	version int not null,
	updated_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, key),
	unique (engagement_id, slip_code),
	foreign key (engagement_id, student_group_id) references student_group on delete restrict,
	foreign key (engagement_id, guide_version_id) references dialog_guide_version on delete restrict,
	foreign key (engagement_id, directive_id) references directive on delete restrict
);
create index dialog_session_group on dialog_session (engagement_id, student_group_id);
create index dialog_session_site on dialog_session (site_id);
create index dialog_session_guide on dialog_session (engagement_id, guide_version_id);
create index dialog_session_directive on dialog_session (engagement_id, directive_id);
create index dialog_session_time on dialog_session (engagement_id, starts_at);
create index dialog_session_created_by on dialog_session (created_by);

-- Who does what in the room. A student host is counted, not named: person_id is null.
create table dialog_duty (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	role text not null check (role in (
		'lead', 'peer_host', 'note_taker', 'safe_adult', 'interpreter'
	)),
	person_id uuid references person on delete cascade,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade
);
create index dialog_duty_session on dialog_duty (engagement_id, session_id);
create index dialog_duty_person on dialog_duty (person_id);

-- Steps of the guide's before-list that are done.
create table dialog_gate (
	engagement_id uuid not null,
	session_id uuid not null,
	step text not null,
	done_by uuid references person on delete set null,
	done_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, session_id, step),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade
);
create index dialog_gate_person on dialog_gate (done_by);

-- A speaker, by seat: 'Voice A'. Whoever sits there holds a slip; only its keyed hash is here.
create table dialog_seat (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	label text not null,
	position int not null,
	slip_hash bytea,
	-- Somebody sits there: the mode of the session asks what these allow.
	taken_at timestamptz,
	withdrawn_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, session_id, label),
	unique (engagement_id, session_id, position),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade
);

-- The consent ledger: what was said about one scope, for one seat. Never changed, only added to.
create table consent_entry (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	seat_id uuid not null,
	scope text not null check (scope in (
		'recorded', 'transcribed', 'quoted', 'voice_played', 'kept'
	)),
	source text not null check (source in ('guardian', 'student', 'withdrawal')),
	is_given boolean not null,
	-- The language and the very words that were read aloud or signed.
	language text not null,
	words_hash text not null check (words_hash ~ '^[0-9a-f]{64}$'),
	-- Who saw it. Null for a withdrawal by slip.
	witness_id uuid references person on delete restrict,
	said_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade,
	foreign key (engagement_id, seat_id) references dialog_seat on delete cascade
);
create index consent_entry_seat on consent_entry (engagement_id, seat_id);
create index consent_entry_session on consent_entry (engagement_id, session_id);
create index consent_entry_witness on consent_entry (witness_id);
create trigger consent_entry_frozen before update on consent_entry
	for each row execute function refuse_change();

-- The words that were read, by their hash, so that an entry can be proven.
create table consent_words (
	engagement_id uuid not null references engagement on delete cascade,
	words_hash text not null check (words_hash ~ '^[0-9a-f]{64}$'),
	language text not null,
	words text not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, words_hash)
);

-- How many of which kind took part: each attribute counted by itself, never crossed, no names.
create table dialog_count (
	engagement_id uuid not null,
	session_id uuid not null,
	attribute text not null,
	value text not null,
	n int not null check (n >= 0),
	created_at timestamptz not null default now(),
	primary key (engagement_id, session_id, attribute, value),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade
);

-- A note taken in the room; its id was made on the tablet, so that it arrives once.
create table dialog_note (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	prompt_key text,
	seat_id uuid,
	table_no int,
	-- Milliseconds since the session began.
	at_ms int not null check (at_ms >= 0),
	text text not null,
	-- These are the very words, not a summary.
	is_exact boolean not null,
	language text not null,
	version int not null,
	deleted_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade,
	foreign key (engagement_id, seat_id) references dialog_seat on delete cascade
);
create index dialog_note_session on dialog_note (engagement_id, session_id, at_ms);
create index dialog_note_seat on dialog_note (engagement_id, seat_id);

-- What happened in the room, on the session's own clock: who spoke, which prompt, pauses, gaps,
-- and what the group asked to have deleted.
create table dialog_event (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	kind text not null check (kind in (
		'prompt', 'speaking', 'facilitator', 'pause', 'gap', 'deleted', 'table'
	)),
	start_ms int not null check (start_ms >= 0),
	end_ms int check (end_ms >= start_ms),
	prompt_key text,
	seat_id uuid,
	table_no int,
	reason text not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade,
	foreign key (engagement_id, seat_id) references dialog_seat on delete cascade
);
create index dialog_event_session on dialog_event (engagement_id, session_id, start_ms);
create index dialog_event_seat on dialog_event (engagement_id, seat_id);

-- Something that needs an adult today. Goes to the named one; no other table refers to it.
create table safety_flag (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	to_person_id uuid not null references person on delete restrict,
	raised_by uuid references person on delete set null,
	at_ms int not null check (at_ms >= 0),
	-- Encrypted by the application.
	body bytea not null,
	seen_at timestamptz,
	closed_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade
);
create index safety_flag_session on safety_flag (engagement_id, session_id);
create index safety_flag_to on safety_flag (to_person_id);
create index safety_flag_by on safety_flag (raised_by);

-- A tablet of the project. Only these record; a lost one is revoked.
create table project_device (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	label text not null,
	person_id uuid not null references person on delete cascade,
	token_hash bytea not null,
	last_seen_on date,
	revoked_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id)
);
create index project_device_person on project_device (person_id);
create unique index project_device_token on project_device (token_hash);

-- What was done on a tablet and has arrived, each once. Of those that set the same thing, the
-- newest counts, in whatever order they came.
create table dialog_operation (
	engagement_id uuid not null,
	-- Made on the tablet.
	id uuid not null,
	session_id uuid not null,
	device_id uuid,
	-- What it sets: 'agreements', 'note:<id>', 'count:language:so'.
	register text not null,
	said_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade,
	foreign key (engagement_id, device_id) references project_device on delete set null (device_id)
);
create index dialog_operation_register
	on dialog_operation (engagement_id, session_id, register, said_at, id);
create index dialog_operation_device on dialog_operation (engagement_id, device_id);
`,
		)
		.execute(db);
}
