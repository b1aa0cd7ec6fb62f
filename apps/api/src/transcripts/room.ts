import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Stretch } from './build-turns.ts';

interface Key {
	engagementId: string;
	sessionId: string;
}

/** No session has more of them. */
const MAX_EVENTS = 5000;

/**
 * What was on the table when, and what the group asked to have deleted: in the whole room, or at
 * one of its tables.
 */
export async function readRoomEvents(
	db: Kysely<Schema>,
	key: Key & { tableNo: number | null },
): Promise<{ prompts: (Stretch & { key: string })[]; deleted: Stretch[] }> {
	const events = await db
		.selectFrom('dialog_event')
		.select([
			'kind',
			'start_ms as startMs',
			'end_ms as endMs',
			'prompt_key as promptKey',
			'table_no as tableNo',
		])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('kind', 'in', ['prompt', 'deleted'])
		.orderBy('start_ms')
		.orderBy('id')
		.limit(MAX_EVENTS)
		.execute();
	const isHere = ({ tableNo }: { tableNo: number | null }) =>
		tableNo === null || key.tableNo === null || tableNo === key.tableNo;
	const stretches = events
		.filter(isHere)
		.map((event) => ({ ...event, endMs: event.endMs ?? event.startMs }));
	return {
		prompts: stretches.flatMap(({ kind, promptKey, startMs, endMs }) =>
			kind === 'prompt' && promptKey !== null ? [{ key: promptKey, startMs, endMs }] : [],
		),
		deleted: stretches.filter(({ kind }) => kind === 'deleted'),
	};
}

export interface LinkedRecording {
	id: string;
	label: string;
	offsetMs: number;
	durationMs: number | null;
	tableNo: number | null;
}

/** The recordings of a session that can be heard. */
export async function listRecordings(db: Kysely<Schema>, key: Key): Promise<LinkedRecording[]> {
	return await db
		.selectFrom('recording')
		.select([
			'id',
			'label',
			'offset_ms as offsetMs',
			'duration_ms as durationMs',
			'table_no as tableNo',
		])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('status', 'in', ['received', 'ready'])
		.orderBy('started_at')
		.orderBy('id')
		.limit(50)
		.execute();
}

/**
 * One of them, or null when none is asked for.
 * @throws AppError 422 for one of another session.
 */
export async function findRecording(
	db: Kysely<Schema>,
	key: Key & { recordingId: string | null },
): Promise<LinkedRecording | null> {
	if (key.recordingId === null) {
		return null;
	}
	const found = (await listRecordings(db, key)).find(({ id }) => id === key.recordingId);
	if (!found) {
		throw new AppError('invalid_input', 422, 'This recording is not of this session.', {
			fields: { recordingId: 'Choose a recording of this session.' },
		});
	}
	return found;
}
