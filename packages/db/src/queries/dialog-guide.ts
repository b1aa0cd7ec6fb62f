import { json } from '../open-values.ts';
import type { Database } from '../types.ts';

/** A guide as it was when sessions were planned with it; `body` is as it was stored. */
export interface GuideVersion {
	id: string;
	key: string;
	number: number;
	body: unknown;
}

/** The guides of an engagement, of each the newest first; as many as one form can offer. */
export async function listGuideVersions(
	db: Database,
	engagementId: string,
	{ limit }: { limit: number },
): Promise<GuideVersion[]> {
	return await db
		.selectFrom('dialog_guide_version')
		.select(['id', 'key', 'number', 'body'])
		.where('engagement_id', '=', engagementId)
		.orderBy('key')
		.orderBy('number', 'desc')
		.limit(limit)
		.execute();
}

/** These versions of guides. */
export async function findGuideVersions(
	db: Database,
	engagementId: string,
	ids: readonly string[],
): Promise<GuideVersion[]> {
	if (ids.length === 0) {
		return [];
	}
	return await db
		.selectFrom('dialog_guide_version')
		.select(['id', 'key', 'number', 'body'])
		.where('engagement_id', '=', engagementId)
		.where('id', 'in', [...new Set(ids)])
		.orderBy('id')
		.execute();
}

/** Stores a version of a guide; it never changes afterwards. */
export async function insertGuideVersion(
	db: Database,
	guide: {
		engagementId: string;
		id: string;
		key: string;
		number: number;
		body: unknown;
		bodyHash: string;
	},
): Promise<void> {
	await db
		.insertInto('dialog_guide_version')
		.values({
			engagement_id: guide.engagementId,
			id: guide.id,
			key: guide.key,
			number: guide.number,
			body: json(guide.body),
			body_hash: guide.bodyHash,
		})
		.execute();
}
