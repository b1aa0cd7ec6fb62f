import { describe, expect, it } from 'vitest';
import { arrangeGroups, coarsenGroups, hideAllGroups } from './arrangement.ts';
import { surveyParams } from './params.ts';

const pooling = surveyParams;
const hiding = { ...surveyParams, smallGroup: 'suppress' } as const;
const groupsOf = (counts: Record<string, number>) =>
	Object.entries(counts).map(([id, count]) => ({ id, count }));

describe('groups of an attribute', () => {
	it.each<
		[string, Record<string, number>, typeof pooling, string[], ReturnType<typeof arrangeGroups>]
	>([
		[
			'all of ten or more stand by themselves',
			{ b: 10, a: 50 },
			pooling,
			[],
			{ shown: ['b', 'a'], pooled: [], hidden: [] },
		],
		[
			'ten are not small where there are others to pool them with',
			{ b: 10, a: 50, c: 60 },
			pooling,
			[],
			{ shown: ['b', 'a', 'c'], pooled: [], hidden: [] },
		],
		[
			'two small ones that make ten are a pool',
			{ z: 6, b: 50, a: 7 },
			pooling,
			[],
			{ shown: ['b'], pooled: ['a', 'z'], hidden: [] },
		],
		[
			'one small one takes the smallest along',
			{ a: 6, b: 50, c: 20 },
			pooling,
			[],
			{ shown: ['b'], pooled: ['a', 'c'], hidden: [] },
		],
		[
			'without pooling both are hidden',
			{ z: 6, b: 50, a: 7 },
			hiding,
			[],
			{ shown: ['b'], pooled: [], hidden: ['a', 'z'] },
		],
		[
			'without pooling one small one hides another too, and the order does not tell which',
			{ z: 6, b: 50, c: 20 },
			hiding,
			[],
			{ shown: ['b'], pooled: [], hidden: ['c', 'z'] },
		],
		[
			'one that is to be treated as small is',
			{ a: 30, b: 50, c: 20 },
			pooling,
			['b'],
			{ shown: ['a'], pooled: ['b', 'c'], hidden: [] },
		],
		[
			'without pooling too',
			{ a: 30, b: 50, c: 20 },
			hiding,
			['b'],
			{ shown: ['a'], pooled: [], hidden: ['b', 'c'] },
		],
		[
			'nobody is small too',
			{ a: 0, b: 50, c: 20 },
			hiding,
			[],
			{ shown: ['b'], pooled: [], hidden: ['a', 'c'] },
		],
	])('%s', (_name, counts, params, alsoSmall, expected) => {
		expect(arrangeGroups(groupsOf(counts), params, alsoSmall)).toEqual(expected);
	});
});

describe('fewer rows after a failed audit', () => {
	const groups = groupsOf({ d: 40, a: 60, c: 40, b: 20 });
	const all = { shown: ['d', 'a', 'c', 'b'], pooled: [], hidden: [] };

	it.each<
		[
			string,
			ReturnType<typeof arrangeGroups>,
			typeof pooling,
			string[],
			ReturnType<typeof arrangeGroups>,
		]
	>([
		[
			'a new pool takes the two smallest',
			all,
			pooling,
			[],
			{ shown: ['d', 'a'], pooled: ['b', 'c'], hidden: [] },
		],
		[
			'or those that are named, and the smallest beside one',
			all,
			pooling,
			['a'],
			{ shown: ['d', 'c'], pooled: ['a', 'b'], hidden: [] },
		],
		[
			'a pool that is there takes one more',
			{ shown: ['d', 'a'], pooled: ['b', 'c'], hidden: [] },
			pooling,
			[],
			{ shown: ['a'], pooled: ['b', 'c', 'd'], hidden: [] },
		],
		[
			'all that are named at once',
			all,
			pooling,
			['a', 'd', 'b'],
			{ shown: ['c'], pooled: ['a', 'b', 'd'], hidden: [] },
		],
		[
			'without pooling the smallest is hidden',
			all,
			hiding,
			[],
			{ shown: ['d', 'a', 'c'], pooled: [], hidden: ['b'] },
		],
		[
			'where something is hidden there is no pool',
			{ shown: ['d', 'a'], pooled: [], hidden: ['b', 'c'] },
			pooling,
			[],
			{ shown: ['a'], pooled: [], hidden: ['b', 'c', 'd'] },
		],
		[
			'nothing is shown when nothing would be left',
			{ shown: ['d'], pooled: ['a', 'b', 'c'], hidden: [] },
			pooling,
			[],
			{ shown: [], pooled: [], hidden: ['a', 'b', 'c', 'd'] },
		],
	])('%s', (_name, before, params, named, expected) => {
		expect(coarsenGroups(groups, before, { params, named })).toEqual(expected);
	});

	it('names of groups that are not shown change nothing', () => {
		const before = { shown: ['d', 'a'], pooled: ['b', 'c'], hidden: [] };
		const after = coarsenGroups(groups, before, { params: pooling, named: ['b'] });
		expect(after.shown).toEqual(['a']);
	});
});

it('no breakdown hides every group, in one order', () => {
	expect(hideAllGroups(groupsOf({ b: 1, a: 2 }))).toEqual({
		shown: [],
		pooled: [],
		hidden: ['a', 'b'],
	});
});
