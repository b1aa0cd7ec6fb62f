import { describe, expect, it } from 'vitest';
import type { ProtectedGroup, ProtectedTable } from './protected-table.ts';
import { peopleKey } from './question-system.ts';
import { auditResults } from './results-audit.ts';
import { cellsOf, hiddenRow, shownRow } from './worlds-fixture.ts';

const options = { minN: 10, nests: [] };

/** A table of yes and no that shows no share but those of its rows. */
function table(
	attributeId: string,
	n: number,
	groups: ProtectedGroup[],
	change: Partial<ProtectedTable> = {},
): ProtectedTable {
	return {
		kind: 'results',
		id: `q by ${attributeId}`,
		populationId: 'students',
		questionId: 'q',
		attributeId,
		isMultiple: false,
		options: [
			{ id: 'yes', of: null },
			{ id: 'no', of: null },
		],
		total: { people: { type: 'exact', n }, cells: cellsOf(n, [null, null]) },
		statedN: n,
		groups,
		pool: null,
		isBreakdownShown: true,
		...change,
	};
}

const row = (id: string, n: number) => shownRow(id, n, [null, null]);
const hidden = (id: string) => hiddenRow(id, 2);
const problem = (cell: string, low: number, high: number, reason = 'narrow') => ({
	table: 'q by race',
	cell,
	low,
	high,
	reason,
});

describe('one table', () => {
	// 45 people, 40 or more of them a: b is 5 at most, and so is what b answered.
	const narrow = table('race', 45, [row('a', 41), hidden('b')]);

	it('is named with every figure it narrows too far', () => {
		expect(auditResults([narrow], options)).toEqual({
			ok: false,
			problems: [
				problem('people of b', 0, 5),
				problem('yes of b', 0, 5),
				problem('not yes of b', 0, 5),
				problem('no of b', 0, 5),
				problem('not no of b', 0, 5),
			],
		});
	});

	it('is well where there are no more of the group', () => {
		const enrolled = new Map([[peopleKey('race', 'b'), 5]]);
		expect(auditResults([narrow], { ...options, enrolled }).ok).toBe(true);
		expect(auditResults([narrow], { ...options, minN: 5 }).ok).toBe(true);
		expect(auditResults([narrow], { ...options, minN: 6 }).ok).toBe(false);
	});

	it('does not hide a number that a response rate told, but what the group answered', () => {
		const told = ({ attributeId }: ProtectedTable) => new Set([peopleKey(attributeId, 'b')]);
		const { problems } = auditResults([narrow], { ...options, told });
		expect(problems.map(({ cell }) => cell)).toEqual([
			'yes of b',
			'not yes of b',
			'no of b',
			'not no of b',
		]);
	});

	it('is judged with what is known of its people from elsewhere', () => {
		const wide = table('race', 60, [row('a', 41), hidden('b')]);
		const known = ({ attributeId }: ProtectedTable) =>
			new Map([[peopleKey(attributeId, 'a'), { low: 52, high: 60 }]]);

		expect(auditResults([wide], options)).toEqual({ ok: true, problems: [] });
		expect(auditResults([wide], { ...options, known }).problems[0]).toEqual(
			problem('people of b', 0, 8),
		);
	});

	it('of fewer than minN people has no figure to give away', () => {
		const band = { people: { type: 'band', band: '<10' }, cells: [] } as const;
		const total = { ...band, cells: [...band.cells] };
		expect(auditResults([{ ...narrow, total }], options)).toEqual({ ok: true, problems: [] });
	});

	it('that cannot be true is named as a whole', () => {
		const wrong = table('race', 60, [row('a', 41), row('b', 41)]);
		expect(auditResults([wrong], options)).toEqual({
			ok: false,
			problems: [problem('all', 0, 0, 'contradiction')],
		});
	});
});

