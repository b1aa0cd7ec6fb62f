/** A span that must not be read; places in code points. */
export interface Hidden {
	start: number;
	end: number;
	kind: string;
}

/** A stretch of a text as it is shown: plain, or the mark that stands for hidden words. */
export interface Piece {
	/** In the text as it was said. */
	start: number;
	end: number;
	shown: string;
	/** Null: shown as it was said. */
	kind: string | null;
}

/**
 * A text cut into what is shown and what is hidden. Spans over each other become one.
 *
 * @example piecesOf('ask Ada', [{ start: 4, end: 7, kind: 'name' }]).map(({ shown }) => shown)
 * // ['ask ', '[name]']
 */
export function piecesOf(text: string, hidden: readonly Hidden[]): Piece[] {
	const letters = [...text];
	const pieces: Piece[] = [];
	let at = 0;
	for (const { start, end, kind } of joined(hidden)) {
		if (start > at) {
			pieces.push({ start: at, end: start, shown: letters.slice(at, start).join(''), kind: null });
		}
		pieces.push({ start, end, shown: `[${kind}]`, kind });
		at = end;
	}
	if (at < letters.length) {
		const end = letters.length;
		pieces.push({ start: at, end, shown: letters.slice(at).join(''), kind: null });
	}
	return pieces;
}

/** The text with what is hidden taken out. */
export function shownText(text: string, hidden: readonly Hidden[]): string {
	return piecesOf(text, hidden)
		.map(({ shown }) => shown)
		.join('');
}

/**
 * Where a place of the shown text is in the text as it was said. A place inside a mark goes to the
 * side given: a mark is taken whole or not at all.
 */
export function placeAsSaid(
	pieces: readonly Piece[],
	{ at, side }: { at: number; side: 'start' | 'end' },
): number {
	let shownAt = 0;
	for (const piece of pieces) {
		const length = [...piece.shown].length;
		const isInside = side === 'start' ? at < shownAt + length : at <= shownAt + length;
		if (isInside) {
			if (piece.kind === null) {
				return piece.start + (at - shownAt);
			}
			return side === 'start' || at === shownAt ? piece.start : piece.end;
		}
		shownAt += length;
	}
	return pieces.at(-1)?.end ?? 0;
}

function joined(hidden: readonly Hidden[]): Hidden[] {
	const result: Hidden[] = [];
	for (const span of hidden.toSorted((one, other) => one.start - other.start)) {
		const last = result.at(-1);
		if (last && span.start < last.end) {
			last.end = Math.max(last.end, span.end);
		} else {
			result.push({ ...span });
		}
	}
	return result;
}
