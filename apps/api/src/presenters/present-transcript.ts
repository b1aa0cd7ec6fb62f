import type { Transcript as ReadTranscript } from '@throughline/analysis/transcript';
import { codePointLength } from '@throughline/analysis/text';
import type { Transcript } from '@throughline/db/queries/transcript';
import type { Turn } from '@throughline/db/queries/turn';
import type { LoggedRedaction, RedactionState } from '@throughline/db/queries/turn-redaction';
import type { Span } from '@throughline/db/queries/turn-span';
import { direction } from '@throughline/survey-engine';
import type {
	RedactionLog,
	TranscriptPreview,
	TranscriptReportView,
	TranscriptSummary,
	TurnView,
} from '../routes/transcripts/schema.ts';
import { localTime } from './local-time.ts';
import { speakerOf } from '../transcripts/apply-edit.ts';
import { type Piece, piecesOf } from '../transcripts/hide-words.ts';
import { readReport } from '../transcripts/report.ts';

/** Lines told one by one on a page. */
const TOLD = 100;

/** @param timezone of the district: times are those of its wall clocks. */
export function presentSummary(transcript: Transcript, timezone: string): TranscriptSummary {
	const { id, source, language, status } = transcript;
	return {
		id,
		source,
		language,
		status,
		createdAt: localTime(transcript.createdAt, timezone),
		report: presentReport(transcript.report),
	};
}

export function presentReport(stored: unknown): TranscriptReportView {
	const report = readReport(stored);
	return {
		...report,
		dropped: report.dropped.slice(0, TOLD),
		problemLines: report.problemLines.slice(0, TOLD),
	};
}

/** What is in a file: shown to whoever brought it, stored nowhere. */
export function presentPreview(read: ReadTranscript): TranscriptPreview {
	const words = read.cues.reduce((sum, { text }) => sum + codePointLength(text), 0);
	const byLabel = Map.groupBy(read.cues, ({ speaker }) => speaker);
	const labels = read.speakers.slice(0, TOLD).map((label) => {
		const own = byLabel.get(label) ?? [];
		const said = own.reduce((sum, { text }) => sum + codePointLength(text), 0);
		return { label, turns: own.length, share: words === 0 ? 0 : Math.round((100 * said) / words) };
	});
	return {
		format: read.format,
		hasTimes: read.hasTimes,
		cues: read.cues.length,
		seconds: Math.round(read.cues.reduce((end, { endMs }) => Math.max(end, endMs), 0) / 1000),
		coverage: read.coverage === null ? null : Math.round(read.coverage * 100),
		missing: read.missing.slice(0, TOLD),
		labels: labels.toSorted((one, other) => other.share - one.share),
		unlabelled: byLabel.get(null)?.length ?? 0,
		dropped: read.dropped.slice(0, TOLD),
		droppedInAll: read.dropped.length,
		problems: read.problems.slice(0, TOLD),
		problemsInAll: read.problems.length,
		notes: read.notes.slice(0, TOLD),
		sample: read.cues
			.slice(0, 5)
			.map(({ startMs, speaker, text }) => ({ startMs, label: speaker, text: text.slice(0, 300) })),
	};
}

/**
 * Turns as they may be read: in a draft with what is or may be hidden in them, to whoever was in
 * the room; of a checked transcript nobody reads what was hidden.
 */
export function presentTurns(
	turns: readonly Turn[],
	beside: {
		isChecked: boolean;
		/** Without, it is not told which seat said what. */
		hasSeats: boolean;
		/** Seats whose words were taken back: nobody reads those. */
		takenBack: ReadonlySet<string>;
		redactions: readonly RedactionState[];
		spans: readonly Span[];
	},
): TurnView[] {
	const byTurn = Map.groupBy(beside.redactions, ({ turnId }) => turnId);
	return turns.map((turn) => {
		const isTakenBack = turn.seatId !== null && beside.takenBack.has(turn.seatId);
		const own = isTakenBack ? [] : (byTurn.get(turn.id) ?? []);
		const hidden = beside.isChecked ? own.filter(({ status }) => status === 'accepted') : [];
		const pieces = isTakenBack ? [] : piecesOf(turn.text, hidden);
		return {
			id: turn.id,
			position: turn.position,
			version: turn.version,
			startMs: turn.startMs,
			endMs: turn.endMs,
			kind: turn.kind,
			speaker: turn.seatId === null || beside.hasSeats ? speakerOf(turn) : 'participant',
			promptKey: turn.promptKey,
			text: pieces.map(({ shown }) => shown).join(''),
			isUnclear: turn.isUnclear,
			note: turn.note,
			isTakenBack,
			redactions: beside.isChecked
				? []
				: own.map(({ id, start, end, kind, source, status }) => ({
						id,
						start,
						end,
						kind,
						source,
						status,
					})),
			spans: isTakenBack ? [] : spansOn(turn, beside.spans, pieces),
		};
	});
}

function spansOn(turn: Turn, spans: readonly Span[], pieces: readonly Piece[]): TurnView['spans'] {
	return spans
		.filter((span) => turn.position >= span.startPosition && turn.position <= span.endPosition)
		.map((span) => ({
			id: span.id,
			start: span.startTurnId === turn.id ? placeAsShown(pieces, span.startAt) : 0,
			end: placeAsShown(pieces, span.endTurnId === turn.id ? span.endAt : Infinity),
		}));
}

/** Where a place of the text as it was said is in the text as it is shown. */
function placeAsShown(pieces: readonly Piece[], at: number): number {
	let shownAt = 0;
	for (const { start, end, shown, kind } of pieces) {
		if (at < end) {
			return kind === null ? shownAt + Math.max(0, at - start) : shownAt;
		}
		shownAt += codePointLength(shown);
	}
	return shownAt;
}

export function presentLogged(
	entry: LoggedRedaction,
	timezone: string,
): RedactionLog['entries'][number] {
	return {
		id: entry.id,
		sessionKey: entry.sessionKey,
		words: entry.words,
		language: entry.language,
		direction: direction(entry.language),
		kind: entry.kind,
		source: entry.source,
		status: entry.status === 'rejected' ? 'rejected' : 'accepted',
		decidedBy: entry.decidedBy,
		decidedAt: entry.decidedAt && localTime(entry.decidedAt, timezone),
		isHeld: entry.isInExcerpt,
	};
}
