/** A text folded for comparison: NFKC, lower case, curly apostrophes made straight. */
export type Folded = {
	/** Code points of the folded text. */
	points: Uint32Array;
	/** For each folded point, where it began in the original, in code points; null: the same place. */
	from: Uint32Array | null;
	/** For each folded point, where its source ended in the original, in code points. */
	to: Uint32Array | null;
};

/** A base character with its marks, or a run of Hangul letters: the pieces NFKC composes. */
const CLUSTER = /[\u1100-\u11ff]+|\P{M}\p{M}*|\p{M}+/gu;
const RIGHT_SINGLE_QUOTE = 0x2019;
const APOSTROPHE = 0x27;

/**
 * Folds a text for comparison and keeps the way back to it.
 *
 * Folding works on one base character with its marks at a time, so every folded point knows the
 * code points of the original that it stands for (`ﬁ` becomes two points, `e` + accent one).
 */
export function fold(text: string): Folded {
	const points = new Uint32Array(text.length);
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit > 127) {
			return foldClusters(text);
		}
		points[i] = unit >= 65 && unit <= 90 ? unit + 32 : unit;
	}
	return { points, from: null, to: null };
}

function foldClusters(text: string): Folded {
	const points: number[] = [];
	const from: number[] = [];
	const to: number[] = [];
	let offset = 0;
	for (const [cluster] of text.matchAll(CLUSTER)) {
		const end = offset + codePointLength(cluster);
		for (const character of cluster.normalize('NFKC').toLowerCase()) {
			const point = character.codePointAt(0) ?? 0;
			points.push(point === RIGHT_SINGLE_QUOTE ? APOSTROPHE : point);
			from.push(offset);
			to.push(end);
		}
		offset = end;
	}
	return {
		points: Uint32Array.from(points),
		from: Uint32Array.from(from),
		to: Uint32Array.from(to),
	};
}

/**
 * The number of code points in a string; a lone surrogate counts as one.
 *
 * @example codePointLength('a😀') // 2
 */
export function codePointLength(text: string): number {
	let length = text.length;
	for (let i = 0; i + 1 < text.length; i++) {
		if (isHighSurrogate(text.charCodeAt(i)) && isLowSurrogate(text.charCodeAt(i + 1))) {
			length--;
			i++;
		}
	}
	return length;
}

/**
 * The part of a string from one code point offset up to (not including) another.
 *
 * @example codePointSlice('a😀bc', 1, 3) // '😀b'
 */
export function codePointSlice(text: string, start: number, end: number): string {
	const from = unitOffset(text, start);
	return text.slice(from, from + unitOffset(text.slice(from), end - start));
}

/** The UTF-16 offset of a code point offset; past the end gives the string's length. */
function unitOffset(text: string, offset: number): number {
	let unit = 0;
	for (let passed = 0; passed < offset && unit < text.length; passed++) {
		const pair =
			isHighSurrogate(text.charCodeAt(unit)) && isLowSurrogate(text.charCodeAt(unit + 1));
		unit += pair ? 2 : 1;
	}
	return unit;
}

function isHighSurrogate(unit: number): boolean {
	return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
	return unit >= 0xdc00 && unit <= 0xdfff;
}
