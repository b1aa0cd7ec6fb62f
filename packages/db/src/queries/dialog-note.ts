import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

export interface NoteInRoom {
	id: string;
	promptKey: string | null;
	seatId: string | null;
	tableNo: number | null;
	/** Its place in the session never changes. */
	atMs: number;
	text: string;
	isExact: boolean;
	language: string;
}

/** A stretch of the session that the group asked to have deleted; null is every table. */
export interface DeletedSpan {
	startMs: number;
	endMs: number;
	tableNo: number | null;
}

/** Nothing of a deleted note is kept but that there was one. */
const GONE = {
	prompt_key: null,
	seat_id: null,
	table_no: null,
	at_ms: 0,
	text: '',
	is_exact: false,
	language: '',
} as const;

/** Stores a note as it now is. A note that was deleted stays deleted. */
export async function writeNote(db: Database, key: SessionKey, note: NoteInRoom): Promise<void> {
	const values = {
		prompt_key: note.promptKey,
		seat_id: note.seatId,
		table_no: note.tableNo,
		at_ms: note.atMs,
		text: note.text,
		is_exact: note.isExact,
		language: note.language,
	};
	await db
		.insertInto('dialog_note')
		.values({ ...keyOf(key, note.id), ...values, version: 1, deleted_at: null })
		.onConflict((conflict) =>
			conflict
				.columns(['engagement_id', 'id'])
				.doUpdateSet({ ...values, version: sql<number>`dialog_note.version + 1` })
				.where('dialog_note.deleted_at', 'is', null)
				.where('dialog_note.session_id', '=', key.sessionId),
		)
		.execute();
}

/** Deletes a note, words and all, whether or not it has arrived yet. */
export async function eraseNote(
	db: Database,
	key: SessionKey,
	{ id, now }: { id: string; now: Date },
): Promise<void> {
	await db
		.insertInto('dialog_note')
		.values({ ...keyOf(key, id), ...GONE, version: 1, deleted_at: now })
		.onConflict((conflict) =>
			conflict
				.columns(['engagement_id', 'id'])
				.doUpdateSet({ ...GONE, deleted_at: now })
				.where('dialog_note.deleted_at', 'is', null)
				.where('dialog_note.session_id', '=', key.sessionId),
		)
		.execute();
}

/** Deletes every note of a stretch of the session. */
export async function eraseNotesIn(
	db: Database,
	key: SessionKey,
	{ span, now }: { span: DeletedSpan; now: Date },
): Promise<void> {
	await db
		.updateTable('dialog_note')
		.set({ ...GONE, deleted_at: now })
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('deleted_at', 'is', null)
		.where('at_ms', '>=', span.startMs)
		.where('at_ms', '<=', span.endMs)
		.$if(span.tableNo !== null, (query) => query.where('table_no', '=', span.tableNo))
		.execute();
}

/** The stretches of a session that were deleted. */
export async function listDeletedSpans(
	db: Database,
	key: SessionKey,
): Promise<(DeletedSpan & { id: string })[]> {
	return await db
		.selectFrom('dialog_event')
		.select(['id', 'start_ms as startMs', 'table_no as tableNo'])
		.select(sql<number>`coalesce(end_ms, start_ms)`.as('endMs'))
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('kind', '=', 'deleted')
		.orderBy('start_ms')
		.orderBy('id')
		.execute();
}

function keyOf(key: SessionKey, id: string) {
	return { engagement_id: key.engagementId, id, session_id: key.sessionId };
}
