/** Gives the next number in [0, 1); the caller owns its state. */
export type Random = () => number;

/**
 * A seeded generator of numbers in [0, 1): the same seed gives the same numbers everywhere.
 * Mulberry32 (T. Ettinger), 32 bits of state: for shuffling, never for secrets.
 */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** Shuffles the numbers in place (Fisher and Yates). */
export function shuffle(numbers: Int32Array, random: Random): void {
	for (let last = numbers.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		const kept = numbers[last] ?? 0;
		numbers[last] = numbers[other] ?? 0;
		numbers[other] = kept;
	}
}
