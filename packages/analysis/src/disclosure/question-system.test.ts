import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelNest, makeDistrict, usualAttributes } from './district-fixture.ts';
import { surveyParams } from './params.ts';
import { nBand, showPercent } from './percent.ts';
import type { ProtectedTable } from './protected-table.ts';
import { openQuestion } from './question-system.ts';
import { protectResults, type ResultsInput } from './results.ts';

describe('what a reader knows of a question', () => {
	it('never excludes the true counts', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1_000_000 }),
				fc.constantFrom(60, 200, 700),
				fc.constantFrom('pool_then_suppress' as const, 'suppress' as const),
				(seed, students, smallGroup) => {
					const plan = { seed, students, questions: 3, skip: 0.05, attributes: usualAttributes };
					const { results } = makeDistrict(plan, { ...surveyParams, smallGroup });
					const broken = ['q0', 'q1', 'q2'].flatMap((question) =>
						brokenConstraints(results.filter(({ questionId }) => questionId === question)),
					);

					expect(broken).toEqual([]);
				},
			),
			{ seed: 31, numRuns: 25 },
		);
	});

	it('leaves hidden people minN apart in whole-number worlds counted one by one', () => {
		const sizes = fc.tuple(
			fc.integer({ min: 5, max: 24 }),
			fc.integer({ min: 1, max: 9 }),
			fc.integer({ min: 0, max: 6 }),
		);
		const inputs = fc.tuple(
			sizes,
			fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
		);
		let partlyShown = 0;
		fc.assert(
			fc.property(inputs, ([counts, shares]) => {
				const input = yesNo(
					counts.map((n, index) => ({ n, yes: Math.round(n * (shares[index] ?? 0)) })),
				);
				const { table } = protectResults(input);
				partlyShown += table.isBreakdownShown ? 1 : 0;
				const worlds = worldsOf(
					table,
					counts.reduce((sum, n) => sum + n, 0),
				);
				const narrow = table.groups.flatMap(({ id, people }, index) => {
					const values = worlds.map((world) => world[index]?.n ?? 0);
					const isWide = Math.max(...values) - Math.min(...values) >= input.params.minN;
					return people.type === 'hidden' && table.isBreakdownShown && !isWide ? [id] : [];
				});

				expect(worlds.length).toBeGreaterThan(0);
				expect(narrow).toEqual([]);
			}),
			{ seed: 32, numRuns: 40 },
		);

		expect(partlyShown).toBeGreaterThan(10);
	});
});

/** The constraints and bounds of a question's tables that its true counts do not fit. */
function brokenConstraints(inputs: readonly ResultsInput[]): string[] {
	const tables = inputs.map((input) => protectResults(input).table);
	const n = inputs[0]?.total.n ?? 0;
	if (tables[0]?.total.people.type !== 'exact') {
		return [];
	}
	const system = openQuestion({ n, tables, nests: [levelNest] }, new Map());
	const truth = new Map<number, number>();
	for (const input of inputs) {
		input.options.forEach((option, index) => {
			truth.set(system.all(option), input.total.counts[index] ?? 0);
			for (const group of input.groups) {
				truth.set(system.people(input.attributeId, group.id), group.n);
				truth.set(system.chosen(option, input.attributeId, group.id), group.counts[index] ?? 0);
			}
		});
	}
	const fits = (sum: number, { low, high }: { low: number; high: number }): boolean =>
		low <= sum + 1e-9 && sum <= high + 1e-9;
	return [
		...system.constraints.flatMap((constraint, index) => {
			const sum = constraint.terms.reduce((total, [v, f]) => total + f * (truth.get(v) ?? 0), 0);
			return fits(sum, constraint) ? [] : [`constraint ${index}`];
		}),
		...system.bounds.flatMap((bound, v) => (fits(truth.get(v) ?? 0, bound) ? [] : [`bound ${v}`])),
	];
}

interface YesNo {
	n: number;
	yes: number;
}

function yesNo(groups: readonly YesNo[]): ResultsInput {
	const n = groups.reduce((sum, group) => sum + group.n, 0);
	const yes = groups.reduce((sum, group) => sum + group.yes, 0);
	return {
		id: 'q by a',
		populationId: 'p',
		questionId: 'q',
		attributeId: 'a',
		isMultiple: false,
		options: ['yes', 'no'],
		total: { n, counts: [yes, n - yes] },
		groups: groups.map((group, index) => ({
			id: `g${index}`,
			label: `G${index}`,
			n: group.n,
			counts: [group.yes, group.n - group.yes],
		})),
		pool: { id: 'pool', label: 'All masked groups' },
		params: { minN: 5, zeroIsSafe: false, smallGroup: 'suppress' },
	};
}

/** Every way three groups could have answered that reads exactly like the table. */
function worldsOf(table: ProtectedTable, n: number): YesNo[][] {
	const params = { minN: 5, zeroIsSafe: false, smallGroup: 'suppress' } as const;
	const reads = (row: number, { n: people, yes }: YesNo): boolean => {
		const shown = table.groups[row];
		if (shown?.people.type !== 'band') {
			return true;
		}
		return (
			nBand(people, params) === shown.people.band && sameWords(shown.cells, { n: people, yes })
		);
	};
	const sameWords = (cells: ProtectedTable['total']['cells'], { n: people, yes }: YesNo): boolean =>
		[yes, people - yes].every((count, index) => {
			const cell = cells[index];
			return (
				cell?.type === 'shown' && cell.figure.text === showPercent(count, people, params).display
			);
		});
	const rows = (row: number, most: number): YesNo[] =>
		range(most).flatMap((people) =>
			range(people)
				.map((yes) => ({ n: people, yes }))
				.filter((world) => reads(row, world)),
		);
	return rows(0, n).flatMap((first) =>
		rows(1, n - first.n).flatMap((second) => {
			const left = n - first.n - second.n;
			return range(left)
				.map((yes) => ({ n: left, yes }))
				.filter((third) => reads(2, third))
				.filter((third) =>
					sameWords(table.total.cells, { n, yes: first.yes + second.yes + third.yes }),
				)
				.map((third) => [first, second, third]);
		}),
	);
}

function range(most: number): number[] {
	return Array.from({ length: most + 1 }, (_, index) => index);
}
