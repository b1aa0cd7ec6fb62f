import { type Kysely, sql } from 'kysely';

/** Excerpts, codebook, codings, and the history that makes each decision undoable. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
-- The unit that is coded. text is redacted before it is stored; text_hash is its SHA-256.
-- Ids are UUID v4: an order would follow the opening.
create table excerpt (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	source_kind text not null check (source_kind in ('answer', 'turn')),
	source_id uuid not null,
	window_id uuid,
	question_id text,
	text text not null,
	text_hash text not null check (text_hash ~ '^[0-9a-f]{64}$'),
	language text not null,
	redactions jsonb not null,
	is_non_answer boolean not null,
	-- Position in the shuffled coding queue, drawn at random when the window is opened.
	queue_position int not null,
	-- The part drawn at random for double coding; counts and reliability rest on it.
	in_sample boolean not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id)
);
create index excerpt_queue on excerpt (engagement_id, queue_position);
create index excerpt_source on excerpt (engagement_id, source_id);
create index excerpt_question on excerpt (engagement_id, window_id, question_id);

create table codebook (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	title text not null,
	unit text not null,
	number int not null check (number > 0),
	created_at timestamptz not null default now(),
	primary key (engagement_id, id)
);

create table theme_group (
	engagement_id uuid not null,
	id uuid not null,
	codebook_id uuid not null,
	key text not null,
	label text not null,
	position int not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, codebook_id, key),
	foreign key (engagement_id, codebook_id) references codebook on delete cascade
);

create table theme (
	engagement_id uuid not null,
	id uuid not null,
	theme_group_id uuid not null,
	key text not null,
	label text not null,
	definition text not null,
	include text[] not null,
	exclude text[] not null,
	examples text[] not null,
	position int not null,
	archived_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, key),
	foreign key (engagement_id, theme_group_id) references theme_group on delete cascade
);
create index theme_in_group on theme (engagement_id, theme_group_id);

-- One coder has decided on one excerpt; the themes are its codings, which may be none.
create table excerpt_decision (
	engagement_id uuid not null,
	excerpt_id uuid not null,
	coder_id uuid not null references person on delete restrict,
	saw_suggestions boolean not null,
	decided_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, excerpt_id, coder_id),
	foreign key (engagement_id, excerpt_id) references excerpt on delete cascade
);
create index excerpt_decision_coder on excerpt_decision (engagement_id, coder_id, decided_at);
create index excerpt_decision_person on excerpt_decision (coder_id);

-- One coder put one theme on one excerpt.
create table coding (
	engagement_id uuid not null,
	excerpt_id uuid not null,
	coder_id uuid not null,
	theme_id uuid not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, excerpt_id, coder_id, theme_id),
	foreign key (engagement_id, excerpt_id, coder_id)
		references excerpt_decision on delete cascade,
	foreign key (engagement_id, theme_id) references theme on delete restrict
);
create index coding_theme on coding (engagement_id, theme_id);

-- Undo and redo across reloads: what stood before and after each decision of a coder.
create table coding_step (
	engagement_id uuid not null,
	id uuid not null,
	coder_id uuid not null references person on delete cascade,
	excerpt_id uuid not null,
	before jsonb,
	after jsonb,
	is_undone boolean not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, excerpt_id) references excerpt on delete cascade
);
create index coding_step_coder on coding_step (engagement_id, coder_id, id);
create index coding_step_excerpt on coding_step (engagement_id, excerpt_id);
create index coding_step_person on coding_step (coder_id);

-- Where coders disagreed and someone settled it.
create table adjudication (
	engagement_id uuid not null,
	excerpt_id uuid not null,
	theme_ids uuid[] not null,
	decided_by uuid references person on delete set null,
	note text not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, excerpt_id),
	foreign key (engagement_id, excerpt_id) references excerpt on delete cascade
);
create index adjudication_person on adjudication (decided_by);

-- The trained suggestion model, one per engagement, replaced at each retraining.
create table suggestion_model (
	engagement_id uuid not null references engagement on delete cascade,
	body bytea not null,
	trained_on int not null,
	trained_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id)
);
`,
		)
		.execute(db);
}
