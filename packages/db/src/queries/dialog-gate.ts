import type { Database } from '../types.ts';

interface GateKey {
	engagementId: string;
	sessionId: string;
	step: string;
}

export interface DoneGate {
	sessionId: string;
	step: string;
	doneAt: Date;
	doneBy: string | null;
}

/** The steps of the before-list that are done in these sessions. */
export async function listDoneGates(
	db: Database,
	engagementId: string,
	sessionIds: readonly string[],
): Promise<DoneGate[]> {
	if (sessionIds.length === 0) {
		return [];
	}
	return await db
		.selectFrom('dialog_gate as g')
		.leftJoin('person as p', 'p.id', 'g.done_by')
		.select(['g.session_id as sessionId', 'g.step', 'g.done_at as doneAt', 'p.name as doneBy'])
		.where('g.engagement_id', '=', engagementId)
		.where('g.session_id', 'in', sessionIds)
		.orderBy('g.session_id')
		.orderBy('g.step')
		.execute();
}

/** Marks a step as done. Returns false when it was already. */
export async function tickGate(
	db: Database,
	key: GateKey,
	{ personId, now }: { personId: string; now: Date },
): Promise<boolean> {
	const result = await db
		.insertInto('dialog_gate')
		.values({
			engagement_id: key.engagementId,
			session_id: key.sessionId,
			step: key.step,
			done_by: personId,
			done_at: now,
		})
		.onConflict((conflict) => conflict.columns(['engagement_id', 'session_id', 'step']).doNothing())
		.executeTakeFirst();
	return result.numInsertedOrUpdatedRows === 1n;
}

/** Takes the mark away. Returns false when there was none. */
export async function untickGate(db: Database, key: GateKey): Promise<boolean> {
	const result = await db
		.deleteFrom('dialog_gate')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('step', '=', key.step)
		.executeTakeFirst();
	return result.numDeletedRows === 1n;
}
