import { describe, expect, it } from 'vitest';
import { findDetermined } from './rank.ts';

type Terms = [number, number][];
const sum = (...variables: number[]): Terms => variables.map((variable) => [variable, 1]);

describe('what follows exactly from equations', () => {
	it.each<[string, Terms[], Terms, boolean]>([
		['a number that is stated', [sum(0)], sum(0), true],
		['the last part of a stated sum', [sum(0, 1, 2), sum(0), sum(1)], sum(2), true],
		['one of two unknown parts', [sum(0, 1, 2), sum(0)], sum(1), false],
		['the sum of two unknown parts', [sum(0, 1, 2), sum(0)], sum(1, 2), true],
		['a difference', [sum(0, 1, 2), sum(1, 2)], sum(0), true],
		['nothing from nothing', [], sum(0), false],
		['a number that no equation names', [sum(0, 1)], sum(2), false],
		['zero times a number', [], [[0, 0]], true],
		['a multiple', [[[0, 3]]], sum(0), true],
		['a part by way of other sums', [sum(0, 1), sum(1, 2), sum(2, 3), sum(3)], sum(0), true],
		[
			'a part of a square whose margins are stated',
			[sum(0, 1), sum(2, 3), sum(0, 2), sum(1, 3)],
			sum(0),
			false,
		],
		[
			'a part of a square with a corner',
			[sum(0, 1), sum(2, 3), sum(0, 2), sum(1, 3), sum(3)],
			sum(0),
			true,
		],
		[
			'a negative factor',
			[
				[
					[0, 1],
					[1, -1],
				],
				sum(1),
			],
			sum(0),
			true,
		],
		[
			'a term written twice',
			[
				[
					[0, 1],
					[0, 1],
					[1, 1],
				],
				sum(1),
			],
			sum(0),
			true,
		],
		[
			'a term that takes itself away',
			[
				[
					[0, 1],
					[0, -1],
					[1, 1],
				],
			],
			sum(1),
			true,
		],
		[
			'only the half that is known',
			[
				sum(0, 1),
				[
					[0, 2],
					[1, 2],
				],
			],
			sum(0),
			false,
		],
	])('%s', (_name, equations, target, expected) => {
		expect(findDetermined(equations, [target], 4)).toEqual([expected]);
	});

	it('is told for each target by itself, in order', () => {
		expect(findDetermined([sum(0, 1), sum(1)], [sum(0), sum(2), sum(1)], 3)).toEqual([
			true,
			false,
			true,
		]);
	});

	it('agrees with fractions computed exactly, on small systems of every kind', () => {
		for (let seed = 1; seed <= 400; seed += 1) {
			const random = xorshift(seed * 7919);
			const width = 2 + (random() % 4);
			const vector = () => Array.from({ length: width }, () => (random() % 5) - 2);
			const rows = Array.from({ length: 1 + (random() % 4) }, vector);
			const target = vector();
			const terms = (row: number[]) =>
				row.map((factor, index): [number, number] => [index, factor]);

			expect([seed, ...findDetermined(rows.map(terms), [terms(target)], width)]).toEqual([
				seed,
				rankOf([...rows, target]) === rankOf(rows),
			]);
		}
	});
});

/** By fraction-free elimination (Bareiss) over big integers: no rounding, no modulus. */
function rankOf(rows: readonly number[][]): number {
	const matrix = rows.map((row) => row.map(BigInt));
	let rank = 0;
	for (let column = 0; column < (matrix[0]?.length ?? 0); column += 1) {
		const found = matrix.findIndex((row, index) => index >= rank && row[column] !== 0n);
		if (found === -1) {
			continue;
		}
		const [pivot = []] = matrix.splice(found, 1);
		matrix.splice(rank, 0, pivot);
		for (const row of matrix.slice(rank + 1)) {
			const [own = 0n, other = 0n] = [pivot[column], row[column]];
			row.forEach((value, index) => {
				row[index] = value * own - (pivot[index] ?? 0n) * other;
			});
		}
		rank += 1;
	}
	return rank;
}

function xorshift(seed: number): () => number {
	let state = seed | 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return state >>> 0;
	};
}
