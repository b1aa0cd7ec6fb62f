import { type Kysely, sql } from 'kysely';

/**
 * How far the opening of a window has come, and a canary for the key that seals its envelopes.
 *
 * `opening` has days and no times, and no `created_at`: what else the server logged at that moment
 * should not be found by it. Windows opened before this migration are taken up where they stopped:
 * their tables were not written anew, and their keys still lie on the disk.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table opening (
	engagement_id uuid not null,
	window_id uuid not null,
	epoch smallint not null,
	opened_on date not null,
	-- Envelopes, drafts and codes were written to new files.
	rewritten_on date,
	-- A backup was loaded and held every response of the window.
	backed_up_on date check (backed_up_on is null or rewritten_on is not null),
	key_destroyed_on date check (key_destroyed_on is null or backed_up_on is not null),
	primary key (engagement_id, window_id),
	foreign key (engagement_id, window_id) references survey_window on delete cascade
);

insert into opening (engagement_id, window_id, epoch, opened_on)
select w.engagement_id, w.id, w.epoch, coalesce(max(l.opened_on), w.closes_at::date)
from survey_window w
left join opening_log l on l.engagement_id = w.engagement_id and l.window_id = w.id
where w.status = 'opened' and w.source = 'codes'
group by w.engagement_id, w.id;

-- A known text sealed with the epoch key: whoever can open it has the right key.
create table epoch_canary (
	engagement_id uuid not null,
	window_id uuid not null,
	epoch smallint not null,
	body bytea not null check (octet_length(body) = 60),
	primary key (engagement_id, window_id, epoch),
	foreign key (engagement_id, window_id) references survey_window on delete cascade
);
`,
		)
		.execute(db);
}
