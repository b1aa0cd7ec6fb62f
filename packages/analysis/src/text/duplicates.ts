import { normalise, words } from './words.ts';

/**
 * A key that exact repeats of an answer share: its words, case, marks and spacing left out. Texts
 * without a word are told apart by what they are made of.
 *
 * @example duplicateKey('Nothing.') === duplicateKey(' nothing!! ') // true
 */
export function duplicateKey(text: string): string {
	const said = words(text).join(' ');
	return said === '' ? normalise(text) : said;
}

/**
 * How alike two texts are, 0 to 1: runs of three characters in both, of those in either (Jaccard),
 * over their words with a space on either side. From 0.8 on two answers are near-duplicates. Texts
 * with the same key give 1.
 */
export function trigramSimilarity(one: string, other: string): number {
	const first = trigrams(duplicateKey(one));
	const second = trigrams(duplicateKey(other));
	let shared = 0;
	for (const run of first) {
		shared += second.has(run) ? 1 : 0;
	}
	return shared / (first.size + second.size - shared);
}

function trigrams(key: string): Set<string> {
	const points = [' ', ...key, ' '];
	const runs = new Set<string>();
	for (let i = 0; i + 3 <= Math.max(3, points.length); i++) {
		runs.add(points.slice(i, i + 3).join(''));
	}
	return runs;
}
