import { type Kysely, sql } from 'kysely';

/** Turns as excerpts, the group's own look at its words, and what a withdrawal leaves to review. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
-- Which words of a transcript became an excerpt; the excerpt's source_id is this id.
create table turn_span (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	transcript_id uuid not null,
	-- From a code point of one turn to a code point of the same or a later one.
	start_turn_id uuid not null,
	start_at int not null check (start_at >= 0),
	end_turn_id uuid not null,
	end_at int not null,
	start_ms int not null check (start_ms >= 0),
	end_ms int not null,
	prompt_key text,
	created_by uuid references person on delete set null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete restrict,
	foreign key (engagement_id, transcript_id) references transcript on delete restrict
);
create index turn_span_session on turn_span (engagement_id, session_id);
create index turn_span_transcript on turn_span (engagement_id, transcript_id);
create index turn_span_created_by on turn_span (created_by);

-- Whose words are in a span: what they agreed to decides what may be done with it.
create table turn_span_seat (
	engagement_id uuid not null,
	span_id uuid not null,
	seat_id uuid not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, span_id, seat_id),
	foreign key (engagement_id, span_id) references turn_span on delete cascade,
	foreign key (engagement_id, seat_id) references dialog_seat on delete restrict
);
create index turn_span_seat_seat on turn_span_seat (engagement_id, seat_id);

alter table excerpt add column session_id uuid;
alter table excerpt add column prompt_key text;
-- Whoever said it took it back: it is not coded, counted or quoted any more.
alter table excerpt add column withdrawn_at timestamptz;
alter table excerpt add foreign key (engagement_id, session_id)
	references dialog_session on delete restrict;
create index excerpt_session on excerpt (engagement_id, session_id);

-- Quotes whose speakers took them back. A release that was frozen with one stays as it is; whoever
-- reads it is shown this instead of the words. Outlives the quote.
create table taken_back_quote (
	engagement_id uuid not null references engagement on delete cascade,
	quote_id uuid not null,
	taken_back_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, quote_id)
);

-- Something that rests on words whose speaker took them back, or corrected them.
create table review_flag (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	target_type text not null check (target_type in (
		'quote', 'finding', 'recommendation', 'release'
	)),
	target_id uuid not null,
	excerpt_id uuid not null,
	reason text not null check (reason in ('withdrawn', 'corrected')),
	resolved_by uuid references person on delete set null,
	resolved_at timestamptz,
	resolution text not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, target_type, target_id, excerpt_id, reason),
	foreign key (engagement_id, excerpt_id) references excerpt on delete cascade
);
create index review_flag_target on review_flag (engagement_id, target_type, target_id);
create index review_flag_excerpt on review_flag (engagement_id, excerpt_id);
create index review_flag_person on review_flag (resolved_by);

-- The link by which a group reads what was made of its words, until a day.
create table group_review (
	engagement_id uuid not null,
	id uuid not null,
	session_id uuid not null,
	token_hash bytea not null,
	open_until date not null,
	closed_at timestamptz,
	created_by uuid references person on delete set null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, session_id) references dialog_session on delete cascade
);
create unique index group_review_token on group_review (token_hash);
create index group_review_session on group_review (engagement_id, session_id);
create index group_review_created_by on group_review (created_by);

-- What the group said of one excerpt. Nobody is named: whoever holds the link speaks for the group.
create table group_answer (
	engagement_id uuid not null,
	id uuid not null,
	review_id uuid not null,
	excerpt_id uuid not null,
	kind text not null check (kind in ('approve', 'correct', 'withdraw')),
	text text not null,
	handled_at timestamptz,
	handled_by uuid references person on delete set null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, review_id) references group_review on delete cascade,
	foreign key (engagement_id, excerpt_id) references excerpt on delete cascade
);
create index group_answer_review on group_answer (engagement_id, review_id);
create index group_answer_excerpt on group_answer (engagement_id, excerpt_id);
create index group_answer_person on group_answer (handled_by);
`,
		)
		.execute(db);
}
