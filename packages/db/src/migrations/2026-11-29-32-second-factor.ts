import { type Kysely, sql } from 'kysely';

/**
 * A second factor for staff: the secret of an authenticator app, sealed with a key outside the
 * database, and ten codes for when the app is gone. Failures are counted here, so that neither a
 * restart nor a second process forgets them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
-- When a code was last proved in this session; null when none was.
alter table auth_session add column second_factor_at timestamptz;

create table second_factor (
	person_id uuid primary key references person on delete cascade,
	-- Null until a first code was proved.
	secret bytea,
	-- Being set up: takes the place of \`secret\` with its first code.
	new_secret bytea,
	-- The session it was made in, and is shown in: it ends with that.
	new_in_session uuid references auth_session on delete set null,
	-- The time step of the newest code that was taken: none works twice.
	last_step bigint not null default 0,
	failures int not null default 0,
	failed_at timestamptz,
	created_at timestamptz not null default now(),
	check ((failures = 0) = (failed_at is null))
);

create index second_factor_session on second_factor (new_in_session);

create table recovery_code (
	person_id uuid not null references second_factor on delete cascade,
	hash bytea not null,
	used_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (person_id, hash)
);
`,
		)
		.execute(db);
}
