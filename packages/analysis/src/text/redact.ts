import { codePointLength } from './fold.ts';
import { findNames } from './redact-names.ts';
import { isKnownWord } from './unknown-words.ts';
import { findShapes } from './redact-patterns.ts';
import { REDACTION_KINDS } from './redaction-kind.ts';
import type { Found, RedactionKind } from './redaction-kind.ts';

export { REDACTION_KINDS } from './redaction-kind.ts';
export type { RedactionKind } from './redaction-kind.ts';

/** A span that was hidden; offsets in code points of the text as it was given. */
export type Redaction = { start: number; end: number; kind: RedactionKind };

export type RedactOptions = {
	/** Names to hide: a roster, staff, officers. Names of several words count by part too. */
	names: readonly string[];
	/** Language of the text. Shapes and introductions are looked for in English and Spanish alike. */
	language: string;
};

/**
 * Hides what points to a person: listed names, names with a title or after 'my name is', phone
 * numbers, e-mail addresses, handles, street addresses, ZIP codes, room numbers, ids and birth
 * dates. Each is replaced by its kind, `[name]`, `[phone]` …
 *
 * A first layer, to be read over by a person: it knows shapes and lists, not meanings. What is
 * already a mark of this kind is left alone, so redacting twice changes nothing.
 *
 * @example redact('ask Tyler, 218-555-0142', { names: ['Tyler'], language: 'en' }).text
 * // 'ask [name], [phone]'
 */
export function redact(
	text: string,
	options: RedactOptions,
): { text: string; redactions: Redaction[] } {
	let spans: Found[] = [];
	let shown: Shown = { text, origins: [] };
	for (let look = 0; look < MOST_LOOKS; look++) {
		const found = find(shown.text, options);
		if (found.length === 0) {
			break;
		}
		spans = withFound(spans, found, shown);
		shown = show(text, spans);
	}
	return { text: shown.text, redactions: inCodePoints(text, spans) };
}

/** What is hidden first can uncover more, where two things overlapped. Twice is nearly always enough. */
const MOST_LOOKS = 6;

/** A text with its marks, and for the end of each mark where that is in the original. */
type Shown = { text: string; origins: readonly { at: number; original: number }[] };

function find(text: string, { names, language }: RedactOptions): Found[] {
	const found = [...findShapes(text, isKnownWord), ...findNames(text, names, language)];
	return withoutOverlap(
		found.filter(({ start, end }) => !isMark(text, start, end)),
		text.length,
	);
}

function withFound(spans: readonly Found[], found: readonly Found[], { origins }: Shown): Found[] {
	const fresh = found.map(({ kind, start, end }) => ({
		kind,
		start: originOf(origins, start),
		end: originOf(origins, end),
	}));
	const kept = spans.filter(({ start, end }) =>
		fresh.every((span) => end <= span.start || start >= span.end),
	);
	return [...kept, ...fresh].sort((one, other) => one.start - other.start);
}

function originOf(origins: Shown['origins'], at: number): number {
	const before = origins.findLast((origin) => origin.at <= at);
	return before === undefined ? at : before.original + (at - before.at);
}

function show(text: string, spans: readonly Found[]): Shown {
	const origins: { at: number; original: number }[] = [];
	let shown = '';
	let unit = 0;
	for (const { start, end, kind } of spans) {
		shown += `${text.slice(unit, start)}[${kind}]`;
		origins.push({ at: shown.length, original: end });
		unit = end;
	}
	return { text: shown + text.slice(unit), origins };
}

function inCodePoints(text: string, spans: readonly Found[]): Redaction[] {
	let unit = 0;
	let point = 0;
	return spans.map(({ start, end, kind }) => {
		const from = point + codePointLength(text.slice(unit, start));
		point = from + codePointLength(text.slice(start, end));
		unit = end;
		return { start: from, end: point, kind };
	});
}

/** Spans in order, none over another: any other kind wins over a name, then the longer span. */
function withoutOverlap(found: readonly Found[], length: number): Found[] {
	const isTaken = new Uint8Array(length);
	const kept: Found[] = [];
	const ranked = found.toSorted(
		(one, other) =>
			Number(one.kind === 'name') - Number(other.kind === 'name') ||
			other.end - other.start - (one.end - one.start) ||
			one.start - other.start,
	);
	for (const span of ranked) {
		if (!isTaken.subarray(span.start, span.end).includes(1)) {
			isTaken.fill(1, span.start, span.end);
			kept.push(span);
		}
	}
	return kept.sort((one, other) => one.start - other.start);
}

function isMark(text: string, start: number, end: number): boolean {
	return (
		text[start - 1] === '[' &&
		text[end] === ']' &&
		(REDACTION_KINDS as readonly string[]).includes(text.slice(start, end))
	);
}
