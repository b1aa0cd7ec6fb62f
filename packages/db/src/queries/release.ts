import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** The releases of an engagement, newest first, without their bodies. */
export async function listReleases(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('release')
		.select(['id', 'slug', 'title', 'status', 'window_id', 'body_hash', 'frozen_at', 'created_at'])
		.where('engagement_id', '=', engagementId)
		.orderBy('created_at', 'desc')
		.orderBy('id', 'desc')
		.execute();
}

/** One release whole, with who approved it. */
export async function findRelease(
	db: Kysely<Schema>,
	key: { engagementId: string; releaseId: string },
) {
	const release = await db
		.selectFrom('release')
		.select([
			'id',
			'engagement_id',
			'slug',
			'title',
			'status',
			'window_id',
			'body',
			'body_hash',
			'audit',
			'created_by',
			'frozen_at',
			'created_at',
		])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.releaseId)
		.executeTakeFirst();
	return release && { ...release, approvals: await listApprovals(db, key) };
}

/** A release of any engagement by its id, for commands. */
export async function findReleasePlace(
	db: Kysely<Schema>,
	releaseId: string,
): Promise<{ engagementId: string; releaseId: string } | undefined> {
	return await db
		.selectFrom('release')
		.select(['engagement_id as engagementId', 'id as releaseId'])
		.where((where) =>
			where.or([sql<boolean>`id::text = ${releaseId}`, where('slug', '=', releaseId)]),
		)
		.orderBy('frozen_at', (order) => order.desc().nullsLast())
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}

async function listApprovals(db: Kysely<Schema>, key: { engagementId: string; releaseId: string }) {
	return await db
		.selectFrom('release_approval as a')
		.innerJoin('person as p', 'p.id', 'a.person_id')
		.select(['a.person_id', 'p.name', 'a.role', 'a.body_hash', 'a.created_at'])
		.where('a.engagement_id', '=', key.engagementId)
		.where('a.release_id', '=', key.releaseId)
		.orderBy('a.created_at')
		.orderBy('a.person_id')
		.execute();
}

/** The protected tables of every frozen release of an engagement, oldest first. */
export async function listFrozenAudits(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('release')
		.select(['id', 'slug', 'audit'])
		.where('engagement_id', '=', engagementId)
		.where('status', '=', 'frozen')
		.orderBy('frozen_at')
		.orderBy('id')
		.execute();
}

/** Writes a draft anew, or for the first time; a frozen one refuses. Approvals of the old body go. */
export async function writeDraft(
	db: Kysely<Schema>,
	release: {
		engagementId: string;
		id: string;
		slug: string;
		title: string;
		windowId: string;
		body: string;
		bodyHash: string;
		audit: string;
		createdBy: string;
	},
): Promise<void> {
	const content = {
		slug: release.slug,
		title: release.title,
		window_id: release.windowId,
		body: release.body,
		body_hash: release.bodyHash,
		audit: release.audit,
		created_by: release.createdBy,
	};
	await db
		.insertInto('release')
		.values({
			engagement_id: release.engagementId,
			id: release.id,
			status: 'draft',
			frozen_at: null,
			...content,
		})
		.onConflict((conflict) => conflict.columns(['engagement_id', 'id']).doUpdateSet(content))
		.execute();
	await db
		.deleteFrom('release_approval')
		.where('engagement_id', '=', release.engagementId)
		.where('release_id', '=', release.id)
		.execute();
}

/** Notes one person's approval of exactly this body. */
export async function approve(
	db: Kysely<Schema>,
	approval: {
		engagementId: string;
		releaseId: string;
		personId: string;
		role: string;
		bodyHash: string;
	},
): Promise<void> {
	await db
		.insertInto('release_approval')
		.values({
			engagement_id: approval.engagementId,
			release_id: approval.releaseId,
			person_id: approval.personId,
			role: approval.role,
			body_hash: approval.bodyHash,
		})
		.onConflict((conflict) =>
			conflict.columns(['engagement_id', 'release_id', 'person_id']).doUpdateSet({
				role: approval.role,
				body_hash: approval.bodyHash,
			}),
		)
		.execute();
}

/**
 * Freezes a draft for good, if it still is the body that was approved.
 * @returns false when it was prepared anew meanwhile.
 */
export async function freeze(
	db: Kysely<Schema>,
	release: { engagementId: string; releaseId: string; bodyHash: string; at: Date },
): Promise<boolean> {
	const result = await db
		.updateTable('release')
		.set({ status: 'frozen', frozen_at: release.at })
		.where('engagement_id', '=', release.engagementId)
		.where('id', '=', release.releaseId)
		.where('status', '=', 'draft')
		.where('body_hash', '=', release.bodyHash)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}
