import type { Token } from './tokens.ts';
import {
	ARABIC_PARTS,
	DOZENS,
	HALVES,
	MULTIPLES,
	OPEN_NUMBERS,
	PARTS,
	PEOPLE,
	PERCENTS,
	SAID,
	SMALL,
} from './vocabulary.ts';

/** A number from `start` up to `end` (exclusive). */
export interface NumberSpan {
	type: 'count' | 'share';
	start: number;
	end: number;
	/** A count, or a share in percent; null for a number left open, such as 'dozens'. */
	value: number | null;
	/** How a share in digits would be shown: `57%`, `≤5%`, `50–59%`. Null for words. */
	shown: string | null;
	isInDigits: boolean;
}

const DASHES = new Set(['-', '–', '—', 'to', 'a']);
const WHOLES = new Set([2, 3, 4, 5, 10]);

/** The number that begins at this token, in digits or words, or null. */
export function numberAt(tokens: readonly Token[], start: number): NumberSpan | null {
	return (
		partAt(tokens, start) ??
		ratioAt(tokens, start) ??
		shareAt(tokens, start) ??
		countAt(tokens, start)
	);
}

/** A count: `1,340`, 'three', 'twenty-three', 'a dozen', 'one hundred and five', 'dozens'. */
function countAt(tokens: readonly Token[], start: number): NumberSpan | null {
	const [first, second] = [tokens[start], tokens[start + 1]];
	const found = (end: number, value: number | null, isInDigits = false): NumberSpan => ({
		...{ type: 'count', start, end, value, shown: null, isInDigits },
	});
	if (!first) {
		return null;
	}
	if (first.value !== null) {
		const times = MULTIPLES.get(second?.lower ?? '') ?? DOZENS.get(second?.lower ?? '');
		return times === undefined
			? found(start + 1, first.value, true)
			: found(start + 2, first.value * times, true);
	}
	if (OPEN_NUMBERS.has(first.lower)) {
		return found(start + 1, null);
	}
	const isHalf = first.lower === 'half' && (second?.lower === 'a' || second?.lower === 'dozen');
	const offset = isHalf ? Number(second?.lower === 'a') + 1 : 1;
	const opens = isHalf || /^(?:an?|una?|one|two|three|four|five|six|several)$/u.test(first.lower);
	const dozen = DOZENS.get(tokens[start + offset]?.lower ?? '');
	if (opens && dozen !== undefined) {
		const times = isHalf ? 0.5 : (SMALL.get(first.lower) ?? 1);
		return found(start + offset + 1, times * dozen);
	}
	return wordsAt(tokens, start, found);
}

function wordsAt(
	tokens: readonly Token[],
	start: number,
	found: (end: number, value: number) => NumberSpan,
): NumberSpan | null {
	let [total, current, end] = [0, 0, start];
	const isMultiple = (at: number) => MULTIPLES.has(tokens[at]?.lower ?? '');
	if (/^(?:an?|un)$/u.test(tokens[start]?.lower ?? '') && isMultiple(start + 1)) {
		[current, end] = [1, start + 1];
	}
	for (; end < tokens.length; end += 1) {
		const word = tokens[end]?.lower ?? '';
		const small = smallNumber(word) ?? (word === 'one' ? 1 : undefined);
		const times = MULTIPLES.get(word);
		const joins = end > start && (word === 'and' || word === 'y') && (current || total) >= 20;
		if (small !== undefined) {
			current += small;
		} else if (times !== undefined) {
			current = Math.max(1, current) * times;
			[total, current] = times === 1000 ? [total + current, 0] : [total, current];
		} else if (!joins || smallNumber(tokens[end + 1]?.lower ?? '') === undefined) {
			break;
		}
	}
	const isOnce =
		tokens[start]?.lower === 'once' && PEOPLE.has(tokens[start + 1]?.lower ?? '') && end === start;
	if (isOnce) {
		return found(start + 1, 11);
	}
	return end === start ? null : found(end, total + current);
}

function smallNumber(word: string): number | undefined {
	const [tens, unit, ...rest] = word.split('-');
	const compound =
		tens !== undefined && unit !== undefined && rest.length === 0
			? [SMALL.get(tens), SMALL.get(unit)]
			: [];
	const [high, low] = compound;
	if (high !== undefined && low !== undefined && high >= 20) {
		return high + low;
	}
	return SMALL.get(word) ?? SMALL.get(word.replace(/^[وبل]/u, ''));
}

