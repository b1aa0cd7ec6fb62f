import { type Kysely, sql } from 'kysely';

/**
 * The record of what staff did becomes a chain per engagement: each entry holds the hash of the one
 * before it, so that an entry that is changed, taken out or put in between breaks every hash after
 * it. What is hashed is in `audit_entry_hash`, and once more in queries/audit-chain.ts, which
 * verifies without trusting this database's functions.
 *
 * An entry joins the chain when its transaction commits: the lock of the chain is then the last one
 * taken, whatever else the transaction held, and is held for a moment.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql.raw(chain).execute(db);
	await sql.raw(oldEntries).execute(db);
	await sql.raw(triggers).execute(db);
}

const chain = `
-- Who did something stays known for as long as what they did: a person may lose every role, and be
-- renamed, but not deleted while the record names them.
alter table audit_entry drop constraint audit_entry_person_id_fkey;
alter table audit_entry add foreign key (person_id) references person on delete restrict;

alter table audit_entry add column position bigint;
alter table audit_entry add column previous_hash bytea;
alter table audit_entry add column hash bytea;
alter table audit_entry add constraint audit_entry_chained check (
	(position is null and previous_hash is null and hash is null)
	or (position > 0 and length(hash) = 32
		and length(previous_hash) = case when position = 1 then 0 else 32 end)
);
alter table audit_entry add unique (engagement_id, position);

create table audit_head (
	engagement_id uuid primary key references engagement on delete cascade,
	-- Of the newest entry; 0 before there is one.
	position bigint not null default 0,
	hash bytea not null default '',
	created_at timestamptz not null default now()
);

create function audit_entry_hash(entry audit_entry, at_position bigint, previous bytea)
returns bytea language sql stable as $function$
	select sha256(convert_to(string_agg(octet_length(field) || ':' || field || ',', '' order by n), 'UTF8'))
	from unnest(array[
		entry.engagement_id::text,
		at_position::text,
		encode(previous, 'hex'),
		entry.id::text,
		coalesce(entry.person_id::text, ''),
		entry.action,
		entry.target,
		entry.detail::text,
		(extract(epoch from entry.created_at) * 1000000)::bigint::text
	]) with ordinality as fields (field, n)
$function$;

create function chain_audit_entry() returns trigger language plpgsql as $function$
declare
	head audit_head;
	new_hash bytea;
begin
	insert into audit_head (engagement_id) values (new.engagement_id) on conflict do nothing;
	select * into head from audit_head h where h.engagement_id = new.engagement_id for update;
	new_hash := audit_entry_hash(new, head.position + 1, head.hash);
	update audit_entry e
	set position = head.position + 1, previous_hash = head.hash, hash = new_hash
	where e.engagement_id = new.engagement_id and e.id = new.id;
	update audit_head h set position = head.position + 1, hash = new_hash
	where h.engagement_id = new.engagement_id;
	return null;
end
$function$;

create function refuse_audit_change() returns trigger language plpgsql as $function$
begin
	if tg_op = 'TRUNCATE' then
		-- A sample whose loading was interrupted is taken out; nothing real is.
		if not exists (select from engagement where not is_synthetic) then
			return null;
		end if;
	elsif tg_op = 'DELETE' then
		-- With its whole engagement, which is gone by now.
		if not exists (select from engagement where id = old.engagement_id) then
			return old;
		end if;
	elsif old.position is null and new.position is not null
		and to_jsonb(new) - array['position', 'previous_hash', 'hash']
			= to_jsonb(old) - array['position', 'previous_hash', 'hash']
		and new.hash = audit_entry_hash(old, new.position, new.previous_hash)
	then
		return new;
	end if;
	raise exception 'The record of what staff did is only ever added to.'
		using errcode = 'restrict_violation';
end
$function$;

create function refuse_chained_entry() returns trigger language plpgsql as $function$
begin
	if new.position is not null or new.previous_hash is not null or new.hash is not null then
		raise exception 'An entry of the record gets its place in the chain by itself.'
			using errcode = 'restrict_violation';
	end if;
	return new;
end
$function$;
`;

/** Entries of earlier releases, in the order they were shown in. */
const oldEntries = `
do $block$
declare
	entry audit_entry;
	head audit_head;
	new_hash bytea;
begin
	for entry in select * from audit_entry order by engagement_id, created_at, id loop
		insert into audit_head (engagement_id) values (entry.engagement_id) on conflict do nothing;
		select * into head from audit_head h where h.engagement_id = entry.engagement_id;
		new_hash := audit_entry_hash(entry, head.position + 1, head.hash);
		update audit_entry e
		set position = head.position + 1, previous_hash = head.hash, hash = new_hash
		where e.engagement_id = entry.engagement_id and e.id = entry.id;
		update audit_head h set position = head.position + 1, hash = new_hash
		where h.engagement_id = entry.engagement_id;
	end loop;
end
$block$;
`;

const triggers = `
create trigger audit_entry_unchained before insert on audit_entry
for each row execute function refuse_chained_entry();
create constraint trigger audit_entry_joins_chain after insert on audit_entry
deferrable initially deferred for each row execute function chain_audit_entry();
create trigger audit_entry_stays before update or delete on audit_entry
for each row execute function refuse_audit_change();
create trigger audit_entry_stays_whole before truncate on audit_entry
for each statement execute function refuse_audit_change();
`;
