import { type Kysely, sql } from 'kysely';

/** District, sites, engagement with its mandate, people with their roles, staff sign-in. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table district (
	id uuid primary key,
	key text not null unique,
	name text not null,
	short_name text not null,
	state text not null,
	timezone text not null,
	default_language text not null,
	languages text[] not null,
	details jsonb not null,
	created_at timestamptz not null default now()
);

create table site (
	id uuid primary key,
	district_id uuid not null references district on delete restrict,
	key text not null,
	name text not null,
	level text not null check (level in ('elementary', 'middle', 'high')),
	grades text[] not null,
	has_sro boolean not null,
	position int not null,
	created_at timestamptz not null default now(),
	unique (district_id, key)
);

-- Public facts from the district's enrolment count; never student rows.
create table site_enrollment (
	site_id uuid not null references site on delete cascade,
	school_year text not null,
	attribute text not null,
	value text not null,
	n int not null check (n >= 0),
	created_at timestamptz not null default now(),
	primary key (site_id, school_year, attribute, value)
);

create table engagement (
	id uuid primary key,
	district_id uuid not null references district on delete restrict,
	slug text not null unique,
	title text not null,
	purpose text not null,
	status text not null check (status in ('planned', 'active', 'closed')),
	is_synthetic boolean not null,
	school_year text not null,
	min_n int not null default 10 check (min_n between 5 and 30),
	quote_k int not null default 10 check (quote_k between 5 and 30),
	decision jsonb not null,
	details jsonb not null,
	created_at timestamptz not null default now()
);
create index engagement_district on engagement (district_id);

create table mandate (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	body text not null,
	document text not null,
	adopted_on date not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id)
);

create table directive (
	engagement_id uuid not null,
	id uuid not null,
	mandate_id uuid not null,
	key text not null,
	text text not null,
	position int not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	foreign key (engagement_id, mandate_id) references mandate on delete cascade
);
create index directive_mandate on directive (engagement_id, mandate_id);

create table milestone (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	key text not null,
	label text not null,
	starts_on date not null,
	ends_on date,
	position int not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, key)
);

create table student_group (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	site_id uuid not null references site on delete restrict,
	key text not null,
	name text not null,
	kind text not null check (kind in ('advocacy', 'leadership', 'other')),
	created_at timestamptz not null default now(),
	primary key (engagement_id, id),
	unique (engagement_id, key)
);
create index student_group_site on student_group (site_id);

-- Staff and volunteers. Students and families have no accounts.
create table person (
	id uuid primary key,
	email text not null unique,
	name text not null,
	email_verified boolean not null,
	image text,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now()
);

create table engagement_role (
	engagement_id uuid not null references engagement on delete cascade,
	person_id uuid not null references person on delete cascade,
	role text not null check (role in (
		'facilitator', 'coder', 'safety_responder', 'advisory_member', 'administrator',
		'data_steward', 'complaint_officer', 'police_partner'
	)),
	site_id uuid references site on delete restrict,
	ends_on date,
	created_at timestamptz not null default now(),
	primary key (engagement_id, person_id, role)
);
create index engagement_role_person on engagement_role (person_id);
create index engagement_role_site on engagement_role (site_id);

create table invitation (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	email text not null,
	name text not null,
	role text not null,
	invited_by uuid references person on delete set null,
	accepted_at timestamptz,
	expires_at timestamptz not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id)
);
create index invitation_email on invitation (email);
create index invitation_invited_by on invitation (invited_by);

create table auth_session (
	id uuid primary key,
	person_id uuid not null references person on delete cascade,
	token text not null unique,
	expires_at timestamptz not null,
	ip_address text,
	user_agent text,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint auth_session_keeps_no_trace check (
		coalesce(ip_address, '') = '' and coalesce(user_agent, '') = ''
	)
);
create index auth_session_person on auth_session (person_id);

create table auth_account (
	id uuid primary key,
	account_id text not null,
	provider_id text not null,
	person_id uuid not null references person on delete cascade,
	access_token text,
	refresh_token text,
	id_token text,
	access_token_expires_at timestamptz,
	refresh_token_expires_at timestamptz,
	scope text,
	password text,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	unique (provider_id, account_id)
);
create index auth_account_person on auth_account (person_id);

create table auth_verification (
	id uuid primary key,
	identifier text not null,
	value text not null,
	expires_at timestamptz not null,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now()
);
create index auth_verification_identifier on auth_verification (identifier);

-- What staff did, never what a student did.
create table audit_entry (
	engagement_id uuid not null references engagement on delete cascade,
	id uuid not null,
	person_id uuid references person on delete set null,
	action text not null,
	target text not null,
	detail jsonb not null,
	created_at timestamptz not null default now(),
	primary key (engagement_id, id)
);
create index audit_entry_person on audit_entry (person_id);
`,
		)
		.execute(db);
}