describe('tables of one question', () => {
	it.each([
		['at most 3 of 300 said no', [null, 3]],
		['at least 297 of 300 said yes', [297, null]],
	])('narrow one another’s answers by what they say of everyone: %s', (_, everyone) => {
		// More than a tenth of at least 20 people said no: 3 of them.
		const byRace = table('race', 300, [shownRow('a', 22, [null, 3]), row('b', 278)]);
		const bySchool = table('school', 300, [row('c', 150), row('d', 150)], {
			total: { people: { type: 'exact', n: 300 }, cells: cellsOf(300, everyone) },
		});

		expect(auditResults([byRace], options).ok).toBe(true);
		expect(auditResults([bySchool], options).ok).toBe(true);
		for (const both of [
			[byRace, bySchool],
			[bySchool, byRace],
		]) {
			expect(auditResults(both, options).problems).toEqual([
				problem('no of a', 3, 3, 'determined'),
			]);
		}
	});

	const large = table('race', 100, [row('a', 50), hidden('b')]);
	const small = table('race', 100, [row('a', 30), hidden('b')], { id: 'again' });

	it('by one attribute are about the same people', () => {
		expect(auditResults([large, small], options).problems).toEqual([
			problem('all', 0, 0, 'contradiction'),
			{ ...problem('all', 0, 0, 'contradiction'), table: 'again' },
		]);
	});

	it.each<[string, Partial<ProtectedTable>]>([
		['question', { questionId: 'r' }],
		['population', { populationId: 'staff' }],
		['total', { total: { ...small.total, people: { type: 'exact', n: 101 } }, statedN: 101 }],
	])('are not tables of another %s', (_, change) => {
		expect(auditResults([large, { ...small, ...change }], options).ok).toBe(true);
	});
});

describe('tables by nested attributes', () => {
	const nestOf = (child: string, parent: string) => ({
		child,
		parent,
		parentOf: {
			[`${child}1`]: `${parent}1`,
			[`${child}2`]: `${parent}1`,
			[`${child}3`]: `${parent}2`,
			[`${child}4`]: `${parent}3`,
		},
	});
	const schoolNest = nestOf('school', 'level');

	it('narrow a child by its parent', () => {
		// A level of 10 to 19 people holds a school of as many: the other has 9 at most.
		const byLevel = table('level', 300, [row('level1', 15), row('level2', 150), hidden('level3')]);
		const bySchool = table('school', 300, [
			row('school1', 12),
			hidden('school2'),
			hidden('school3'),
			hidden('school4'),
		]);
		const { problems } = auditResults([bySchool, byLevel], { ...options, nests: [schoolNest] });

		expect(auditResults([bySchool, byLevel], options).ok).toBe(true);
		expect(problems).toContainEqual({
			...problem('people of school2', 0, 9),
			table: 'q by school',
		});
		expect(problems.every(({ cell }) => cell.endsWith(' of school2'))).toBe(true);
	});

	/** 'x' has a group larger than the group of 'y' that holds it; 'z' holds all, 'w' is apart. */
	const wrong = (...attributes: string[]) => {
		const sizes: Record<string, number> = { x: 150, y: 50, z: 200, w: 90 };
		return attributes.map((id) =>
			table(id, 300, [row(`${id}1`, sizes[id] ?? 0), hidden(`${id}2`)], { statedN: null }),
		);
	};
	const chain = [nestOf('x', 'y'), nestOf('y', 'z')];

	it.each([
		['a child before its parent', ['x', 'y', 'w'], ['x', 'y']],
		['a parent before its child', ['w', 'y', 'x'], ['y', 'x']],
		['what holds both', ['x', 'y', 'z', 'w'], ['x', 'y', 'z']],
		['what is joined by a later one', ['x', 'z', 'w', 'y'], ['x', 'z', 'y']],
		['nobody without the one between', ['x', 'z', 'w'], []],
	])('are one system: %s', (_, attributes, named) => {
		const { problems } = auditResults(wrong(...attributes), { ...options, nests: chain });
		expect(problems.map(({ reason }) => reason)).toEqual(named.map(() => 'contradiction'));
		expect(problems.map((each) => each.table)).toEqual(named.map((id) => `q by ${id}`));
	});

	it('are judged with what is known of the people of each', () => {
		const byLevel = table('level', 300, [row('level1', 150), row('level2', 150)]);
		const bySchool = table('school', 300, [
			row('school1', 120),
			hidden('school2'),
			hidden('school3'),
		]);
		// 125 of the level at most and 120 of the one school at least leave the other 5.
		const known = ({ attributeId }: ProtectedTable) =>
			attributeId === 'level'
				? new Map([[peopleKey('level', 'level1'), { low: 0, high: 125 }]])
				: new Map([[peopleKey('school', 'school1'), { low: 120, high: 299 }]]);
		const nested = { ...options, nests: [schoolNest] };

		expect(auditResults([byLevel, bySchool], nested).ok).toBe(true);
		expect(auditResults([byLevel, bySchool], { ...nested, known }).problems[0]).toEqual({
			...problem('people of school2', 0, 5),
			table: 'q by school',
		});
	});
});
