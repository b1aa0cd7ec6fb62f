import { describe, expect, it } from 'vitest';
import type { ProtectedGroup, ProtectedTable } from './protected-table.ts';
import { allKey, openQuestion, peopleKey } from './question-system.ts';
import { type TargetOptions, targetsOf } from './results-targets.ts';
import { hiddenRow, shownRow } from './worlds-fixture.ts';

const options = ['yes', 'part', 'no'];

function table(
	groups: ProtectedGroup[],
	pool: ProtectedTable['pool'] = null,
	isBreakdownShown = true,
): ProtectedTable {
	return {
		kind: 'results',
		id: 'q by race',
		populationId: 'students',
		questionId: 'q',
		attributeId: 'race',
		isMultiple: false,
		options: [...options.map((id) => ({ id, of: null })), { id: 'some', of: ['yes', 'part'] }],
		total: { people: { type: 'exact', n: 200 }, cells: [] },
		statedN: 200,
		groups,
		pool,
		isBreakdownShown,
	};
}

const unknown: TargetOptions = {
	totals: new Map(),
	enrolled: new Map(),
	told: new Set(),
	minN: 10,
	n: 200,
};

/** Each target in words: 'yes of a: yes(a), two values'. */
function wordsOf(shown: ProtectedTable, change: Partial<TargetOptions> = {}): string[] {
	const system = openQuestion({ n: 200, tables: [shown], nests: [] }, new Map());
	const groups = shown.groups.flatMap(({ members }) => members);
	const names = new Map(
		groups.flatMap((group): [number, string][] => [
			[system.people('race', group), `people(${group})`],
			...options.map((o): [number, string] => [system.chosen(o, 'race', group), `${o}(${group})`]),
		]),
	);
	return targetsOf(system, shown, { ...unknown, ...change }).map((target) => {
		const terms = target.terms.map(
			([variable, factor]) => `${factor < 0 ? '−' : '+'}${names.get(variable) ?? '?'}`,
		);
		const need = target.need.type === 'width' ? `${target.need.width} apart` : target.need.type;
		return `${target.table}, ${target.cell}: ${terms.join(' ')}, ${need}`;
	});
}

describe('what must stay unknown of a shown group', () => {
	it('is nothing of a table that shows no group', () => {
		expect(wordsOf(table([shownRow('a', 30, [12, 12, 6, 24])], null, false))).toEqual([]);
	});

	it('is, below 40 people, each count, and that an end is nobody or everybody', () => {
		// Shown as 20–39 people with ≤10%, 40–49%, 50–59% and 40–49%.
		expect(wordsOf(table([shownRow('a', 39, [1, 18, 20, 19])]))).toEqual([
			'q by race, people of a: +people(a), two_values',
			'q by race, yes of a: +yes(a), not_zero',
			'q by race, part of a: +part(a), two_values',
			'q by race, no of a: +no(a), two_values',
			'q by race, some of a: +yes(a) +part(a), two_values',
		]);
	});

	it('is, from 40 people on, only that an end is nobody or everybody', () => {
		// Shown as 40–99 people with ≤5%, ≥95%, a hidden share and 50%.
		expect(wordsOf(table([shownRow('a', 40, [0, 40, null, 20])]))).toEqual([
			'q by race, people of a: +people(a), two_values',
			'q by race, yes of a: +yes(a), not_zero',
			'q by race, not part of a: +people(a) −part(a), not_zero',
		]);
	});

	it('is of a pool what all its groups chose, and how many each of them is', () => {
		const pooled = shownRow('pool', 16, [8, 4, 4, 16], ['d', 'e']);
		const enrolled = new Map([[peopleKey('race', 'e'), 7]]);

		expect(wordsOf(table([pooled], { id: 'pool', members: ['d', 'e'] }), { enrolled })).toEqual([
			'q by race, people of pool: +people(d) +people(e), two_values',
			'q by race, yes of pool: +yes(d) +yes(e), two_values',
			'q by race, part of pool: +part(d) +part(e), two_values',
			'q by race, no of pool: +no(d) +no(e), two_values',
			'q by race, not some of pool: +people(d) +people(e) −yes(d) −yes(e) −part(d) −part(e), not_zero',
			'q by race, people of d: +people(d), 10 apart',
			'q by race, people of e: +people(e), 7 apart',
		]);
	});
});

describe('what must stay unknown of a hidden group', () => {
	const hidden = table([hiddenRow('c', 4)]);

	it('is how many it is, who chose each option and who did not', () => {
		expect(wordsOf(hidden)).toEqual([
			'q by race, people of c: +people(c), 10 apart',
			'q by race, yes of c: +yes(c), 10 apart',
			'q by race, not yes of c: +people(c) −yes(c), 10 apart',
			'q by race, part of c: +part(c), 10 apart',
			'q by race, not part of c: +people(c) −part(c), 10 apart',
			'q by race, no of c: +no(c), 10 apart',
			'q by race, not no of c: +people(c) −no(c), 10 apart',
			'q by race, some of c: +yes(c) +part(c), 10 apart',
			'q by race, not some of c: +people(c) −yes(c) −part(c), 10 apart',
		]);
	});

	const needs = (change: Partial<TargetOptions>): string[] =>
		wordsOf(hidden, change).map((each) => each.split(', ').at(-1) ?? '');

	it('is no more than how many are enrolled', () => {
		expect(needs({ enrolled: new Map([[peopleKey('race', 'c'), 7]]) })).toEqual(
			Array.from({ length: 9 }, () => '7 apart'),
		);
		expect(needs({ enrolled: new Map([[peopleKey('race', 'c'), 70]]) })[0]).toBe('10 apart');
	});

	it('is, where its response rate was shown, its number no more than as two values', () => {
		const told = new Set([peopleKey('race', 'c')]);

		expect(needs({ told }).slice(0, 3)).toEqual(['two_values', '10 apart', '10 apart']);
		expect(needs({ told: new Set([peopleKey('school', 'c')]) })[0]).toBe('10 apart');
	});

	it('is, where everyone’s answer leaves less, what it leaves', () => {
		// At most 3 of all 200 said yes, at most 4 part; at least 195 said no.
		const totals = new Map([
			[allKey('yes'), { low: 2, high: 3 }],
			[allKey('part'), { low: 1, high: 4 }],
			[allKey('no'), { low: 195, high: 197 }],
		]);
		expect(needs({ totals })).toEqual([
			'10 apart',
			'3 apart',
			'10 apart',
			'4 apart',
			'10 apart',
			'10 apart',
			'5 apart',
			'7 apart',
			'10 apart',
		]);
	});

	it('is nothing where nothing is left', () => {
		const totals = new Map([
			[allKey('yes'), { low: 120, high: 120 }],
			[allKey('part'), { low: 81, high: 90 }],
		]);
		expect(needs({ totals }).slice(-2)).toEqual(['10 apart', '0 apart']);
	});
});
