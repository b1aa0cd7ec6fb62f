import { fold } from './fold.ts';

const APOSTROPHE = 0x27;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;
const UNKNOWN = 0;
const YES = 1;
const NO = 2;
/** Remembered answers of the pattern for the basic plane: the pattern alone is slow. */
const known = new Uint8Array(0x10000);

/**
 * The words of a text, folded (NFKC, lower case): runs of letters, marks and digits in any script,
 * with apostrophes kept inside a word.
 *
 * @example words("El niño can't.") // ['el', 'niño', "can't"]
 */
export function words(text: string): string[] {
	const { points } = fold(text);
	const found: string[] = [];
	for (let start = nextWord(points, 0); start < points.length;) {
		const end = wordEnd(points, start);
		found.push(stringOf(points, start, end));
		start = nextWord(points, end);
	}
	return found;
}

/**
 * A text made comparable: NFKC, lower case, white space collapsed and trimmed.
 *
 * @example normalise('  Ｈello\n WORLD ') // 'hello world'
 */
export function normalise(text: string): string {
	const { points } = fold(text);
	return stringOf(points, 0, points.length).replace(/\s+/gu, ' ').trim();
}

/** The string of some folded code points. */
export function stringOf(points: Uint32Array, start: number, end: number): string {
	let text = '';
	for (let i = start; i < end; i += 4096) {
		text += String.fromCodePoint(...points.subarray(i, Math.min(end, i + 4096)));
	}
	return text;
}

/** The place at or after `index` where a word begins; the length when there is none. */
export function nextWord(points: Uint32Array, index: number): number {
	let i = index;
	while (i < points.length && !isWordPoint(points[i] ?? 0)) {
		i++;
	}
	return i;
}

/** The place after the word that begins at `start`. */
export function wordEnd(points: Uint32Array, start: number): number {
	let i = start + 1;
	while (i < points.length) {
		const isInside =
			isWordPoint(points[i] ?? 0) ||
			(points[i] === APOSTROPHE && i + 1 < points.length && isWordPoint(points[i + 1] ?? 0));
		if (!isInside) {
			break;
		}
		i++;
	}
	return i;
}

/** Whether a code point belongs to a word: a letter, a mark or a digit of any script. */
function isWordPoint(point: number): boolean {
	if (point >= known.length) {
		return WORD_CHARACTER.test(String.fromCodePoint(point));
	}
	const before = known[point] ?? UNKNOWN;
	if (before !== UNKNOWN) {
		return before === YES;
	}
	const is = WORD_CHARACTER.test(String.fromCodePoint(point));
	known[point] = is ? YES : NO;
	return is;
}
