import type { Chart } from '@throughline/analysis/charts';
import { expect, test } from 'vitest';
import { disclosureProblems, type FoundInChart } from './disclosure-problems.ts';

const charts = {
	'themes-all-by-race': { kind: 'groups', title: 'Themes by race', measure: 'Themes' },
	S01: { kind: 'options', title: 'Most chosen: Never (47%)', measure: 'How often do you talk?' },
} as unknown as Record<string, Chart>; // what a problem reads of a chart

const found = (chartId: string, reason: string, [low, high]: [number, number], cell = '') =>
	({ chartId, problem: { table: chartId, cell, low, high, reason } }) as FoundInChart;

test('a chart that differs from an earlier release is one problem, by its title', () => {
	const cells = ['people of themes-all', 'stated of themes-all by race', 'people of everyone'];
	const problems = disclosureProblems(
		cells.map((cell) => found('themes-all-by-race', 'difference', [4, 4], cell)),
		charts,
	);
	expect(problems).toEqual([
		{
			code: 'disclosure',
			where: 'The chart “Themes by race”',
			message:
				'Its numbers differ from those of an earlier release by 4: whoever reads both learns about so few people. Leave this chart out, or wait until the difference is larger.',
			target: { type: 'chart', id: 'themes-all-by-race' },
		},
	]);
});

test('each chart says what a reader could learn, the narrowest of it, and what to do', () => {
	const problems = disclosureProblems(
		[
			found('S01', 'narrow', [3, 9]),
			found('S01', 'narrow', [3, 5]),
			found('themes-all-by-race', 'determined', [7, 7]),
			found('themes-all-by-race', 'difference', [2, 2]),
			found('themes-all-by-race', 'difference', [3, 3]),
			found('gone', 'narrow', [1, 2]),
		],
		charts,
	);
	expect(problems.map(({ where, message }) => `${where}: ${message}`)).toEqual([
		'The chart “How often do you talk?”: A reader could narrow a number behind it to between 3 and 5 people. Leave this chart out.',
		'The chart “Themes by race”: Its numbers differ from those of an earlier release by 2 or 3: whoever reads both learns about so few people. A reader could work out an exact number behind it. Leave this chart out, or wait until the difference is larger.',
		'The chart gone: A reader could narrow a number behind it to between 1 and 2 people. Leave this chart out.',
	]);
});
