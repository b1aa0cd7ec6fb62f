import type { Database } from '../types.ts';

/** Stores a flag for one person; its words are sealed before they come here. */
export async function insertSafetyFlag(
	db: Database,
	flag: {
		engagementId: string;
		id: string;
		sessionId: string;
		toPersonId: string;
		raisedBy: string;
		atMs: number;
		body: Buffer;
	},
): Promise<void> {
	await db
		.insertInto('safety_flag')
		.values({
			engagement_id: flag.engagementId,
			id: flag.id,
			session_id: flag.sessionId,
			to_person_id: flag.toPersonId,
			raised_by: flag.raisedBy,
			at_ms: flag.atMs,
			body: flag.body,
			seen_at: null,
			closed_at: null,
		})
		.execute();
}

/** The flags addressed to a person, the newest first. Nobody else's. */
export async function listFlagsFor(
	db: Database,
	key: { engagementId: string; personId: string },
	page: { limit: number; offset: number },
) {
	return await db
		.selectFrom('safety_flag as f')
		.innerJoin('dialog_session as s', (join) =>
			join.onRef('s.engagement_id', '=', 'f.engagement_id').onRef('s.id', '=', 'f.session_id'),
		)
		.innerJoin('site', 'site.id', 's.site_id')
		.leftJoin('person as p', 'p.id', 'f.raised_by')
		.select(['f.id', 'f.body', 'f.seen_at as seenAt', 'f.closed_at as closedAt'])
		.select(['f.created_at as createdAt', 's.key as session', 's.place', 'site.name as site'])
		.select('p.name as raisedBy')
		.where('f.engagement_id', '=', key.engagementId)
		.where('f.to_person_id', '=', key.personId)
		.orderBy('f.created_at', 'desc')
		.orderBy('f.id', 'desc')
		.limit(page.limit)
		.offset(page.offset)
		.execute();
}

/**
 * Notes that the person it was addressed to saw it, or closed it, when first they did. False when
 * there is none for them.
 */
export async function markFlag(
	db: Database,
	key: { engagementId: string; personId: string; flagId: string },
	{ step, now }: { step: 'seen' | 'closed'; now: Date },
): Promise<boolean> {
	const row = await db
		.selectFrom('safety_flag')
		.select(['seen_at as seenAt', 'closed_at as closedAt'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.flagId)
		.where('to_person_id', '=', key.personId)
		.forUpdate()
		.executeTakeFirst();
	if (!row) {
		return false;
	}
	await db
		.updateTable('safety_flag')
		.set({
			seen_at: row.seenAt ?? now,
			closed_at: step === 'closed' ? (row.closedAt ?? now) : row.closedAt,
		})
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.flagId)
		.execute();
	return true;
}
