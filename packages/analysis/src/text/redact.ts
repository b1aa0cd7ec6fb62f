import { codePointLength } from './fold.ts';
import { findNames } from './redact-names.ts';
import { findShapes, REDACTION_KINDS } from './redact-patterns.ts';
import type { Found, RedactionKind } from './redact-patterns.ts';

export { REDACTION_KINDS } from './redact-patterns.ts';
export type { RedactionKind } from './redact-patterns.ts';

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
	const found = [...findShapes(text), ...findNames(text, options.names)];
	const kept = withoutOverlap(found.filter(({ start, end }) => !isMark(text, start, end)));
	const redactions: Redaction[] = [];
	let redacted = '';
	let unit = 0;
	let point = 0;
	for (const { start, end, kind } of kept) {
		redacted += `${text.slice(unit, start)}[${kind}]`;
		const from = point + codePointLength(text.slice(unit, start));
		point = from + codePointLength(text.slice(start, end));
		redactions.push({ start: from, end: point, kind });
		unit = end;
	}
	return { text: redacted + text.slice(unit), redactions };
}

/** Spans in order, none over another: an earlier kind of the list wins, then the longer span. */
function withoutOverlap(found: readonly Found[]): Found[] {
	const kept: Found[] = [];
	const ranked = found.toSorted(
		(one, other) =>
			Number(one.kind === 'name') - Number(other.kind === 'name') ||
			other.end - other.start - (one.end - one.start) ||
			one.start - other.start,
	);
	for (const span of ranked) {
		if (kept.every((other) => span.end <= other.start || span.start >= other.end)) {
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
