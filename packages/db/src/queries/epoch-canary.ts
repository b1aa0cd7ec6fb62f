import type { Database } from '../types.ts';

interface EpochKey {
	engagementId: string;
	windowId: string;
	epoch: number;
}

/** The canary of a window's epoch key, or undefined before its first answer. */
export async function readCanary(db: Database, key: EpochKey): Promise<Buffer | undefined> {
	const row = await db
		.selectFrom('epoch_canary')
		.select('body')
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('epoch', '=', key.epoch)
		.executeTakeFirst();
	return row?.body;
}

/** Stores the canary of a new key. One that is there already stays. */
export async function insertCanary(db: Database, key: EpochKey & { body: Buffer }): Promise<void> {
	await db
		.insertInto('epoch_canary')
		.values({
			engagement_id: key.engagementId,
			window_id: key.windowId,
			epoch: key.epoch,
			body: key.body,
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** The canaries of every window whose envelopes are still to be opened. */
export async function listNeededCanaries(db: Database): Promise<(EpochKey & { body: Buffer })[]> {
	return await db
		.selectFrom('epoch_canary as c')
		.innerJoin('survey_window as w', (join) =>
			join.onRef('w.engagement_id', '=', 'c.engagement_id').onRef('w.id', '=', 'c.window_id'),
		)
		.select(['c.engagement_id as engagementId', 'c.window_id as windowId', 'c.epoch', 'c.body'])
		.where('w.status', 'in', ['open', 'closed'])
		.orderBy('c.window_id')
		.orderBy('c.epoch')
		.execute();
}

/** Whether a window holds envelopes, which only its own key can open. */
export async function hasEnvelopes(db: Database, key: Omit<EpochKey, 'epoch'>): Promise<boolean> {
	const row = await db
		.selectFrom('envelope')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
