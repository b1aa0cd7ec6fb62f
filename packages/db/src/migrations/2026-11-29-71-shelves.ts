import { type Kysely, sql } from 'kysely';

/** As many files as envelopes are kept in. */
const SHELVES = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * Envelopes lie in eight files, those of a window in one: its opening begins that file anew, and must
 * not copy what other windows hold sealed. A window takes the file that the fewest unopened ones use.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
alter table survey_window add column shelf smallint check (shelf between 0 and ${SHELVES.length - 1});
update survey_window w set shelf = (spread.place - 1) % ${SHELVES.length}
from (
	select engagement_id, id,
		row_number() over (order by status = 'opened', engagement_id, id) as place
	from survey_window
) spread
where spread.engagement_id = w.engagement_id and spread.id = w.id;
alter table survey_window alter column shelf set not null;
create function emptiest_shelf() returns smallint language sql volatile as $function$
	select one.shelf::smallint
	from generate_series(0, ${SHELVES.length - 1}) as one (shelf)
	left join survey_window w on w.shelf = one.shelf and w.status <> 'opened'
	group by one.shelf
	order by count(w.id), one.shelf
	limit 1
$function$;

alter table survey_window alter column shelf set default emptiest_shelf();

alter table envelope rename to envelope_before;
alter index envelope_pkey rename to envelope_before_pkey;
alter index envelope_cohort rename to envelope_before_cohort;
create table envelope (
	engagement_id uuid not null,
	id uuid not null,
	window_id uuid not null,
	cohort_id uuid not null,
	epoch smallint not null,
	body bytea not null check (octet_length(body) in (4124, 16412, 65564)),
	shelf smallint not null,
	primary key (engagement_id, id, shelf)
) partition by list (shelf);
create index envelope_cohort on envelope (engagement_id, window_id, cohort_id);
${SHELVES.map(
	(shelf) => `create table envelope_${shelf} partition of envelope for values in (${shelf});`,
).join('\n')}
-- What is sealed cannot be made smaller: nobody needs to try.
alter table envelope alter column body set storage external;
insert into envelope (engagement_id, id, window_id, cohort_id, epoch, body, shelf)
select e.engagement_id, e.id, e.window_id, e.cohort_id, e.epoch, e.body, coalesce(w.shelf, 0)
from envelope_before e
left join survey_window w on w.engagement_id = e.engagement_id and w.id = e.window_id
order by e.id;
drop table envelope_before;

create or replace function submit_envelope(
	for_engagement uuid, for_window uuid, spent_code bytea, sid bytea,
	envelope_id uuid, for_cohort uuid, in_epoch int, sealed bytea
) returns text language plpgsql as $function$
declare
	known record;
	own_shelf smallint;
begin
	perform pg_advisory_xact_lock_shared(hashtextextended(for_window::text, 0));
	update access_code c set state = 1, sid_hash = sid
	from survey_window w
	where c.engagement_id = for_engagement and c.window_id = for_window
		and c.code_hash = spent_code and c.state = 0
		and w.engagement_id = for_engagement and w.id = for_window and w.status = 'open'
	returning w.shelf into own_shelf;
	if not found then
		select c.state, c.sid_hash into known from access_code c
		where c.engagement_id = for_engagement and c.window_id = for_window
			and c.code_hash = spent_code;
		if not found then
			return 'unknown';
		elsif known.state = 0 then
			return 'closed';
		elsif known.sid_hash = sid then
			return 'repeated';
		end if;
		return 'spent';
	end if;
	insert into envelope (engagement_id, id, window_id, cohort_id, epoch, body, shelf)
	values (for_engagement, envelope_id, for_window, for_cohort, in_epoch, sealed, own_shelf);
	delete from draft d
	where d.engagement_id = for_engagement and d.window_id = for_window
		and d.code_hash = spent_code;
	return 'stored';
end
$function$;
`,
		)
		.execute(db);
}
