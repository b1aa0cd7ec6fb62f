import type { OptionsChart } from '@throughline/analysis/charts';
import { describe, expect, test } from 'vitest';
import { typedDoubts, typedProblems } from './typed-evidence.ts';

const chart: OptionsChart = {
	kind: 'options',
	id: 'S01',
	title: 'Most chosen: Never (47%)',
	measure: 'How often do you talk with the officer?',
	population: 'Students',
	people: { type: 'exact', n: 1400 },
	summary: '',
	notes: [],
	csvUrl: null,
	isMultiple: false,
	rows: [
		{
			id: 'never',
			label: 'Never',
			cell: { type: 'shown', figure: { text: '47%', low: 47, high: 47 } },
		},
		{
			id: 'daily',
			label: 'Every day or nearly so',
			cell: { type: 'shown', figure: { text: '≤5%', low: 0, high: 5 } },
		},
		{
			id: 'weekly',
			label: 'Every week',
			cell: { type: 'shown', figure: { text: '50–59%', low: 50, high: 59 } },
		},
		{ id: 'other', label: 'Other', cell: { type: 'hidden' } },
	],
};
const evidence = { charts: [chart], quotes: ['I feel calmer when he is parked out front.'] };

describe('a sentence of a finding', () => {
	test.each([
		'Many students never talk with the officer.',
		'Nearly half (47%) never talk with the officer.',
		'47 percent never talk with the officer, and ≤5% do every day.',
		'Between 50-59% talk every week.',
		'A student said “I feel calmer when he is parked out front”.',
		'To “How often do you talk with the officer?” many said “Every day or nearly so”.',
		'They ask for a “safe room”.',
		'Students in grades 9–10 say so, since 2025.',
		'1,400 students answered, and nearly half of the students never talk with the officer.',
	])('may say what its charts and quotes say: %s', (sentence) => {
		expect(typedProblems(sentence, evidence)).toEqual([]);
		expect(typedDoubts(sentence, evidence)).toEqual([]);
	});

	test.each([
		['Nearly half (48%) never talk with the officer.', '48%'],
		['At most 4 % do every day.', '4%'],
		['5% do every day.', '5%'],
		['12.5 percent talk every week.', '12.5%'],
		['Between 50–60% talk every week.', '50–60%'],
		['Exactly 1,5 per cent do.', '1,5%'],
	])('may not state a share that no chart shows: %s', (sentence, share) => {
		expect(typedProblems(sentence, evidence)).toEqual([
			expect.stringContaining(`It states ${share},`),
		]);
	});

	test('may not quote words that no student wrote', () => {
		const [problem] = typedProblems('One said “I feel safer when he is here”.', evidence);
		expect(problem).toContain('“I feel safer when he is here”');
	});

	test('may not count students whom no chart shows, and says how to put that right', () => {
		expect(typedProblems('3 students of Old Mill said no.', evidence)).toEqual([
			'It counts “3 students”, and no chart it rests on shows that number. Link the chart that shows it, or write it without the number.',
		]);
	});

	test('leaves a number of which it is not certain to a person', () => {
		const sentence = 'About 70 talked with the officer.';
		expect(typedProblems(sentence, evidence)).toEqual([]);
		expect(typedDoubts(sentence, evidence)).toMatchObject([{ words: '70' }]);
	});
});

describe('a recommendation', () => {
	const none = { charts: [], quotes: [] };

	test('may say what shall be, and quote what it likes', () => {
		const text = 'At least 80% of sampled days; call it “the safe and staffed room”.';
		expect(typedProblems(text, none, 'goal')).toEqual([]);
		expect(typedProblems(text, none, 'proposal')).toEqual([]);
	});

	test('may not count students of a group', () => {
		expect(typedProblems('3 students of Old Mill said no.', none, 'proposal')).toHaveLength(1);
	});
});
