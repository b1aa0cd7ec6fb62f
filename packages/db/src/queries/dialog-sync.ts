import { sql } from 'kysely';
import type { DialogEventKind, RecordingMode } from '../schema.ts';
import type { Database } from '../types.ts';

export interface SessionKey {
	engagementId: string;
	sessionId: string;
}

/** Keeps other batches of the session out until the transaction ends; gives its state. */
export async function lockSession(db: Database, key: SessionKey) {
	return await db
		.selectFrom('dialog_session')
		.select(['status', 'started_at as startedAt', 'ended_at as endedAt'])
		.select(['recording_plan as recordingPlan', 'recording_mode as recordingMode'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.sessionId)
		.forUpdate()
		.executeTakeFirst();
}

/** Notes that an operation has arrived. False when it had before. */
export async function insertOperation(
	db: Database,
	key: SessionKey,
	operation: { id: string; deviceId: string; register: string; saidAt: Date },
): Promise<boolean> {
	const result = await db
		.insertInto('dialog_operation')
		.values({
			engagement_id: key.engagementId,
			id: operation.id,
			session_id: key.sessionId,
			device_id: operation.deviceId,
			register: operation.register,
			said_at: operation.saidAt,
		})
		.onConflict((conflict) => conflict.columns(['engagement_id', 'id']).doNothing())
		.executeTakeFirst();
	return (result.numInsertedOrUpdatedRows ?? 0n) === 1n;
}

/** Whether nothing newer was said about what this operation sets. Equal times go by id. */
export async function isNewestOf(
	db: Database,
	key: SessionKey,
	operation: { id: string; register: string; saidAt: Date },
): Promise<boolean> {
	const row = await db
		.selectFrom('dialog_operation')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('register', '=', operation.register)
		.orderBy('said_at', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.id === operation.id;
}

/** Says of a seat whether somebody sits there; makes it where there was none. */
export async function seatSomebody(
	db: Database,
	key: SessionKey,
	seat: { id: string; label: string; position: number; takenAt: Date | null },
): Promise<void> {
	await db
		.insertInto('dialog_seat')
		.values({
			engagement_id: key.engagementId,
			session_id: key.sessionId,
			id: seat.id,
			label: seat.label,
			position: seat.position,
			slip_hash: null,
			taken_at: seat.takenAt,
			withdrawn_at: null,
		})
		.onConflict((conflict) =>
			conflict.columns(['engagement_id', 'id']).doUpdateSet({ taken_at: seat.takenAt }),
		)
		.execute();
}

/** The seat at a place of a session, or undefined. */
export async function findSeatAt(
	db: Database,
	key: SessionKey,
	position: number,
): Promise<string | undefined> {
	const row = await db
		.selectFrom('dialog_seat')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('position', '=', position)
		.executeTakeFirst();
	return row?.id;
}

/** Sets how many have one value of one attribute. */
export async function writeCount(
	db: Database,
	key: SessionKey,
	count: { attribute: string; value: string; n: number },
): Promise<void> {
	await db
		.insertInto('dialog_count')
		.values({ engagement_id: key.engagementId, session_id: key.sessionId, ...count })
		.onConflict((conflict) =>
			conflict
				.columns(['engagement_id', 'session_id', 'attribute', 'value'])
				.doUpdateSet({ n: count.n }),
		)
		.execute();
}

/** Adds what happened in the room. */
export async function insertEvent(
	db: Database,
	key: SessionKey,
	event: {
		id: string;
		kind: DialogEventKind;
		startMs: number;
		endMs: number | null;
		promptKey: string | null;
		seatId: string | null;
		tableNo: number | null;
		reason: string;
	},
): Promise<void> {
	await db
		.insertInto('dialog_event')
		.values({
			engagement_id: key.engagementId,
			id: event.id,
			session_id: key.sessionId,
			kind: event.kind,
			start_ms: event.startMs,
			end_ms: event.endMs,
			prompt_key: event.promptKey,
			seat_id: event.seatId,
			table_no: event.tableNo,
			reason: event.reason,
		})
		.execute();
}

/** Marks a step of the before-list as done; a step that was done stays as it was first said. */
export async function markGate(
	db: Database,
	key: SessionKey,
	gate: { step: string; personId: string; at: Date },
): Promise<void> {
	await db
		.insertInto('dialog_gate')
		.values({
			engagement_id: key.engagementId,
			session_id: key.sessionId,
			step: gate.step,
			done_by: gate.personId,
			done_at: gate.at,
		})
		.onConflict((conflict) =>
			conflict.columns(['engagement_id', 'session_id', 'step']).doUpdateSet({
				done_at: sql<Date>`least(dialog_gate.done_at, excluded.done_at)`,
			}),
		)
		.execute();
}

/** Sets what the group agreed, or where the session left its guide. */
export async function writeSessionText(
	db: Database,
	key: SessionKey,
	change: { field: 'agreements' | 'deviations'; text: string; now: Date },
): Promise<void> {
	await ofSession(db, key)
		.set({ [change.field]: change.text })
		.set(touched(change.now))
		.execute();
}

/** Of several beginnings the first counts. */
export async function writeStart(
	db: Database,
	key: SessionKey,
	{ at, now }: { at: Date; now: Date },
): Promise<void> {
	await ofSession(db, key)
		.set({
			started_at: sql<Date>`least(started_at, ${at}::timestamptz)`,
			status: sql<'running'>`case when ended_at is null then 'running' else 'held' end`,
		})
		.set(touched(now))
		.execute();
}

/** Of several ends the last counts. */
export async function writeEnd(
	db: Database,
	key: SessionKey,
	{ at, now }: { at: Date; now: Date },
): Promise<void> {
	await ofSession(db, key)
		.set({ ended_at: sql<Date>`greatest(ended_at, ${at}::timestamptz)`, status: 'held' })
		.set(touched(now))
		.execute();
}

/** Sets how many took part. */
export async function writeParticipants(
	db: Database,
	key: SessionKey,
	{ participants, now }: { participants: number; now: Date },
): Promise<void> {
	await ofSession(db, key).set({ participants }).set(touched(now)).execute();
}

/** Sets what the ledger made of the session. */
export async function writeRecordingMode(
	db: Database,
	key: SessionKey,
	{ mode, now }: { mode: RecordingMode; now: Date },
): Promise<void> {
	await ofSession(db, key)
		.set({ recording_mode: mode })
		.set(touched(now))
		.where(sql<boolean>`recording_mode is distinct from ${mode}`)
		.execute();
}

function ofSession(db: Database, key: SessionKey) {
	return db
		.updateTable('dialog_session')
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.sessionId);
}

function touched(now: Date) {
	return { updated_at: now, version: sql<number>`version + 1` };
}
