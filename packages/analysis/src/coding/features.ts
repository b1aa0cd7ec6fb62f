import { nextWord, stringOf, wordEnd } from '../text/words.ts';

/** Which families of features a text is turned into. */
export type Recipe = {
	/** Longest run of words taken as one feature; 0 for none. */
	wordRun: number;
	/** Shortest word taken as a feature, in code points. */
	shortestWord: number;
	/** Lengths of the runs of characters taken within a word; null for none. */
	characters: { shortest: number; longest: number } | null;
	/** Turns a word into its stem; null for no stems. */
	stem: ((word: string) => string) | null;
};

/** The number of families of features: words, characters, stems. */
export const FAMILY_COUNT = 3;
const WORDS = 0;
const CHARACTERS = 1;
const STEMS = 2;

/**
 * The features of one text in the order met, repeats included: two hashes that name the feature
 * (64 bits: two features of one project never share a name in practice), its family, and the
 * folded points [from, to) it was read from.
 */
export type Features = {
	count: number;
	a: Int32Array;
	b: Int32Array;
	family: Uint8Array;
	from: Int32Array;
	to: Int32Array;
};

/** Room for the features of a text; grows and is used again from text to text. */
export function roomForFeatures(): Features {
	return {
		count: 0,
		a: new Int32Array(1024),
		b: new Int32Array(1024),
		family: new Uint8Array(1024),
		from: new Int32Array(1024),
		to: new Int32Array(1024),
	};
}

/**
 * Reads the features of folded points into `room`: runs of words, runs of characters within what
 * stands between white space (scikit-learn's `char_wb`, a space on either side), stems of words.
 */
export function readFeatures(points: Uint32Array, recipe: Recipe, room: Features): void {
	room.count = 0;
	readWords(points, recipe, room);
	if (recipe.characters !== null) {
		readCharacters(points, recipe.characters, room);
	}
}

function readWords(points: Uint32Array, recipe: Recipe, room: Features): void {
	let beforeA = 0;
	let beforeB = 0;
	let beforeStart = -1;
	for (let start = nextWord(points, 0); start < points.length;) {
		const end = wordEnd(points, start);
		if (end - start >= recipe.shortestWord) {
			let a = seedA(WORDS);
			let b = seedB(WORDS);
			for (let i = start; i < end; i++) {
				a = mixA(a, points[i] ?? 0);
				b = mixB(b, points[i] ?? 0);
			}
			if (recipe.wordRun >= 1) {
				add(room, a, b, WORDS, start, end);
			}
			if (recipe.wordRun >= 2 && beforeStart >= 0) {
				add(room, mixA(mixA(beforeA, 32), a), mixB(mixB(beforeB, 32), b), WORDS, beforeStart, end);
			}
			if (recipe.stem !== null) {
				readStem(points, start, end, recipe.stem, room);
			}
			beforeA = a;
			beforeB = b;
			beforeStart = start;
		}
		start = nextWord(points, end);
	}
}

function readStem(
	points: Uint32Array,
	start: number,
	end: number,
	stem: (word: string) => string,
	room: Features,
): void {
	const stemmed = stem(stringOf(points, start, end));
	let a = seedA(STEMS);
	let b = seedB(STEMS);
	for (let i = 0; i < stemmed.length; i++) {
		a = mixA(a, stemmed.charCodeAt(i));
		b = mixB(b, stemmed.charCodeAt(i));
	}
	add(room, a, b, STEMS, start, end);
}

function readCharacters(
	points: Uint32Array,
	{ shortest, longest }: { shortest: number; longest: number },
	room: Features,
): void {
	const length = points.length;
	let start = 0;
	while (start < length) {
		if (isSpace(points[start] ?? 0)) {
			start++;
			continue;
		}
		let end = start + 1;
		while (end < length && !isSpace(points[end] ?? 0)) {
			end++;
		}
		for (let first = start - 1; first < end; first++) {
			let a = seedA(CHARACTERS);
			let b = seedB(CHARACTERS);
			const last = Math.min(first + longest, end + 1);
			for (let i = first; i < last; i++) {
				const point = i < start || i >= end ? 32 : (points[i] ?? 0);
				a = mixA(a, point);
				b = mixB(b, point);
				if (i - first + 1 >= shortest) {
					add(room, a, b, CHARACTERS, Math.max(first, start), Math.min(i + 1, end));
				}
			}
		}
		start = end;
	}
}

function isSpace(point: number): boolean {
	return (
		point === 32 ||
		(point >= 9 && point <= 13) ||
		point === 0x85 ||
		point === 0x2028 ||
		point === 0x2029
	);
}

function add(room: Features, a: number, b: number, family: number, from: number, to: number): void {
	if (room.count === room.a.length) {
		grow(room);
	}
	const place = room.count++;
	room.a[place] = a;
	room.b[place] = b;
	room.family[place] = family;
	room.from[place] = from;
	room.to[place] = to;
}

function grow(room: Features): void {
	const size = room.a.length * 2;
	const a = new Int32Array(size);
	const b = new Int32Array(size);
	const family = new Uint8Array(size);
	const from = new Int32Array(size);
	const to = new Int32Array(size);
	a.set(room.a);
	b.set(room.b);
	family.set(room.family);
	from.set(room.from);
	to.set(room.to);
	Object.assign(room, { a, b, family, from, to });
}

function seedA(family: number): number {
	return 0x811c9dc5 ^ Math.imul(family + 1, 0x9e3779b1);
}

function seedB(family: number): number {
	return Math.imul(family + 1, 0x85ebca77);
}

function mixA(hash: number, point: number): number {
	return Math.imul(hash ^ point, 0x01000193);
}

function mixB(hash: number, point: number): number {
	const mixed = Math.imul(hash + point, 0xcc9e2d51);
	return mixed ^ (mixed >>> 15);
}
