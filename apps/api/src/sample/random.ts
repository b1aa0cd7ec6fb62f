/** A seeded source of chance: the same seed gives the same draws on every machine. */
export interface Random {
	/** A number in [0, 1). */
	next(): number;
	/** True with probability p. */
	chance(p: number): boolean;
	/** Mean 0, standard deviation 1, never beyond ±3: the sum of three uniform draws, stretched. */
	bell(): number;
	/** One of the items, each as likely. */
	pick<T>(items: readonly T[]): T;
	/** One of the items, likelier the heavier; undefined when no item weighs anything. */
	weighted<T>(items: readonly T[], weight: (item: T) => number): T | undefined;
}

/** Makes a source of chance from a seed (mulberry32, by Tommy Ettinger, public domain). */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	function next(): number {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}
	return {
		next,
		chance: (p) => next() < p,
		bell: () => (next() + next() + next() - 1.5) * 2,
		pick: (items) => pick(items, next()),
		weighted: (items, weight) => weighted(items, weight, next()),
	};
}

function pick<T>(items: readonly T[], draw: number): T {
	const item = items[Math.floor(draw * items.length)];
	if (item === undefined) {
		throw new Error('Nothing to pick from: give at least one item.');
	}
	return item;
}

function weighted<T>(
	items: readonly T[],
	weight: (item: T) => number,
	draw: number,
): T | undefined {
	const weights = items.map(weight);
	let left = draw * weights.reduce((sum, each) => sum + each, 0);
	let last: T | undefined;
	for (const [index, item] of items.entries()) {
		const own = weights[index] ?? 0;
		if (own <= 0) {
			continue;
		}
		if (left < own) {
			return item;
		}
		left -= own;
		last = item;
	}
	return last;
}
