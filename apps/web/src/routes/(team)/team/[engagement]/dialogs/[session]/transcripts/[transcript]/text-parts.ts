import type { RedactionView, TurnView } from '@throughline/api/client';

/** A stretch of a turn's words that is shown in one way. */
export interface TextPart {
	/** Where it begins, in code points. */
	start: number;
	text: string;
	redaction: RedactionView | null;
	isExcerpt: boolean;
}

/** A turn's words cut where something about them changes. */
export function textParts({ text, redactions, spans }: TurnView): TextPart[] {
	const shown = redactions.filter(({ status }) => status !== 'rejected');
	if (shown.length === 0 && spans.length === 0) {
		return [{ start: 0, text, redaction: null, isExcerpt: false }];
	}
	const letters = [...text];
	const edges = new Set([0, letters.length]);
	for (const { start, end } of [...shown, ...spans]) {
		edges.add(Math.min(start, letters.length));
		edges.add(Math.min(end, letters.length));
	}
	const places = [...edges].sort((one, other) => one - other);
	return places.slice(0, -1).map((start, index) => {
		const end = places[index + 1] ?? letters.length;
		const holds = (span: { start: number; end: number }) => span.start <= start && span.end >= end;
		return {
			start,
			text: letters.slice(start, end).join(''),
			redaction: shown.find(holds) ?? null,
			isExcerpt: spans.some(holds),
		};
	});
}
