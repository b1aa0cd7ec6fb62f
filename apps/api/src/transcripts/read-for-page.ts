import { findEngagement } from '@throughline/db/queries/engagement';
import { findDialogSession } from '@throughline/db/queries/dialog-session';
import {
	listTranscripts,
	type Transcript,
	type TranscriptKey,
} from '@throughline/db/queries/transcript';
import { findTurns, listTurns, type Turn } from '@throughline/db/queries/turn';
import { findEditStep } from '@throughline/db/queries/turn-edit';
import { countTurns, outlineTurns } from '@throughline/db/queries/turn-outline';
import { countUndecided, listRedactions } from '@throughline/db/queries/turn-redaction';
import { countSpans, listSpans } from '@throughline/db/queries/turn-span';
import type { Schema } from '@throughline/db/schema';
import { direction } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { notFound } from '../errors.ts';
import { presentSummary, presentTurns } from '../presenters/present-transcript.ts';
import type {
	RecordingChoice,
	TranscriptCounts,
	TranscriptList,
	TranscriptView,
	TurnPage,
	TurnView,
} from '../routes/transcripts/schema.ts';
import type { ShownReading } from './access.ts';
import { listSeats, withdrawnSeats } from './allowed-seats.ts';
import { MAX_SPANS } from './excerpts-hold.ts';
import { listPrompts } from './prompts.ts';
import { type LinkedRecording, listRecordings } from './room.ts';

/** No session has more transcripts shown. */
const MAX_TRANSCRIPTS = 50;
/** A transcript is drawn in at most so many blocks, of at least so many turns. */
const MAX_BLOCKS = 800;
const SMALLEST_BLOCK = 50;

/** The transcripts of a session, and what a new one is made with. */
export async function readTranscriptList(
	db: Kysely<Schema>,
	key: { engagementId: string; sessionId: string },
	{ canTranscribe }: { canTranscribe: boolean },
): Promise<TranscriptList> {
	const session = await findDialogSession(db, key);
	if (!session) {
		throw notFound();
	}
	const transcripts = await listTranscripts(db, { ...key, limit: MAX_TRANSCRIPTS });
	const note = await db
		.selectFrom('dialog_note')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('deleted_at', 'is', null)
		.limit(1)
		.executeTakeFirst();
	const timezone = await timezoneOf(db, key.engagementId);
	const isTaken = transcripts.some(({ source }) => source === 'notes');
	return {
		session: { id: session.id, key: session.key, startsAt: session.starts_at.toISOString() },
		seats: await listSeats(db, key),
		languages: [...new Set(['en', ...session.languages])],
		recordings: (await listRecordings(db, key)).map(presentRecording),
		hasNotes: note !== undefined && !isTaken,
		canTranscribe,
		transcripts: transcripts.map((each) => presentSummary(each, timezone)),
	};
}

/** A transcript without its turns: how long it is, how far, and who sat there. */
export async function readTranscriptView(
	db: Kysely<Schema>,
	key: TranscriptKey & { personId: string },
	{ transcript, reading }: { transcript: Transcript; reading: ShownReading },
): Promise<TranscriptView> {
	const session = await findDialogSession(db, key);
	const isOwn = reading === 'all';
	const recordings = isOwn ? await listRecordings(db, key) : [];
	const recording = recordings.find(({ id }) => id === transcript.recordingId);
	const counts = await readCounts(db, key);
	const size = Math.max(SMALLEST_BLOCK, Math.ceil(counts.turns / MAX_BLOCKS));
	return {
		...presentSummary(transcript, await timezoneOf(db, key.engagementId)),
		canEdit: isOwn,
		direction: direction(transcript.language),
		session: { id: key.sessionId, key: session?.key ?? '' },
		recording: recording ? presentRecording(recording) : null,
		seats: isOwn ? await listSeats(db, key) : [],
		prompts: await listPrompts(db, key),
		counts,
		blocks: await outlineTurns(db, { ...key, size }),
	};
}

export async function readCounts(
	db: Kysely<Schema>,
	key: TranscriptKey & { personId: string },
): Promise<TranscriptCounts> {
	return {
		...(await countTurns(db, key)),
		undecided: await countUndecided(db, key),
		excerpts: await countSpans(db, key),
		canUndo: (await findEditStep(db, key, 'undo')) !== undefined,
		canRedo: (await findEditStep(db, key, 'redo')) !== undefined,
	};
}

/** A page of turns as they may be read. */
export async function readTurnPage(
	db: Kysely<Schema>,
	key: TranscriptKey,
	{
		transcript,
		reading,
		...query
	}: {
		transcript: Transcript;
		reading: ShownReading;
		from: number;
		before?: number | undefined;
		limit: number;
	},
): Promise<TurnPage> {
	const found = await listTurns(db, { ...key, ...query, limit: query.limit + 1 });
	const turns = found.slice(0, query.limit);
	return {
		turns: await present(db, key, { transcript, reading, turns }),
		next: found[query.limit]?.position ?? null,
	};
}

/** Some turns as they may be read. */
export async function readTurns(
	db: Kysely<Schema>,
	key: TranscriptKey,
	{ ids, ...readable }: { transcript: Transcript; reading: ShownReading; ids: readonly string[] },
): Promise<TurnView[]> {
	return await present(db, key, { ...readable, turns: await findTurns(db, { ...key, ids }) });
}

async function present(
	db: Kysely<Schema>,
	key: TranscriptKey,
	{ transcript, reading, turns }: { transcript: Transcript; reading: ShownReading; turns: Turn[] },
): Promise<TurnView[]> {
	const first = turns[0];
	const last = turns.at(-1);
	if (!first || !last) {
		return [];
	}
	return presentTurns(turns, {
		isChecked: transcript.status === 'checked',
		hasSeats: reading === 'all',
		takenBack: await withdrawnSeats(db, key),
		redactions: await listRedactions(db, { ...key, turnIds: turns.map(({ id }) => id) }),
		spans: await listSpans(db, {
			...key,
			from: first.position,
			to: last.position,
			limit: MAX_SPANS,
		}),
	});
}

function presentRecording({ id, label, offsetMs, durationMs }: LinkedRecording): RecordingChoice {
	return { id, label, offsetMs, durationMs };
}

/** The time zone of the district's wall clocks. */
export async function timezoneOf(db: Kysely<Schema>, engagementId: string): Promise<string> {
	return (await findEngagement(db, engagementId))?.timezone ?? 'UTC';
}
