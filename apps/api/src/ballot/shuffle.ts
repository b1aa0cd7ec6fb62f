import type { Random } from '../deps.ts';

/** Puts a list in random order, in place: Fisher–Yates with the operating system's randomness. */
export function shuffle<T>(items: T[], random: Pick<Random, 'int'>): void {
	for (let last = items.length - 1; last > 0; last -= 1) {
		const other = random.int(last + 1);
		const [a, b] = [items[last], items[other]];
		if (a !== undefined && b !== undefined) {
			[items[last], items[other]] = [b, a];
		}
	}
}
