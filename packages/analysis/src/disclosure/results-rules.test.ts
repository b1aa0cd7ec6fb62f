import { describe, expect, it } from 'vitest';
import { surveyParams } from './params.ts';
import type { DisclosureProblem, ProtectedTable } from './protected-table.ts';
import { protectResults, type ResultsInput, shownRowsIn, withholdBreakdown } from './results.ts';

const hidden = { type: 'hidden' } as const;
const percent = (low: number) => ({
	type: 'shown',
	figure: { text: `${low}%`, low, high: low },
});

/** 442 people by race, all of whom told it. */
const input: ResultsInput = {
	id: 'q by race',
	populationId: 'students',
	questionId: 'q',
	attributeId: 'race',
	isMultiple: false,
	options: ['yes', 'part', 'no'],
	combinations: [{ id: 'any', of: ['yes', 'part'] }],
	total: { n: 442, counts: [240, 108, 94] },
	groups: [
		{ id: 'indian', label: 'American Indian', n: 7, counts: [2, 2, 3] },
		{ id: 'white', label: 'White', n: 412, counts: [230, 100, 82] },
		{ id: 'asian', label: 'Asian', n: 23, counts: [8, 6, 9] },
	],
	pool: { id: 'pool', label: 'All masked groups' },
	params: surveyParams,
};
const { combinations: _combinations, ...plain } = input;
const several = { ...plain, isMultiple: true };

/** What is said of the question and of everyone, whatever is shown of the groups. */
const frame = {
	kind: 'results',
	id: 'q by race',
	populationId: 'students',
	questionId: 'q',
	attributeId: 'race',
	isMultiple: false,
	options: [
		{ id: 'yes', of: null },
		{ id: 'part', of: null },
		{ id: 'no', of: null },
		{ id: 'any', of: ['yes', 'part'] },
	],
	total: {
		people: { type: 'exact', n: 442 },
		cells: [percent(54), percent(24), percent(21), percent(79)],
	},
};
const white = {
	id: 'white',
	label: 'White',
	members: ['white'],
	people: { type: 'band', band: '300+' },
	cells: [percent(56), percent(24), percent(20), percent(80)],
};
const hiddenRow = (id: string, label: string) => ({
	id,
	label,
	members: [id],
	people: hidden,
	cells: [hidden, hidden, hidden, hidden],
});

describe('the whole of a protected table', () => {
	it('has the pool in the last row', () => {
		const interval = (low: number, high: number) => ({
			type: 'shown',
			figure: { text: `${low}–${high}%`, low, high },
		});
		expect(protectResults(input).table).toEqual({
			...frame,
			statedN: 442,
			groups: [
				white,
				{
					id: 'pool',
					label: 'All masked groups',
					members: ['asian', 'indian'],
					people: { type: 'band', band: '20-39' },
					// 10, 8, 12 and 18 of 30.
					cells: [interval(30, 39), interval(20, 29), interval(40, 49), interval(60, 69)],
				},
			],
			pool: { id: 'pool', members: ['asian', 'indian'] },
			isBreakdownShown: true,
		});
	});

	it('has hidden rows where they stand', () => {
		const params = { ...surveyParams, smallGroup: 'suppress' } as const;
		expect(protectResults({ ...input, params }).table).toEqual({
			...frame,
			statedN: 442,
			groups: [hiddenRow('indian', 'American Indian'), white, hiddenRow('asian', 'Asian')],
			pool: null,
			isBreakdownShown: true,
		});
	});

	it('has none but hidden rows when its breakdown is withheld, and no number of who told', () => {
		expect(withholdBreakdown(input)).toEqual({
			...frame,
			statedN: null,
			groups: [
				hiddenRow('indian', 'American Indian'),
				hiddenRow('white', 'White'),
				hiddenRow('asian', 'Asian'),
			],
			pool: null,
			isBreakdownShown: false,
		});
	});

	it('shows everyone’s shares from minN people on', () => {
		const few = (n: number): ResultsInput => ({
			...plain,
			total: { n, counts: [n, 0, 0] },
			groups: [],
		});
		expect(protectResults(few(10)).table.total.people).toEqual({ type: 'exact', n: 10 });
		expect(protectResults(few(9)).table.total).toEqual({
			people: { type: 'band', band: '<10' },
			cells: [hidden, hidden, hidden],
		});
	});
});

