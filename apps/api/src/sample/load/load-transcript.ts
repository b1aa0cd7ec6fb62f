import {
	insertTranscript,
	insertTurnRedactions,
	insertTurns,
} from '@throughline/db/queries/dialog-words';
import { insertRecording, markDeleted } from '@throughline/db/queries/recording';
import { lastDayOfSound } from '../../actions/announce-recording.ts';
import type { Deps } from '../../deps.ts';
import { millisecondsOf, type SampleDialog } from '../dialog-file.ts';
import { idOf } from './load-places.ts';
import type { HeldLoading } from './load-dialog-words.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A turn as it was stored. */
export interface LoadedTurn {
	id: string;
	seat: string | null;
	prompt: string | null;
	text: string;
	startMs: number;
	endMs: number;
}

/** Writes a session's transcript with what must not be read of it. */
export async function loadTranscript(
	{ db, random }: Pick<Deps, 'db' | 'random'>,
	loading: HeldLoading & { seatIds: Map<string, string> },
): Promise<{ id: string; turns: LoadedTurn[] }> {
	const { key, words, startsAt, noteTakerId, recordingPlan, seatIds } = loading;
	const id = random.uuid7();
	const checkedAt = new Date(startsAt.getTime() + 6 * DAY);
	const decided = words.isChecked ? { by: noteTakerId, at: checkedAt } : null;
	const wasRecorded = recordingPlan === 'audio' && words.without.recorded === undefined;
	const recordingId = wasRecorded ? await loadRecording({ db, random }, loading, checkedAt) : null;
	await insertTranscript(db, key, {
		id,
		recordingId,
		source: wasRecorded ? 'webvtt' : 'notes',
		language: words.language,
		report: reportOf(words),
		checked: decided,
		createdBy: noteTakerId,
		now: checkedAt,
	});
	const turns = words.turns.map((turn, index) => ({
		id: random.uuid7(),
		position: index + 1,
		startMs: millisecondsOf(turn.at),
		endMs: millisecondsOf(turn.until),
		seatId: turn.seat === null ? null : idOf(seatIds, turn.seat),
		isFacilitator: turn.seat === null,
		promptKey: turn.prompt ?? null,
		text: turn.words,
		isUnclear: turn.isUnclear ?? false,
		seat: turn.seat,
		hide: turn.hide ?? [],
	}));
	const transcript = { engagementId: key.engagementId, transcriptId: id };
	await insertTurns(db, transcript, turns);
	await insertTurnRedactions(
		db,
		transcript,
		turns.flatMap((turn) =>
			turn.hide.map((span) => ({
				id: random.uuid7(),
				turnId: turn.id,
				...placeOf(turn.text, span.words),
				kind: span.kind,
				decided,
			})),
		),
	);
	return {
		id,
		turns: turns.map(({ promptKey, ...turn }) => ({ ...turn, prompt: promptKey })),
	};
}

/** What is left of the sound: that there was some. It was deleted when its words were checked. */
async function loadRecording(
	{ db, random }: Pick<Deps, 'db' | 'random'>,
	{ key, startsAt, noteTakerId }: HeldLoading,
	deletedAt: Date,
): Promise<string> {
	const recordingId = random.uuid7();
	await insertRecording(db, {
		...key,
		id: recordingId,
		deviceId: null,
		label: 'Table',
		tableNo: null,
		mime: 'audio/webm',
		startedAt: startsAt,
		offsetMs: 0,
		manifest: { slices: [], gaps: [] },
		deleteAfter: lastDayOfSound(startsAt),
		createdBy: noteTakerId,
	});
	await markDeleted(db, { engagementId: key.engagementId, recordingId, now: deletedAt });
	return recordingId;
}

/** Where words stand in a text, in code points. @throws Error when they do not. */
function placeOf(text: string, words: string): { startAt: number; endAt: number } {
	const at = text.indexOf(words);
	if (at === -1) {
		throw new Error(`The sample hides '${words}' where it is not said.`);
	}
	const startAt = [...text.slice(0, at)].length;
	return { startAt, endAt: startAt + [...words].length };
}

/** What a file of this transcript would have reported when it was read. */
function reportOf(words: SampleDialog) {
	return { cues: words.turns.length, dropped: [] };
}
