import type { Option } from './definition.ts';

/**
 * The options in the order one person sees them: a pure function of the seed and the question, so
 * that a page can be shown again alike. Exclusive and fixed options keep their order at the end.
 */
export function shuffleOptions(
	options: readonly Option[],
	seed: string,
	{ questionId }: { questionId: string },
): Option[] {
	const shuffled = options.filter((option) => !isLast(option));
	const random = randomFrom(`${seed}/${questionId}`);
	for (let index = shuffled.length - 1; index > 0; index -= 1) {
		const other = Math.floor(random() * (index + 1));
		// Both indexes are within the list.
		[shuffled[index], shuffled[other]] = [shuffled[other]!, shuffled[index]!];
	}
	return [...shuffled, ...options.filter(isLast)];
}

function isLast(option: Option): boolean {
	return option.isExclusive === true || option.isFixedLast === true;
}

/**
 * Numbers in [0, 1) that follow from a text: FNV-1a for the state, then mulberry32 (Ettinger,
 * public domain). Good enough to shuffle, useless for secrets.
 */
function randomFrom(text: string): () => number {
	let state = 0x811c9dc5;
	for (let index = 0; index < text.length; index += 1) {
		state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
	}
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
