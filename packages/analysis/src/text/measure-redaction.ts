import { REDACTION_KINDS } from './redaction-kind.ts';
import type { RedactionKind } from './redaction-kind.ts';
import type { Redaction } from './redact.ts';

/** A text with the spans a person marked in it; offsets in code points. */
export type RedactionCase = {
	id: string;
	text: string;
	language: string;
	spans: readonly Redaction[];
};

/** How many of the suggestions were right, and how many of the marked spans were found. */
export type Accuracy = { precision: number; recall: number; f1: number };

export type RedactionFigures = {
	/** Spans a person marked. */
	marked: number;
	/** Spans that were suggested. */
	suggested: number;
	/** Same kind, same start, same end. */
	exact: Accuracy;
	/** Same kind, at least one character shared. */
	overlap: Accuracy;
};

export type RedactionMeasure = {
	all: RedactionFigures;
	byKind: Record<RedactionKind, RedactionFigures>;
	/** At least one character shared, of whatever kind: what matters to who must not be named. */
	anyKind: Accuracy;
	/** Texts with nothing to find in which something was suggested. */
	disturbed: { texts: number; of: number };
	misses: { id: string; span: Redaction }[];
	falseHits: { id: string; span: Redaction }[];
};

/**
 * Precision, recall and F1 of a redactor on marked texts, by kind and in all (micro: every span
 * counts once). A precision without suggestions and a recall without marked spans is 1.
 *
 * @example measureRedaction([{ id: 'a', text: 'hi', language: 'en', spans: [] }], () => []).all.marked // 0
 */
export function measureRedaction(
	cases: readonly RedactionCase[],
	suggest: (given: RedactionCase) => readonly Redaction[],
): RedactionMeasure {
	const pairs = cases.map((given) => ({ given, suggested: suggest(given) }));
	const figuresOf = (kind: RedactionKind | null): RedactionFigures => {
		const of = (spans: readonly Redaction[]) =>
			spans.filter((span) => kind === null || span.kind === kind);
		const sides = pairs.map(({ given, suggested }) => ({
			marked: of(given.spans),
			suggested: of(suggested),
		}));
		return {
			marked: count(sides, ({ marked }) => marked.length),
			suggested: count(sides, ({ suggested }) => suggested.length),
			exact: accuracy(
				sides,
				(one, other) => isKind(one, other) && one.start === other.start && one.end === other.end,
			),
			overlap: accuracy(sides, (one, other) => isKind(one, other) && shares(one, other)),
		};
	};
	const quiet = pairs.filter(({ given }) => given.spans.length === 0);
	const isMatch = (one: Redaction, other: Redaction) => isKind(one, other) && shares(one, other);
	return {
		all: figuresOf(null),
		// One entry for each kind of the list.
		byKind: Object.fromEntries(REDACTION_KINDS.map((kind) => [kind, figuresOf(kind)])) as Record<
			RedactionKind,
			RedactionFigures
		>,
		anyKind: accuracy(
			pairs.map(({ given, suggested }) => ({ marked: given.spans, suggested })),
			shares,
		),
		disturbed: {
			texts: quiet.filter(({ suggested }) => suggested.length > 0).length,
			of: quiet.length,
		},
		misses: pairs.flatMap(({ given, suggested }) =>
			given.spans
				.filter((span) => !suggested.some((other) => isMatch(span, other)))
				.map((span) => ({ id: given.id, span })),
		),
		falseHits: pairs.flatMap(({ given, suggested }) =>
			suggested
				.filter((span) => !given.spans.some((other) => isMatch(span, other)))
				.map((span) => ({ id: given.id, span })),
		),
	};
}

type Sides = { marked: readonly Redaction[]; suggested: readonly Redaction[] };

function accuracy(
	sides: readonly Sides[],
	matches: (one: Redaction, other: Redaction) => boolean,
): Accuracy {
	const right = count(
		sides,
		({ marked, suggested }) =>
			suggested.filter((span) => marked.some((other) => matches(span, other))).length,
	);
	const found = count(
		sides,
		({ marked, suggested }) =>
			marked.filter((span) => suggested.some((other) => matches(span, other))).length,
	);
	const precision = share(
		right,
		count(sides, ({ suggested }) => suggested.length),
	);
	const recall = share(
		found,
		count(sides, ({ marked }) => marked.length),
	);
	return {
		precision,
		recall,
		f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
	};
}

function share(part: number, whole: number): number {
	return whole === 0 ? 1 : part / whole;
}

function count(sides: readonly Sides[], of: (side: Sides) => number): number {
	let sum = 0;
	for (const side of sides) {
		sum += of(side);
	}
	return sum;
}

function isKind(one: Redaction, other: Redaction): boolean {
	return one.kind === other.kind;
}

function shares(one: Redaction, other: Redaction): boolean {
	return one.start < other.end && other.start < one.end;
}