/** `57%`, `50–59 percent`, `≤5%`, '12 per cent', 'forty percent'. */
function shareAt(tokens: readonly Token[], start: number): NumberSpan | null {
	const sign = /^[≤≥]$/u.test(tokens[start]?.text ?? '') ? tokens[start]?.text : undefined;
	const low = countAt(tokens, sign === undefined ? start : start + 1);
	if (!low || low.value === null) {
		return null;
	}
	const isRange = DASHES.has(tokens[low.end]?.lower ?? '');
	const high = isRange ? countAt(tokens, low.end + 1) : null;
	const text = (span: NumberSpan) =>
		span.isInDigits ? (tokens[span.start]?.text ?? '') : String(span.value);
	for (const last of [high, low]) {
		const end = last ? percentEnd(tokens, last.end) : null;
		if (last && end !== null) {
			const shown = `${sign ?? ''}${text(low)}${last === high ? `–${text(last)}` : ''}%`;
			return { ...low, type: 'share', start, end, shown, isInDigits: true };
		}
	}
	return null;
}

function percentEnd(tokens: readonly Token[], at: number): number | null {
	const [word, next] = [tokens[at]?.lower ?? '', tokens[at + 1]?.lower ?? ''];
	if (PERCENTS.has(word)) {
		return at + 1;
	}
	const isTwo = /^(?:per cent|por ciento|في المئة|في المائة|percentage points?)$/u.test(
		`${word} ${next}`,
	);
	return isTwo ? at + 2 : null;
}

/** 'one in five', '3 of 14', '2 out of every 3', 'cuatro de cada diez', '3/4 of'. */
function ratioAt(tokens: readonly Token[], start: number): NumberSpan | null {
	const part = countAt(tokens, start);
	if (!part || part.value === null) {
		return null;
	}
	const between: string[] = [];
	for (const { lower } of tokens.slice(part.end, part.end + 3)) {
		if (!/^(?:in|of|out|every|each|de|cada|من|كل|\/)$/u.test(lower)) {
			break;
		}
		between.push(lower);
	}
	const whole = countAt(tokens, part.end + between.length);
	const isOf = between[0] !== '/' || /^(?:of|de)$/u.test(tokens[whole?.end ?? -1]?.lower ?? '');
	if (between.length === 0 || !whole || !isOf || whole.value === null) {
		return null;
	}
	const isShare = part.value < whole.value && whole.value < 1900;
	// 'one in five' says a fifth; '3 of 14' says how many.
	const isInDigits = !WHOLES.has(whole.value);
	return isShare
		? {
				...{ type: 'share', start, end: whole.end, shown: null, isInDigits },
				value: (100 * part.value) / whole.value,
			}
		: null;
}

/** 'half of', 'a third of', 'two thirds', 'la mitad'. */
function partAt(tokens: readonly Token[], start: number): NumberSpan | null {
	const word = tokens[start]?.lower ?? '';
	const share = (end: number, value: number): NumberSpan => ({
		...{ type: 'share', start, end, value, shown: null, isInDigits: false },
	});
	if (HALVES.has(word)) {
		return isShareOf(tokens, start) ? share(start + 1, 50) : null;
	}
	const arabic = ARABIC_PARTS.get(word);
	if (arabic !== undefined && PEOPLE.has(tokens[start + 1]?.lower ?? '')) {
		return share(start + 1, arabic);
	}
	const [hyphened, hyphenedPart] = word.split('-');
	const joined = PARTS.get(hyphenedPart ?? '');
	if (joined !== undefined && SMALL.has(hyphened ?? '')) {
		return share(start + 1, (SMALL.get(hyphened ?? '') ?? 1) * joined);
	}
	const part = PARTS.get(tokens[start + 1]?.lower ?? '');
	const times = /^(?:an?|un)$/u.test(word) ? 1 : (SMALL.get(word) ?? Number.NaN);
	const isOf = times > 1 || /^(?:of|de)$/u.test(tokens[start + 2]?.lower ?? '');
	return part !== undefined && !Number.isNaN(times) && isOf ? share(start + 2, times * part) : null;
}

/** 'half of', 'half the students', 'nearly half'; not 'half an hour', 'the second half'. */
function isShareOf(tokens: readonly Token[], at: number): boolean {
	const [before, after] = [tokens[at - 1]?.lower ?? '', tokens[at + 1]?.lower ?? ''];
	const isOther =
		/^(?:first|second|other|better|and)$/u.test(before) ||
		/^(?:an?|hour|day|year|way|time)$/u.test(after);
	const isAbout = /^(?:than|nearly|about|almost|over|under|roughly|around|exactly|la)$/u.test(
		before,
	);
	const isOf = /^(?:of|the|de|من)$/u.test(after) || PEOPLE.has(after) || SAID.has(after);
	return !isOther && (isAbout || isOf);
}
