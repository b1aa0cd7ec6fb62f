import { type Kysely, sql } from 'kysely';

/**
 * What is purged of dialog sessions is counted from a moment that an older backup may not know, such as
 * when a flag was closed: so it is written down by id, like what was taken back. A tablet that is purged
 * leaves the recordings it made.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`
alter table tombstone drop constraint tombstone_kind_check;
alter table tombstone add constraint tombstone_kind_check check (kind in
	('seat', 'excerpt', 'note', 'recording', 'cut', 'key', 'role', 'invitation', 'purged'));

alter table recording drop constraint recording_engagement_id_device_id_fkey;
alter table recording add foreign key (engagement_id, device_id)
	references project_device on delete set null (device_id);
`,
		)
		.execute(db);
}