describe('shown rows that an audit names', () => {
	const { table } = protectResults(input);
	const black = { ...white, id: 'black', members: ['black'] };
	const shown: ProtectedTable = {
		...table,
		groups: [...table.groups, black as ProtectedTable['groups'][number]].concat(
			withholdBreakdown(input).groups.filter(({ id }) => id === 'indian'),
		),
	};
	const named = (...problems: [table: string, cell: string][]): string[] =>
		shownRowsIn(shown, {
			ok: false,
			problems: problems.map(([id, cell]): DisclosureProblem => ({
				table: id,
				cell,
				low: 1,
				high: 1,
				reason: 'determined',
			})),
		});

	it.each<[string, [string, string][], string[]]>([
		['one', [['q by race', 'not yes of white']], ['white']],
		[
			'two, in the order of the table',
			[
				['q by race', 'yes of black'],
				['q by race', 'people of white'],
				['q by race', 'no of white'],
			],
			['white', 'black'],
		],
		['none by the pool', [['q by race', 'yes of pool']], []],
		['none by a hidden row', [['q by race', 'yes of indian']], []],
		['none by another table', [['q by school', 'yes of white']], []],
		['none by a name that only ends alike', [['q by race', 'yes of offwhite']], []],
		['none by a name that only begins alike', [['q by race', ' of white or not']], []],
		['none by nothing', [], []],
	])('are %s', (_, problems, rows) => {
		expect(named(...problems)).toEqual(rows);
	});
});

describe('counts that cannot be', () => {
	const withWhite = (n: number, counts: number[]): ResultsInput['groups'] =>
		input.groups.map((group) => (group.id === 'white' ? { ...group, n, counts } : group));

	it.each<[string, ResultsInput, string]>([
		[
			'of other options in total',
			{ ...input, total: { n: 442, counts: [240, 202] } },
			'table q by race, the total: 2 counts for 3 options.',
		],
		[
			'of other options in a group',
			{ ...input, groups: withWhite(412, [230, 182]) },
			'table q by race, white: 2 counts for 3 options.',
		],
		[
			'that do not add up in a group',
			{ ...input, groups: withWhite(412, [230, 100, 81]) },
			'table q by race, white: the counts do not fit 412 people.',
		],
		[
			'of more than all, several answers each',
			{ ...several, total: { n: 442, counts: [443, 108, 94] } },
			'table q by race, the total: the counts do not fit 442 people.',
		],
		[
			'of groups beyond the total',
			{ ...several, total: { n: 441, counts: [240, 108, 94] } },
			'table q by race: groups hold 442 people, the total 441.',
		],
		[
			'of fewer in total than in the groups',
			{ ...several, total: { n: 442, counts: [240, 107, 94] } },
			"table q by race, part: the groups' counts do not fit the total's.",
		],
		[
			'of more beside the groups than people beside them',
			{ ...several, total: { n: 443, counts: [240, 108, 96] } },
			"table q by race, no: the groups' counts do not fit the total's.",
		],
		[
			'of a sum of what can be chosen together',
			{ ...input, isMultiple: true },
			"table q by race: 'any' must sum options of a single-choice question.",
		],
		[
			'of a sum of an option that is not there',
			{ ...input, combinations: [{ id: 'any', of: ['yes', 'maybe'] }] },
			"table q by race: 'any' must sum options of a single-choice question.",
		],
	])('%s are refused, in these words', (_, wrong, words) => {
		expect(() => protectResults(wrong)).toThrow(new RangeError(words));
		expect(() => withholdBreakdown(wrong)).toThrow(new RangeError(words));
	});

	it.each<[string, ResultsInput]>([
		[
			'one more said no who told no race',
			{ ...several, total: { n: 443, counts: [240, 108, 95] } },
		],
		[
			'everybody chose everything',
			{ ...several, groups: [], total: { n: 442, counts: [442, 442, 442] } },
		],
	])('are not these: %s', (_, right) => {
		expect(protectResults(right).audit).toEqual({ ok: true, problems: [] });
	});
});
