import { expect, test } from 'vitest';
import { systemRandom } from '../system/random.ts';
import { shuffle } from './shuffle.ts';

test('every order of three comes up about as often as any other', () => {
	const seen = new Map<string, number>();
	for (let n = 0; n < 6000; n += 1) {
		const items = ['a', 'b', 'c'];
		shuffle(items, systemRandom);
		seen.set(items.join(''), (seen.get(items.join('')) ?? 0) + 1);
	}
	// 1,000 each; six standard deviations of 29 are 173.
	expect([...seen.keys()].toSorted()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
	expect(Math.min(...seen.values())).toBeGreaterThan(820);
	expect(Math.max(...seen.values())).toBeLessThan(1180);
});

test('nothing is lost or doubled, in the very list that was handed in', () => {
	const items = Array.from({ length: 500 }, (_, index) => index);
	shuffle(items, systemRandom);
	expect(items.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, n) => n));
	expect(items).not.toEqual(Array.from({ length: 500 }, (_, n) => n));
});

test('a draw for each place but the first, among those not yet placed', () => {
	const asked: number[] = [];
	shuffle(['a', 'b', 'c', 'd'], {
		int: (limit) => {
			asked.push(limit);
			return 0;
		},
	});
	expect(asked).toEqual([4, 3, 2]);
	shuffle([], { int: () => expect.unreachable() });
	shuffle(['one'], { int: () => expect.unreachable() });
});
