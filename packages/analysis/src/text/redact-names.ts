import type { Found } from './redact-patterns.ts';

/** Names that are also words: hidden only where the writing shows that a person is meant. */
const ALSO_WORDS: ReadonlySet<string> = new Set(
	`will mark hope grace faith joy may june april august summer autumn dawn rose lily daisy ivy violet
	hunter chase chance rich rob bill jack drew pat sue art grant frank dean gene guy jay ray king
	young brown white black green gray grey stone wood woods field fields day knight page rice price
	banks bank baker cook cooper carter fisher mason porter taylor turner walker parker major dale
	glen cliff rusty sandy sky skye star angel amber crystal ruby pearl jade honor serenity destiny
	trinity charity patience chase lane miles colt tiger brook brooks rocky penny ginger olive basil
	luz sol paz mar cruz reyes santos flores rosa blanca nieves ángel amor alba estrella luna victoria
	consuelo dolores mercedes esperanza soledad`
		.trim()
		.split(/\s+/u),
);

const TITLE =
	'(?:Mr|Mrs|Ms|Miss|Mx|Dr|Coach|Officer|Deputy|Principal|Sgt|Sergeant|Sr|Sra|Srta|Prof|Señor|Señora|Señorita|Oficial|Maestro|Maestra)';
const NAME_WORD = "\\p{Lu}[\\p{L}\\p{M}]*(?:['’-][\\p{L}\\p{M}]+)*";
const TITLED = new RegExp(
	`(?<![\\p{L}\\p{N}])${TITLE}\\.? (?<hidden>${NAME_WORD}(?: (?!I\\b)${NAME_WORD})?)`,
	'dgu',
);
const INTRODUCED = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:my (?:full |first |last |real )?name(?: is|'s|’s)|me llamo|mi nombre es|je m['’]appelle|اسمي)[ :]+(?<hidden>[\\p{L}\\p{M}'’-]{2,}(?: ${NAME_WORD}){0,2})`,
	'dgiu',
);
/** 'Call me after lunch' is no introduction: here the name must begin with a capital. */
const CALLED = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:[Cc]all|[Cc]alls) me (?<hidden>${NAME_WORD}(?: ${NAME_WORD})?)`,
	'dgu',
);
const NOT_A_NAME: ReadonlySet<string> = new Set(
	`i not never always called on in the a an of no so when if and or what something private mine
	known mispronounced wrong hard said que no muy el la un una nunca siempre crazy names stupid
	later back out by about`
		.trim()
		.split(/\s+/u),
);

/**
 * Names of a list wherever they stand as a word of their own, names with a title, and names people
 * give as theirs ('my name is …').
 *
 * A listed name that is also a word ('Will', 'Mark', 'Hope') is taken only when it begins with a
 * capital, is not the first word of a sentence, or a title or another name stands beside it. Other
 * listed names are taken in any case: students write 'tyler' for Tyler.
 */
export function findNames(text: string, names: readonly string[]): Found[] {
	const found: Found[] = [];
	for (const pattern of [TITLED, INTRODUCED, CALLED]) {
		for (const match of text.matchAll(pattern)) {
			const [start, end] = match.indices?.groups?.['hidden'] ?? [0, 0];
			const first = text.slice(start, end).split(' ')[0]?.toLowerCase() ?? '';
			if (!NOT_A_NAME.has(first)) {
				found.push({ kind: 'name', start, end: introducedEnd(text, start, end) });
			}
		}
	}
	found.push(...listedNames(text, names));
	return found;
}

/** Case is ignored when what introduces a name is looked for, so lower-case words after it are cut off. */
function introducedEnd(text: string, start: number, end: number): number {
	const [first = '', ...rest] = text.slice(start, end).split(' ');
	let last = start + first.length;
	for (const word of rest) {
		if (!/^\p{Lu}/u.test(word)) {
			break;
		}
		last += word.length + 1;
	}
	return last;
}

/** Names by their first word: the words that follow, and whether the name is a word as well. */
type NameIndex = ReadonlyMap<string, readonly { rest: readonly string[]; isAlsoWord: boolean }[]>;

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;
const BETWEEN_NAMES = /^(?:\s{1,3}|[.‐-]\s?)$/u;
const POSSESSIVE = /['’]s$/u;

/** Remembered by the list itself: a roster is read once, not for every answer. */
const indexes = new WeakMap<readonly string[], NameIndex>();

function indexOf(names: readonly string[]): NameIndex {
	const known = indexes.get(names);
	if (known !== undefined) {
		return known;
	}
	const index = new Map<string, { rest: string[]; isAlsoWord: boolean }[]>();
	for (const name of wholeAndParts(names)) {
		const [first, ...rest] = Array.from(name.matchAll(WORD), ([word]) => fold(word));
		if (first !== undefined && [first, ...rest].join('').length > 1) {
			const isAlsoWord = rest.length === 0 && ALSO_WORDS.has(first);
			index.set(first, [...(index.get(first) ?? []), { rest, isAlsoWord }]);
		}
	}
	for (const entries of index.values()) {
		entries.sort((one, other) => other.rest.length - one.rest.length);
	}
	indexes.set(names, index);
	return index;
}

/** Every listed name, and the first and last part of those of several words. */
function wholeAndParts(names: readonly string[]): Set<string> {
	const all = new Set<string>();
	for (const name of names) {
		const parts = name.trim().split(/\s+/u);
		for (const part of [parts.join(' '), parts[0] ?? '', parts.at(-1) ?? '']) {
			all.add(part);
		}
	}
	return all;
}

function listedNames(text: string, names: readonly string[]): Found[] {
	const index = indexOf(names);
	const words = Array.from(text.matchAll(WORD), ({ 0: word, index: start }) => ({ word, start }));
	const found: Found[] = [];
	words.forEach(({ word, start }, at) => {
		const bare = word.replace(POSSESSIVE, '');
		for (const { rest, isAlsoWord } of index.get(fold(word)) ?? index.get(fold(bare)) ?? []) {
			const end = endOfName({ text, words, at, rest, index });
			if (end !== null && (!isAlsoWord || isPerson(text, start, end))) {
				found.push({ kind: 'name', start, end });
				return;
			}
		}
	});
	return found;
}

/** Where a name that begins at a word ends, or null when the words after it are others. */
function endOfName(given: {
	text: string;
	words: readonly { word: string; start: number }[];
	at: number;
	rest: readonly string[];
	index: NameIndex;
}): number | null {
	const { text, words, at, rest, index } = given;
	let last = words[at] ?? { word: '', start: 0 };
	for (const [step, expected] of rest.entries()) {
		const next = words[at + step + 1];
		const between = text.slice(last.start + last.word.length, next?.start);
		if (next === undefined || !BETWEEN_NAMES.test(between)) {
			return null;
		}
		if (fold(next.word) !== expected && fold(next.word.replace(POSSESSIVE, '')) !== expected) {
			return null;
		}
		last = next;
	}
	const isWhole = rest.length > 0 ? rest.at(-1) === fold(last.word) : index.has(fold(last.word));
	const written = isWhole ? last.word : last.word.replace(POSSESSIVE, '');
	return last.start + written.length;
}

function fold(word: string): string {
	return word.normalize('NFC').toLowerCase().replaceAll('’', "'");
}

function isPerson(text: string, start: number, end: number): boolean {
	if (!/^\p{Lu}/u.test(text.slice(start))) {
		return false;
	}
	const isShouted = !/\p{Ll}/u.test(text.slice(start, end));
	const before = text.slice(0, start).trimEnd();
	const isAtStart = before === '' || /[.!?…:;¿¡"“(\n]$/u.test(before);
	const isFollowedByName = /^(?:['’]s\b| \p{Lu}\p{Ll})/u.test(text.slice(end));
	return isFollowedByName || (!isAtStart && !isShouted);
}
