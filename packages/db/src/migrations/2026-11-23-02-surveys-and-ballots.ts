import { type Kysely, sql } from 'kysely';

/**
 * Surveys with frozen versions, windows, cohorts, and the ballot tables.
 *
 * `access_code`, `draft`, `envelope` and `response` hold no time, no order and no link to each
 * other: ids are UUID v4 made by the application and no column has a default. Adding one breaks
 * the promise to students; `docs/privacy.md` says why.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table survey (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	key text not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, key)
);

create table survey_version (
	engagement_id uuid not null,
	id uuid not null,
	survey_id uuid not null,
	number int not null check (number > 0),
	definition jsonb not null,
	definition_hash text not null check (definition_hash ~ '^[0-9a-f]{64}$'),
	published_at timestamptz,
	published_by uuid references person on delete set null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, survey_id, number),
	foreign key (engagement_id, survey_id) references survey on delete cascade
);
create index survey_version_published_by on survey_version (published_by);
create index survey_version_hash on survey_version (engagement_id, definition_hash);

create table notice_version (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	key text not null,
	kind text not null,
	number int not null check (number > 0),
	body jsonb not null,
	body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, key, number)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
	raise exception '% is frozen and cannot be changed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger survey_version_frozen before update on survey_version
	for each row when (old.published_at is not null
		and (old.definition is distinct from new.definition
			or old.definition_hash is distinct from new.definition_hash
			or old.number is distinct from new.number))
	execute function refuse_change();
create trigger notice_version_frozen before update on notice_version
	for each row execute function refuse_change();

create table survey_window (
	engagement_id uuid not null,
	id uuid not null,
	survey_version_id uuid not null,
	notice_version_id uuid not null,
	-- The short address on a slip: /s/<link_key>
	link_key text not null unique,
	label text not null,
	status text not null check (status in ('draft', 'open', 'closed', 'opened')),
	opens_at timestamptz not null,
	closes_at timestamptz not null,
	-- 'codes': students answered here; 'import': answers came from a file.
	source text not null check (source in ('codes', 'import')),
	epoch smallint not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	check (closes_at > opens_at),
	foreign key (engagement_id, survey_version_id) references survey_version on delete restrict,
	foreign key (engagement_id, notice_version_id) references notice_version on delete restrict
);
create index survey_window_version on survey_window (engagement_id, survey_version_id);
create index survey_window_notice on survey_window (engagement_id, notice_version_id);

-- Who may answer, as counts: one row per site and grade (or wider, once merged).
create table cohort (
	engagement_id uuid not null,
	id uuid not null,
	window_id uuid not null,
	site_id uuid references site on delete restrict,
	grade text,
	eligible int not null check (eligible >= 0),
	codes_made int not null check (codes_made >= 0),
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique nulls not distinct (engagement_id, window_id, site_id, grade),
	foreign key (engagement_id, window_id) references survey_window on delete cascade
);
create index cohort_site on cohort (site_id);

create table access_code (
	engagement_id uuid not null,
	window_id uuid not null,
	code_hash bytea not null check (octet_length(code_hash) = 32),
	cohort_id uuid not null,
	state smallint not null check (state in (0, 1)),
	sid_hash bytea check (octet_length(sid_hash) = 32),
	primary key (engagement_id, window_id, code_hash)
);
create index access_code_cohort on access_code (engagement_id, cohort_id);

create table draft (
	engagement_id uuid not null,
	window_id uuid not null,
	code_hash bytea not null check (octet_length(code_hash) = 32),
	body bytea not null check (octet_length(body) in (8220, 16412, 65564)),
	primary key (engagement_id, window_id, code_hash)
);

create table envelope (
	engagement_id uuid not null,
	id uuid not null,
	window_id uuid not null,
	cohort_id uuid not null,
	epoch smallint not null,
	body bytea not null check (octet_length(body) in (4124, 16412, 65564)),
	primary key (engagement_id, id)
);
create index envelope_cohort on envelope (engagement_id, window_id, cohort_id);

create table response (
	engagement_id uuid not null,
	id uuid not null,
	window_id uuid not null,
	cohort_id uuid not null,
	answers jsonb not null,
	primary key (engagement_id, id)
);
create index response_cohort on response (engagement_id, window_id, cohort_id);

create table opening_log (
	engagement_id uuid not null,
	window_id uuid not null,
	cohort_id uuid not null,
	epoch smallint not null,
	n int not null check (n >= 0),
	opened_on date not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, window_id, cohort_id, epoch),
	foreign key (engagement_id, window_id) references survey_window on delete cascade
);

-- One row per cohort and day, as it may be shown: a band and a rounded share, never the count.
create table response_rate (
	engagement_id uuid not null,
	window_id uuid not null,
	as_of date not null,
	-- 'all', 'site:<key>', 'cohort:<site key>:<grade>'
	scope text not null,
	shown jsonb not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, window_id, as_of, scope),
	foreign key (engagement_id, window_id) references survey_window on delete cascade
);
`,
		)
		.execute(db);
}
