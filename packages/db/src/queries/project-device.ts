import { sql } from 'kysely';
import type { Database } from '../types.ts';

export interface ProjectDevice {
	id: string;
	label: string;
	personId: string;
	revokedAt: Date | null;
}

/** The device with this token in an engagement, a revoked one too, or undefined. */
export async function findDeviceByToken(
	db: Database,
	key: { engagementId: string; tokenHash: Buffer },
): Promise<ProjectDevice | undefined> {
	return await db
		.selectFrom('project_device')
		.select(['id', 'label', 'person_id as personId', 'revoked_at as revokedAt'])
		.where('engagement_id', '=', key.engagementId)
		.where('token_hash', '=', key.tokenHash)
		.executeTakeFirst();
}

/** The devices of an engagement, those in use first. */
export async function listDevices(db: Database, engagementId: string, limit: number) {
	return await db
		.selectFrom('project_device as d')
		.innerJoin('person as p', 'p.id', 'd.person_id')
		.select(['d.id', 'd.label', 'p.name as person'])
		.select(['d.last_seen_on as lastSeenOn', 'd.revoked_at as revokedAt'])
		.select('d.created_at as createdAt')
		.where('d.engagement_id', '=', engagementId)
		.orderBy(sql`d.revoked_at is not null`)
		.orderBy('d.created_at', 'desc')
		.orderBy('d.id', 'desc')
		.limit(limit)
		.execute();
}

/** Stores a device by the hash of its token. */
export async function insertDevice(
	db: Database,
	device: {
		engagementId: string;
		id: string;
		label: string;
		personId: string;
		tokenHash: Buffer;
	},
): Promise<void> {
	await db
		.insertInto('project_device')
		.values({
			engagement_id: device.engagementId,
			id: device.id,
			label: device.label,
			person_id: device.personId,
			token_hash: device.tokenHash,
			last_seen_on: null,
			revoked_at: null,
		})
		.execute();
}

/** Ends a device for good. Returns its label, or undefined when there is none to end. */
export async function revokeDevice(
	db: Database,
	key: { engagementId: string; id: string; now: Date },
): Promise<string | undefined> {
	const row = await db
		.updateTable('project_device')
		.set({ revoked_at: key.now })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.id)
		.where('revoked_at', 'is', null)
		.returning('label')
		.executeTakeFirst();
	return row?.label;
}

/** Notes the day a device was last heard of; the hour is nobody's business. */
export async function noteDeviceSeen(
	db: Database,
	key: { engagementId: string; id: string; day: string },
): Promise<void> {
	await db
		.updateTable('project_device')
		.set({ last_seen_on: key.day })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.id)
		.where(sql<boolean>`last_seen_on is distinct from ${key.day}::date`)
		.execute();
}
