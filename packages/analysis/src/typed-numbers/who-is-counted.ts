import type { Token } from './tokens.ts';
import {
	DETERMINERS,
	GROUP_NOUNS,
	GROUP_WORDS,
	LABELS,
	LINKS,
	MONTHS,
	OF,
	PEOPLE,
	PERSON,
	PLACES,
	PRONOUNS,
	SAID,
	THINGS,
} from './vocabulary.ts';
import type { NumberSpan } from './read-numbers.ts';

/** What stands after a number, and up to where it belongs to it. */
export interface Counted {
	type: 'people' | 'said' | 'pronoun' | 'thing' | 'nothing';
	end: number;
	/** People of a place, a grade, a background: not of everyone. */
	isOfGroup: boolean;
	/** Something they said, chose or felt follows; in the past it has been counted. */
	said: 'past' | 'present' | null;
}

const MOST_WORDS_BETWEEN = 4;

/** Whom or what a number counts, by the words after it. */
export function countedAfter(tokens: readonly Token[], { end, value }: NumberSpan): Counted {
	const at = afterOf(tokens, end);
	const [next, following] = [tokens[at], tokens[end]];
	if (at > end && PRONOUNS.has(tokens[end + 1]?.lower ?? '')) {
		return counted(tokens, 'pronoun', { from: end, last: end + 1 });
	}
	for (let index = at; index < at + MOST_WORDS_BETWEEN; index += 1) {
		const token = tokens[index];
		if (token?.type !== 'word' || LINKS.has(token.lower)) {
			break;
		}
		if (isPeople(tokens, index, value)) {
			return counted(tokens, 'people', { from: end, last: index });
		}
		if (THINGS.has(token.lower)) {
			return counted(tokens, 'thing', { from: end, last: index });
		}
	}
	const isSaid = following !== undefined && next === following && SAID.has(following.lower);
	return isSaid
		? counted(tokens, 'said', { from: end, last: end })
		: { type: 'nothing', end, isOfGroup: isPlace(tokens, end), said: saidAfter(tokens, end) };
}

/** Whether a number names, dates or measures something and counts nothing. */
export function isLabel(tokens: readonly Token[], { start, end }: NumberSpan): boolean {
	const [before, after] = [tokens[start - 1], tokens[end]];
	const [text] = [tokens[start]?.text ?? ''];
	const isMonth = (token: Token | undefined) =>
		token !== undefined &&
		MONTHS.has(token.lower) &&
		(!/^(?:may|march)$/u.test(token.lower) || token.text !== token.lower);
	return (
		/^[$€£#§]$/u.test(before?.text ?? '') ||
		/^[€£]$/u.test(after?.text ?? '') ||
		/\d:\d/u.test(text) ||
		isMonth(before) ||
		isMonth(after) ||
		isLabelled(tokens, start)
	);
}

/** A year, or a part of a date, a range or a list with strokes: `2026-03-20`, `3 / 6 / 45`. */
export function isYearOrDate(tokens: readonly Token[], { start, end, value }: NumberSpan): boolean {
	const text = tokens[start]?.text ?? '';
	const isYear = /^\d{4}$/u.test(text) && value !== null && value >= 1900 && value <= 2100;
	const isJoined = (mark: number, other: number) =>
		/^[-–/]$/u.test(tokens[mark]?.text ?? '') && tokens[other]?.type === 'number';
	return isYear || isJoined(start - 1, start - 2) || isJoined(end, end + 1);
}

/** 'grade 9', 'grades 9, 10 and 11', 'ages 14 to 18'. */
function isLabelled(tokens: readonly Token[], start: number): boolean {
	for (let index = start - 1; index >= 0; index -= 1) {
		const token = tokens[index];
		if (token && LABELS.has(token.lower)) {
			return true;
		}
		const isBetween =
			token?.type === 'number' || /^(?:,|and|or|to|y|o|a|-|–|\/)$/u.test(token?.lower ?? '');
		if (!isBetween) {
			return false;
		}
	}
	return false;
}

/** After 'of the', when it stands there. */
function afterOf(tokens: readonly Token[], at: number): number {
	const isOf = OF.has(tokens[at]?.lower ?? '');
	const next = isOf ? at + 1 : at;
	return DETERMINERS.has(tokens[next]?.lower ?? '') ? next + 1 : next;
}

/** 'students', and 'student' where it counts one and is not the first half of 'student group'. */
function isPeople(tokens: readonly Token[], index: number, value: number | null): boolean {
	const [token, next] = [tokens[index], tokens[index + 1]];
	if (!token || PEOPLE.has(token.lower)) {
		return token !== undefined;
	}
	const isLast =
		next?.type !== 'word' || [LINKS, SAID, PLACES].some((words) => words.has(next.lower));
	return PERSON.has(token.lower) && isLast && (value === 1 || value === 0);
}

function counted(
	tokens: readonly Token[],
	type: Counted['type'],
	{ from, last }: { from: number; last: number },
): Counted {
	const noun = tokens[last]?.lower ?? '';
	const between = tokens.slice(from, last);
	const isOfGroup =
		GROUP_NOUNS.has(noun) ||
		between.some(({ text, lower }) => /^\p{Lu}/u.test(text) || GROUP_WORDS.has(lower)) ||
		isPlace(tokens, last + 1);
	return { type, end: last + 1, isOfGroup, said: saidAfter(tokens, last) };
}

/** 'of Old Mill', 'in grade 12', 'at each school', 'من أولد ميل'. */
function isPlace(tokens: readonly Token[], at: number): boolean {
	const place = tokens[at]?.lower ?? '';
	if (!PLACES.has(place)) {
		return false;
	}
	const after = tokens.slice(at + 1, at + 4);
	const isArabic = /\p{sc=Arabic}/u.test(place) && after.length > 0;
	return (
		isArabic || after.some((token) => /^\p{Lu}/u.test(token.text) || GROUP_WORDS.has(token.lower))
	);
}

/** What people did, within the same part of the sentence. */
function saidAfter(tokens: readonly Token[], from: number): Counted['said'] {
	const rest = tokens.slice(from, from + 9);
	const stop = rest.findIndex(({ text }) => /^[.;:!?؟()]$/u.test(text));
	const part = rest.slice(0, stop === -1 ? rest.length : stop);
	const isDone = (index: number) => /^(?:is|are|be|been)$/u.test(part[index - 1]?.lower ?? '');
	const verb = part.find(({ lower }, index) => SAID.has(lower) && !isDone(index));
	if (!verb) {
		return null;
	}
	const isPast =
		/(?:ed|aron|eron|ieron|وا)$/u.test(verb.lower) ||
		/^(?:said|told|wrote|chose|chosen|felt|thought|knew|saw|did|didn't|dijo|قال|قالت)$/u.test(
			verb.lower,
		);
	return isPast ? 'past' : 'present';
}
