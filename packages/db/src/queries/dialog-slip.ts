import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

export interface Seat {
	id: string;
	label: string;
	position: number;
	hasSlip: boolean;
}

/** The state of a session and its plan, which cannot change before the transaction ends. */
export async function lockDialog(db: Database, key: SessionKey) {
	return await db
		.selectFrom('dialog_session')
		.select(['status', 'slip_code as slipCode', 'version'])
		.select(['planned_participants as plannedParticipants', 'guide_version_id as guideVersionId'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.sessionId)
		.forUpdate()
		.executeTakeFirst();
}

/** The seats of a session in their order. */
export async function listSeats(db: Database, key: SessionKey): Promise<Seat[]> {
	return await db
		.selectFrom('dialog_seat')
		.select(['id', 'label', 'position'])
		.select(sql<boolean>`slip_hash is not null`.as('hasSlip'))
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('position')
		.execute();
}

/** How many seats of these sessions there are, and how many have a slip. */
export async function countSlips(
	db: Database,
	engagementId: string,
	sessionIds: readonly string[],
): Promise<{ sessionId: string; seats: number; slips: number }[]> {
	if (sessionIds.length === 0) {
		return [];
	}
	return await db
		.selectFrom('dialog_seat')
		.select('session_id as sessionId')
		.select((of) => of.fn.countAll<number>().as('seats'))
		.select((of) => of.fn.count<number>('slip_hash').as('slips'))
		.where('engagement_id', '=', engagementId)
		.where('session_id', 'in', sessionIds)
		.groupBy('session_id')
		.orderBy('session_id')
		.execute();
}

/** Stores seats with what their slips hash to; a seat that is there gets the new slip. */
export async function writeSlips(
	db: Database,
	key: SessionKey,
	slips: readonly { id: string; label: string; position: number; hash: Buffer }[],
): Promise<void> {
	await db
		.insertInto('dialog_seat')
		.values(
			slips.map((slip) => ({
				engagement_id: key.engagementId,
				session_id: key.sessionId,
				id: slip.id,
				label: slip.label,
				position: slip.position,
				slip_hash: slip.hash,
				withdrawn_at: null,
			})),
		)
		.onConflict((conflict) =>
			conflict
				.columns(['engagement_id', 'session_id', 'position'])
				.doUpdateSet({ slip_hash: sql<Buffer>`excluded.slip_hash` }),
		)
		.execute();
}

/** The ledger of a session, in the order it was written. */
export async function listConsentEntries(db: Database, key: SessionKey) {
	return await db
		.selectFrom('consent_entry')
		.select(['seat_id as seatId', 'scope', 'source', 'is_given as isGiven', 'said_at as saidAt'])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('said_at')
		.orderBy('id')
		.execute();
}
