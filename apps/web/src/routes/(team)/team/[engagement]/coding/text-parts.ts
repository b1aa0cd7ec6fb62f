/** A piece of a text; `isMarked` where a suggestion points at it. */
export interface TextPart {
	text: string;
	isMarked: boolean;
}

/**
 * Cuts a text at the ends of spans. Spans count code points, as the API does, and may overlap;
 * an emoji is one code point and two places of a JavaScript string.
 */
export function textParts(
	text: string,
	spans: readonly { start: number; end: number }[],
): TextPart[] {
	const points = Array.from(text);
	const marked = points.map((_, place) =>
		spans.some(({ start, end }) => place >= start && place < end),
	);
	const parts: TextPart[] = [];
	points.forEach((point, place) => {
		const isMarked = marked[place] ?? false;
		const last = parts.at(-1);
		if (last?.isMarked === isMarked) {
			last.text += point;
		} else {
			parts.push({ text: point, isMarked });
		}
	});
	return parts;
}

/** The words at these spans, each once, in reading order. */
export function wordsAt(text: string, spans: readonly { start: number; end: number }[]): string[] {
	const points = Array.from(text);
	const words = spans.map(({ start, end }) => points.slice(start, end).join(''));
	return [...new Set(words)];
}
