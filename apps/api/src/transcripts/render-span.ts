import type { TurnState } from '@throughline/db/queries/turn';
import { lesserNote } from './apply-edit.ts';
import { type Hidden, type Piece, piecesOf } from './hide-words.ts';

/** From a code point of one turn to a code point of the same or a later one. */
export interface SpanPlace {
	startTurnId: string;
	startAt: number;
	endTurnId: string;
	endAt: number;
}

/** What stands in an excerpt for words that are no participant's. */
const LEFT_OUT = '[…]';

/** A span as an excerpt shows it. */
export interface RenderedSpan {
	text: string;
	/** What is hidden in it, counted over the words as they were said. */
	redactions: Hidden[];
	/** Whose words it holds. */
	seatIds: string[];
	startMs: number;
	endMs: number;
	promptKey: string | null;
	note: TurnState['note'];
	/** Some of it was said by nobody knows whom. */
	isRooms: boolean;
}

/**
 * The words of a span, a turn a line, what is hidden taken out. Turns of a facilitator, of nobody
 * and missing stretches are left out with a mark between the others.
 * @param turns every turn from the first to the last of the span, in order.
 */
export function renderSpan(
	place: SpanPlace,
	turns: readonly TurnState[],
	hiddenOf: (turnId: string) => readonly Hidden[],
): RenderedSpan {
	const lines: string[] = [];
	const redactions: Hidden[] = [];
	const seatIds = new Set<string>();
	let note: TurnState['note'] = null;
	let isRooms = false;
	let said = 0;
	for (const turn of turns) {
		if (!isParticipants(turn)) {
			if (lines.at(-1) !== LEFT_OUT) {
				lines.push(LEFT_OUT);
			}
			continue;
		}
		if (turn.seatId !== null) {
			seatIds.add(turn.seatId);
		}
		note = lesserNote(note, turn.note);
		isRooms ||= turn.isRooms;
		const { pieces, start, end } = cut(place, turn, hiddenOf(turn.id));
		lines.push(pieces.map(({ shown }) => shown).join(''));
		for (const piece of pieces) {
			if (piece.kind !== null) {
				const from = said + piece.start - start;
				redactions.push({ start: from, end: from + piece.end - piece.start, kind: piece.kind });
			}
		}
		said += end - start + 1;
	}
	const [first] = turns;
	const last = turns.at(-1);
	return {
		text: lines.join('\n'),
		redactions,
		seatIds: [...seatIds],
		startMs: first ? timeAt(first, startIn(place, first)) : 0,
		endMs: last ? timeAt(last, endIn(place, last)) : 0,
		promptKey: first?.promptKey ?? null,
		note,
		isRooms,
	};
}

/** Whether a participant said it: a seat, or somebody in the room. */
export function isParticipants(turn: Pick<TurnState, 'seatId' | 'isRooms' | 'kind'>): boolean {
	return turn.kind === 'speech' && (turn.seatId !== null || turn.isRooms);
}

/** When a code point of a turn was said, about: its words are taken to be spoken evenly. */
export function timeAt(turn: Pick<TurnState, 'text' | 'startMs' | 'endMs'>, at: number): number {
	const length = [...turn.text].length;
	const share = length === 0 ? 0 : Math.min(1, at / length);
	return Math.round(turn.startMs + share * (turn.endMs - turn.startMs));
}

function startIn(place: SpanPlace, turn: Pick<TurnState, 'id'>): number {
	return place.startTurnId === turn.id ? place.startAt : 0;
}

function endIn(place: SpanPlace, turn: Pick<TurnState, 'id' | 'text'>): number {
	return place.endTurnId === turn.id ? place.endAt : [...turn.text].length;
}

/** A turn's part of a span. A mark at its edge is taken whole. */
function cut(
	place: SpanPlace,
	turn: TurnState,
	hidden: readonly Hidden[],
): { pieces: Piece[]; start: number; end: number } {
	const start = startIn(place, turn);
	const end = endIn(place, turn);
	const pieces: Piece[] = [];
	for (const piece of piecesOf(turn.text, hidden)) {
		if (piece.end <= start || piece.start >= end) {
			continue;
		}
		if (piece.kind !== null) {
			pieces.push(piece);
			continue;
		}
		const from = Math.max(start, piece.start);
		const to = Math.min(end, piece.end);
		const shown = [...piece.shown].slice(from - piece.start, to - piece.start).join('');
		pieces.push({ start: from, end: to, shown, kind: null });
	}
	return { pieces, start: pieces[0]?.start ?? start, end: pieces.at(-1)?.end ?? end };
}
