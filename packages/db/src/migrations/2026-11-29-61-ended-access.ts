import { type Kysely, sql } from 'kysely';

/**
 * An older backup must not let anybody in again either: roles that were taken or given an end, and
 * invitations that were taken back, are written down like what was said and taken back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
alter table tombstone drop constraint tombstone_kind_check;
alter table tombstone add constraint tombstone_kind_check check (kind in
	('seat', 'excerpt', 'note', 'recording', 'cut', 'key', 'role', 'invitation'));

create function bury_role() returns trigger language plpgsql as $$
begin
	insert into tombstone (engagement_id, kind, target, detail)
	values (old.engagement_id, 'role', old.person_id, jsonb_build_object('role', old.role,
		-- Null where the role is gone.
		'endsOn', case when tg_op = 'UPDATE' then new.ends_on end));
	return null;
end $$;

create trigger engagement_role_buried after delete on engagement_role
	for each row execute function bury_role();
create trigger engagement_role_ended after update on engagement_role
	for each row when (new.ends_on < coalesce(old.ends_on, 'infinity'))
	execute function bury_role();

create function bury_invitation() returns trigger language plpgsql as $$
begin
	insert into tombstone (engagement_id, kind, target, detail)
	values (old.engagement_id, 'invitation', old.id, '{}');
	return null;
end $$;

create trigger invitation_buried after delete on invitation
	for each row when (old.accepted_at is null and old.expires_at > now())
	execute function bury_invitation();
`,
		)
		.execute(db);
}
