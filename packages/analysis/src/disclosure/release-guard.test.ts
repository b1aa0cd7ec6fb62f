import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DistrictPlan, levelNest, makeDistrict } from './district-fixture.ts';
import { surveyParams } from './params.ts';
import { findDetermined } from './rank.ts';
import { auditRelease, type ReleaseTable } from './release-audit.ts';
import { protectRelease, type ReleaseInput } from './release.ts';

/** Districts of any shape: few or many schools, uneven grades, rare groups, who skips what. */
const plans = fc.record({
	seed: fc.integer({ min: 1, max: 1e6 }),
	students: fc.integer({ min: 60, max: 700 }),
	questions: fc.constant(2),
	skip: fc.constantFrom(0, 0.03, 0.15),
	attributes: fc
		.record({ schools: fc.integer({ min: 2, max: 6 }), rare: fc.integer({ min: 1, max: 40 }) })
		.map(({ schools, rare }): DistrictPlan['attributes'] => [
			{ id: 'school', weights: Array.from({ length: schools }, (_, index) => 1 + index * index) },
			{ id: 'race', weights: [70, 20, rare / 10, rare / 20, 1] },
			{ id: 'grade', weights: [12, 12, 14, 3, 16] },
		]),
});

const plansWithMinN = fc.tuple(plans, fc.constantFrom(5, 10));

function districtOf(plan: DistrictPlan, minN: number): ReleaseInput {
	return makeDistrict(plan, { ...surveyParams, minN });
}

/** One table with an id of its own, so that all that was ever published can be audited at once. */
function named(tables: readonly ReleaseTable[], release: string): ReleaseTable[] {
	return tables.map((table) => ({ ...table, id: `${release}: ${table.id}` }));
}

describe('whoever keeps every release', () => {
	test('learns no hidden figure from all of them together, of any district', () => {
		let blocked = 0;
		fc.assert(
			fc.property(plansWithMinN, ([plan, minN]) => {
				const options = { minN, nests: [levelNest] };
				const all = districtOf(plan, minN);
				const steps: Partial<ReleaseInput>[] = [
					// First the themes by race alone, then everything, then everything but who took part.
					{
						participation: [],
						results: all.results.filter(({ attributeId }) => attributeId === 'race'),
					},
					{},
					{ participation: [] },
				];
				const published: ReleaseTable[][] = [];
				for (const step of steps) {
					const made = protectRelease({ ...all, ...step, earlier: published }, options);
					if (made.audit.ok) {
						published.push(made.tables);
					} else {
						blocked += 1;
					}
				}
				const together = published.flatMap((tables, index) => named(tables, String(index)));
				expect(auditRelease(together, [], options).problems).toEqual([]);
			}),
			{ seed: 71, numRuns: 12 },
		);
		expect(blocked).toBeLessThan(6);
	});

	test('is not told of a next window by the one before: other students, other numbers', () => {
		fc.assert(
			fc.property(plansWithMinN, ([plan, minN]) => {
				const options = { minN, nests: [levelNest] };
				const spring = protectRelease(districtOf(plan, minN), options);
				const autumn = makeDistrict({ ...plan, seed: plan.seed + 1 }, { ...surveyParams, minN });
				const inAutumn = <Table extends { populationId: string }>(tables: readonly Table[]) =>
					tables.map((table) => ({ ...table, populationId: 'students in autumn' }));
				const next = protectRelease(
					{
						participation: inAutumn(autumn.participation),
						results: inAutumn(autumn.results),
						counts: [],
						earlier: [spring.tables],
					},
					options,
				);
				expect(next.audit.problems).toEqual([]);
			}),
			{ seed: 72, numRuns: 8 },
		);
	});

	test('is told by a late answer: the same window published anew with a few more is blocked', () => {
		fc.assert(
			fc.property(plans, fc.integer({ min: 1, max: 9 }), (plan, late) => {
				const options = { minN: 10, nests: [levelNest] };
				const input = districtOf(plan, 10);
				const first = protectRelease(input, options);
				const participation = input.participation.map((table) => ({
					...table,
					responded: table.responded + late,
				}));
				const { audit } = protectRelease(
					{ ...input, participation, results: [], earlier: [first.tables] },
					options,
				);
				expect(audit.problems).toContainEqual(
					expect.objectContaining({ reason: 'difference', low: late, high: late }),
				);
			}),
			{ seed: 73, numRuns: 8 },
		);
	});
});

test('nobody and everybody are never said of a group, whatever it chose', () => {
	fc.assert(
		fc.property(plans, fc.constantFrom(0, 1), (plan, choice) => {
			const input = districtOf(plan, 10);
			// Everyone chose the same: each cell is 0 or 100 %.
			const results = input.results
				.filter(({ isMultiple }) => !isMultiple)
				.map((table) => {
					const alike = ({ n, counts }: { n: number; counts: readonly number[] }) => ({
						n,
						counts: counts.map((_, index) => (index === choice ? n : 0)),
					});
					return {
						...table,
						total: alike(table.total),
						groups: table.groups.map((group) => ({ ...group, ...alike(group) })),
					};
				});
			const { tables, audit } = protectRelease(
				{ ...input, results },
				{ minN: 10, nests: [levelNest] },
			);
			const texts = tables.flatMap((table) =>
				table.kind === 'results'
					? [table.total, ...table.groups].flatMap(({ cells }) =>
							cells.flatMap((cell) => (cell.type === 'shown' ? [cell.figure.text] : [])),
						)
					: [],
			);
			expect(audit.problems).toEqual([]);
			expect(texts.length).toBeGreaterThan(0);
			expect(texts.filter((text) => !/^[≤≥]/.test(text))).toEqual([]);
		}),
		{ seed: 74, numRuns: 8 },
	);
});

describe('hiding what is under ten, with filters to choose freely (the control)', () => {
	const sizes = [3, 3, 2];
	const cells = sizes.reduce((product, size) => product * size, 1);
	const digitsOf = (cell: number): number[] =>
		sizes.map((size, place) => {
			const below = sizes.slice(0, place).reduce((product, each) => product * each, 1);
			return Math.floor(cell / below) % size;
		});
	/** Every choice of some sites, some grades and some genders. */
	const filters = sizes.reduce<number[][]>(
		(list, size) =>
			list.flatMap((chosen) =>
				Array.from({ length: 2 ** size - 1 }, (_, mask) => [...chosen, mask + 1]),
			),
		[[]],
	);
	const cellsOf = (masks: readonly number[]): number[] =>
		Array.from({ length: cells }, (_, cell) => cell).filter((cell) =>
			digitsOf(cell).every((digit, place) => ((masks[place] ?? 0) & (2 ** digit)) !== 0),
		);

	test('hides nothing: every hidden cell follows from what is shown', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 200 })), {
					minLength: cells,
					maxLength: cells,
				}),
				(counts) => {
					const sum = (list: readonly number[]) =>
						list.reduce((total, cell) => total + (counts[cell] ?? 0), 0);
					const terms = (list: readonly number[]) =>
						list.map((cell): [number, number] => [cell, 1]);
					const shown = filters.map(cellsOf).filter((list) => sum(list) >= 10);
					const hidden = counts.flatMap((count, cell) => (count < 10 ? [cell] : []));
					fc.pre(hidden.length > 0 && counts.some((count) => count >= 10));
					const found = findDetermined(
						shown.map(terms),
						hidden.map((cell) => terms([cell])),
						cells,
					);
					expect(found.filter(Boolean)).toHaveLength(hidden.length);
				},
			),
			{ seed: 75, numRuns: 60 },
		);
	});
});
