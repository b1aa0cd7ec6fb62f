import { type Kysely, sql } from 'kysely';

/** Quotes with clearance, findings, recommendations with history, releases that cannot change. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
-- A span of a stored excerpt, in code points, with the hash of its words.
create table quote (
	engagement_id uuid not null,
	id uuid not null,
	excerpt_id uuid not null,
	start_at int not null check (start_at >= 0),
	end_at int not null,
	text_hash text not null check (text_hash ~ '^[0-9a-f]{64}$'),
	proposed_by uuid references person on delete set null,
	withdrawn_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	check (end_at > start_at),
	foreign key (engagement_id, excerpt_id) references excerpt on delete restrict
);
create index quote_excerpt on quote (engagement_id, excerpt_id);
create index quote_proposed_by on quote (proposed_by);

-- Two different people must clear a quote; one refusal blocks it.
create table quote_clearance (
	engagement_id uuid not null,
	quote_id uuid not null,
	person_id uuid not null references person on delete restrict,
	is_cleared boolean not null,
	reason text not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, quote_id, person_id),
	foreign key (engagement_id, quote_id) references quote on delete cascade
);
create index quote_clearance_person on quote_clearance (person_id);

create table finding (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	sentence text not null,
	minority_view text not null,
	status text not null check (status in ('draft', 'ready')),
	created_by uuid references person on delete set null,
	version int not null,
	updated_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id)
);
create index finding_created_by on finding (created_by);

-- Which table a finding rests on: its address, never its numbers (they are computed).
create table finding_table (
	engagement_id uuid not null,
	finding_id uuid not null,
	position int not null,
	window_id uuid not null,
	kind text not null check (kind in ('question', 'themes')),
	ref text not null,
	breakdown text,
	created_at timestamptz not null default now(),
	primary key (engagement_id, finding_id, position),
	foreign key (engagement_id, finding_id) references finding on delete cascade,
	foreign key (engagement_id, window_id) references survey_window on delete restrict
);
create index finding_table_window on finding_table (engagement_id, window_id);

create table finding_theme (
	engagement_id uuid not null,
	finding_id uuid not null,
	theme_id uuid not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, finding_id, theme_id),
	foreign key (engagement_id, finding_id) references finding on delete cascade,
	foreign key (engagement_id, theme_id) references theme on delete restrict
);
create index finding_theme_theme on finding_theme (engagement_id, theme_id);

create table finding_quote (
	engagement_id uuid not null,
	finding_id uuid not null,
	quote_id uuid not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, finding_id, quote_id),
	foreign key (engagement_id, finding_id) references finding on delete cascade,
	foreign key (engagement_id, quote_id) references quote on delete restrict
);
create index finding_quote_quote on finding_quote (engagement_id, quote_id);

create table recommendation (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	key text not null,
	category text not null check (category in (
		'relationship_building', 'assessment', 'professional_development',
		'communication_transparency', 'other_contract_requests', 'non_contract_district',
		'non_contract_advisory'
	)),
	text text not null,
	owner text not null,
	measure text not null,
	target text not null,
	clause_hint text,
	status text not null check (status in (
		'draft', 'advisory_review', 'advisory_approved', 'admin_approved', 'sent_to_partner',
		'in_contract', 'partly_in_contract', 'district_action', 'not_adopted', 'withdrawn'
	)),
	reason text,
	dissent text,
	version int not null,
	updated_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, key)
);

-- Who changed which words, when.
create table recommendation_version (
	engagement_id uuid not null,
	recommendation_id uuid not null,
	version int not null,
	body jsonb not null,
	changed_by uuid references person on delete set null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, recommendation_id, version),
	foreign key (engagement_id, recommendation_id) references recommendation on delete cascade
);
create index recommendation_version_person on recommendation_version (changed_by);

create table recommendation_finding (
	engagement_id uuid not null,
	recommendation_id uuid not null,
	finding_id uuid not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, recommendation_id, finding_id),
	foreign key (engagement_id, recommendation_id) references recommendation on delete cascade,
	foreign key (engagement_id, finding_id) references finding on delete restrict
);
create index recommendation_finding_finding on recommendation_finding (engagement_id, finding_id);

-- A frozen, checked set of public results. The public site reads only frozen ones.
create table release (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	slug text not null,
	title text not null,
	window_id uuid not null,
	status text not null check (status in ('draft', 'frozen')),
	-- Everything the public pages show: charts, quotes, chains, method note.
	body jsonb not null,
	body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
	-- Counts behind the charts, for re-computation and the audit of later releases; never served.
	audit jsonb not null,
	created_by uuid references person on delete set null,
	frozen_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, slug),
	foreign key (engagement_id, window_id) references survey_window on delete restrict
);
create index release_created_by on release (created_by);
create index release_window on release (engagement_id, window_id);

create table release_approval (
	engagement_id uuid not null,
	release_id uuid not null,
	person_id uuid not null references person on delete restrict,
	role text not null,
	body_hash text not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, release_id, person_id),
	foreign key (engagement_id, release_id) references release on delete cascade
);
create index release_approval_person on release_approval (person_id);

create trigger release_frozen before update or delete on release
	for each row when (old.status = 'frozen') execute function refuse_change();
`,
		)
		.execute(db);
}
