import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { seatsNotAllowed } from '../transcripts/allowed-seats.ts';
import { oneLine, suggestion } from '../transcripts/apply-edit.ts';
import { emptyTurn, isOver, promptAt } from '../transcripts/build-turns.ts';
import { listNamesToHide, suggestHidden } from '../transcripts/names.ts';
import { readReport } from '../transcripts/report.ts';
import { readRoomEvents } from '../transcripts/room.ts';
import { type Imported, type SessionOf, storeDraft } from './import-transcript.ts';

/** No session has more notes. */
const MAX_NOTES = 5000;

/**
 * Makes the timed notes of a session a transcript: one note, one turn. The very words of somebody
 * stand in quotation marks; the rest is marked as paraphrase. A note without a seat is the room's.
 * @throws AppError 409 `notes_taken` when they are one already, `no_notes`.
 */
export async function transcribeNotes(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	key: SessionOf,
): Promise<Imported> {
	const existing = await deps.db
		.selectFrom('transcript')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('source', '=', 'notes')
		.limit(1)
		.executeTakeFirst();
	if (existing) {
		throw new AppError('notes_taken', 409, 'The notes of this session are a transcript already.');
	}
	const notes = await listNotes(deps, key);
	if (notes.length === 0) {
		throw new AppError('no_notes', 409, 'Nobody took notes in this session.');
	}
	const room = await readRoomEvents(deps.db, { ...key, tableNo: null });
	const notAllowed = await seatsNotAllowed(deps.db, key, 'notes');
	const names = await listNamesToHide(deps.db, key.engagementId);
	const kept = notes.filter(
		({ seatId, atMs }) =>
			!notAllowed.includes(seatId ?? '') &&
			!room.deleted.some((stretch) => isOver(stretch, { startMs: atMs, endMs: atMs })),
	);
	const turns = kept.map((note, index) => ({
		...emptyTurn(deps.random.uuid7()),
		position: index + 1,
		startMs: note.atMs,
		endMs: note.atMs,
		seatId: note.seatId,
		promptKey: note.promptKey ?? promptAt(room.prompts, note.atMs),
		isRooms: note.seatId === null,
		note: note.isExact ? ('exact' as const) : ('paraphrase' as const),
		text: note.isExact ? inQuotes(oneLine(note.text)) : oneLine(note.text),
	}));
	const redactions = turns.flatMap((turn, index) =>
		suggestHidden(turn.text, { names, language: kept[index]?.language ?? 'en' }).map((found) =>
			suggestion(deps.random.uuid7(), turn.id, found),
		),
	);
	return await storeDraft(deps, key, {
		source: 'notes',
		language: mostCommon(kept.map(({ language }) => language)),
		offsetMs: 0,
		recordingId: null,
		turns,
		redactions,
		report: { ...readReport({}), cues: notes.length, notAllowed: notes.length - kept.length },
	});
}

async function listNotes({ db }: Pick<Deps, 'db'>, key: SessionOf) {
	const notes = await db
		.selectFrom('dialog_note')
		.select([
			'at_ms as atMs',
			'seat_id as seatId',
			'prompt_key as promptKey',
			'text',
			'is_exact as isExact',
			'language',
		])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('deleted_at', 'is', null)
		.orderBy('at_ms')
		.orderBy('id')
		.limit(MAX_NOTES)
		.execute();
	return notes.filter(({ text }) => oneLine(text) !== '');
}

function inQuotes(text: string): string {
	return /^["“«].*["”»]$/u.test(text) ? text : `“${text}”`;
}

function mostCommon(languages: readonly string[]): string {
	const counts = [...Map.groupBy(languages, (language) => language)];
	return counts.toSorted((one, other) => other[1].length - one[1].length)[0]?.[0] ?? 'en';
}
