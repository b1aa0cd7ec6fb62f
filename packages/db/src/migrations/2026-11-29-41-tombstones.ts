import { type Kysely, sql } from 'kysely';

/**
 * What was taken back, deleted or shredded, so that no older backup brings it back. The database
 * writes it down itself: no way of taking back can forget to. It names rows and holds no words, and
 * refers to none of them, because it outlives them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
create table tombstone (
	id uuid primary key default gen_random_uuid(),
	engagement_id uuid not null,
	kind text not null check (kind in ('seat', 'excerpt', 'note', 'recording', 'cut', 'key')),
	target uuid not null,
	detail jsonb not null,
	-- It came back with a backup, and what it names has to go again before anybody reads.
	is_pending boolean not null default false,
	created_at timestamptz not null default now()
);
create index tombstone_pending on tombstone (id) where is_pending;

create trigger tombstone_stays before delete on tombstone
	for each row execute function refuse_change();
create trigger tombstone_frozen before update on tombstone
	for each row when (
		(old.engagement_id, old.kind, old.target, old.detail)
			is distinct from (new.engagement_id, new.kind, new.target, new.detail)
	) execute function refuse_change();

create function bury() returns trigger language plpgsql as $$
declare
	gone jsonb := to_jsonb(new);
	detail jsonb := '{}';
begin
	if tg_argv[0] = 'seat' then
		detail := jsonb_build_object('sessionId', gone -> 'session_id', 'scope', gone -> 'scope',
			'language', gone -> 'language', 'witnessId', gone -> 'witness_id');
	elsif tg_argv[0] = 'excerpt' then
		detail := jsonb_build_object('sessionId', gone -> 'session_id');
	elsif tg_argv[0] = 'cut' then
		detail := jsonb_build_object('recordingId', gone -> 'recording_id',
			'startMs', gone -> 'start_ms', 'endMs', gone -> 'end_ms', 'reason', gone -> 'reason');
	elsif tg_argv[0] = 'key' then
		detail := jsonb_build_object('epoch', gone -> 'epoch');
	end if;
	insert into tombstone (engagement_id, kind, target, detail)
	values (new.engagement_id, tg_argv[0], (gone ->> tg_argv[1])::uuid, detail);
	return null;
end $$;

create trigger consent_entry_buried after insert on consent_entry
	for each row when (new.source = 'withdrawal') execute function bury('seat', 'seat_id');
create trigger excerpt_buried after update on excerpt
	for each row when (old.withdrawn_at is null and new.withdrawn_at is not null
		and new.session_id is not null)
	execute function bury('excerpt', 'id');
create trigger dialog_note_buried after update on dialog_note
	for each row when (old.deleted_at is null and new.deleted_at is not null)
	execute function bury('note', 'id');
create trigger recording_buried after update on recording
	for each row when (old.status <> 'deleted' and new.status = 'deleted')
	execute function bury('recording', 'id');
create trigger recording_cut_buried after insert on recording_cut
	for each row when (new.reason in ('asked', 'withdrawn')) execute function bury('cut', 'id');
create trigger opening_buried after update on opening
	for each row when (old.key_destroyed_on is null and new.key_destroyed_on is not null)
	execute function bury('key', 'window_id');

insert into tombstone (engagement_id, kind, target, detail)
select engagement_id, 'seat', seat_id, jsonb_build_object('sessionId', session_id,
	'scope', scope, 'language', language, 'witnessId', witness_id)
from consent_entry where source = 'withdrawal'
union all
select engagement_id, 'excerpt', id, jsonb_build_object('sessionId', session_id)
from excerpt where withdrawn_at is not null and session_id is not null
union all
select engagement_id, 'note', id, '{}' from dialog_note where deleted_at is not null
union all
select engagement_id, 'recording', id, '{}' from recording where status = 'deleted'
union all
select engagement_id, 'cut', id, jsonb_build_object('recordingId', recording_id,
	'startMs', start_ms, 'endMs', end_ms, 'reason', reason)
from recording_cut where reason in ('asked', 'withdrawn')
union all
select engagement_id, 'key', window_id, jsonb_build_object('epoch', epoch)
from opening where key_destroyed_on is not null;
`,
		)
		.execute(db);
}
