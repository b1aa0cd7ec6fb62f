import { describe, expect, it } from 'vitest';
import { evaluateCoding, evaluationSplit, priorOfCodebook } from './index.ts';
import type { LabelledExcerpt } from './index.ts';

const WORDS: Record<string, string[]> = {
	bus: ['late bus', 'bus driver', 'bus stop', 'the bus again', 'school bus'],
	food: ['cold food', 'food line', 'lunch food', 'food again', 'good food'],
	staff: ['kind teacher', 'teacher helps', 'my teacher', 'the teacher again', 'new teacher'],
};
const EXCERPTS: LabelledExcerpt[] = Object.entries(WORDS).flatMap(([label, texts]) =>
	texts.map((text, at) => ({ id: `${label}${at}`, text, labels: [label, 'not counted'] })),
);
const ids = (from: number, to: number): string[] =>
	Object.keys(WORDS).flatMap((label) =>
		Array.from({ length: to - from }, (_, at) => `${label}${from + at}`),
	);
const split = evaluationSplit.parse({
	labels: ['bus', 'food', 'staff'],
	seeds: { '0': { test: [...ids(4, 5), 'gone'], full: ids(0, 4), k1: ids(0, 1) } },
});

function clock(): () => number {
	let now = 0;
	return () => now++;
}
const clocks = { wallSeconds: clock(), cpuSeconds: clock() };

describe('evaluateCoding', () => {
	it('trains on one part, scores the other and reads the clocks it is given', () => {
		const figures = evaluateCoding({ excerpts: EXCERPTS, split, seed: 0, size: 'full' }, clocks);
		expect(figures).toEqual({
			micro_f1: 1,
			macro_f1: 1,
			p_at_1: 1,
			recall_at_3: 1,
			train_wall_s: 1,
			train_cpu_s: 1,
			predict_wall_s: 1,
			n_train: 12,
			n_test: 3,
		});
	});

	it('counts every theme of the split in macro F1', () => {
		const wrong = EXCERPTS.map((row) => (row.id === 'bus4' ? { ...row, labels: ['food'] } : row));
		const figures = evaluateCoding({ excerpts: wrong, split, seed: 0, size: 'full' }, clocks);
		expect(figures.micro_f1).toBeCloseTo(2 / 3, 10);
		expect(figures.macro_f1).toBeCloseTo((0 + 2 / 3 + 1) / 3, 10);
		expect(figures.p_at_1).toBeCloseTo(2 / 3, 10);
	});

	it('lets an excerpt have several themes where training rows do', () => {
		const both = EXCERPTS.map((row) =>
			row.id.startsWith('bus')
				? { ...row, text: `${row.text} food`, labels: ['bus', 'food'] }
				: row,
		);
		const figures = evaluateCoding({ excerpts: both, split, seed: 0, size: 'full' }, clocks);
		expect(figures.micro_f1).toBeGreaterThan(0.8);
		expect(figures.recall_at_3).toBe(1);
	});

	it('learns nothing from test rows', () => {
		const figuresOf = (excerpts: LabelledExcerpt[]) =>
			evaluateCoding({ excerpts, split, seed: 0, size: 'k1' }, clocks);
		const relabelled = EXCERPTS.map((row) =>
			row.id.endsWith('3') ? { ...row, text: 'something else entirely', labels: ['food'] } : row,
		);
		expect(figuresOf(relabelled).p_at_1).toBe(figuresOf(EXCERPTS).p_at_1);
	});

	it('takes the words of a codebook', () => {
		const codebook = {
			bus: 'bus, transport',
			food: 'food, lunch',
			staff: 'teacher',
			other: 'bus bus',
		};
		const input = { excerpts: EXCERPTS, split, seed: 0, size: 'k1', codebook };
		expect(evaluateCoding(input, clocks).p_at_1).toBe(1);
	});

	it('says what the split has when asked for something else', () => {
		const input = { excerpts: EXCERPTS, split, seed: 4, size: 'full' };
		expect(() => evaluateCoding(input, clocks)).toThrow(/no seed 4.*0: test, full, k1/);
		expect(() => evaluateCoding({ ...input, seed: 0, excerpts: [] }, clocks)).toThrow(
			/do not belong together/,
		);
	});

	it('refuses a split that tests on what it trains on', () => {
		const seeds = { '0': { test: ['a', 'b'], full: ['b', 'c'] } };
		const input = { excerpts: EXCERPTS, split: { labels: ['food'], seeds }, seed: 0, size: 'full' };
		expect(() => evaluateCoding(input, clocks)).toThrow(/trains and tests on the same row, 'b'/);
	});

	it('reads ids that are numbers', () => {
		const parsed = evaluationSplit.parse({ labels: [], seeds: { '0': { test: [1, 'b'] } } });
		expect(parsed.seeds['0']?.['test']).toEqual(['1', 'b']);
	});
});

describe('priorOfCodebook', () => {
	it('takes definitions, what to include and example phrases, and leaves out what to exclude', () => {
		const prior = priorOfCodebook({
			groups: [
				{
					themes: [
						{
							id: 'A3',
							label: 'Places',
							definition: 'Names a place.',
							include: ['bathrooms', 'bus loop'],
							exclude: ['general statements'],
							example_phrases: ['Second floor bathroom.'],
						},
					],
				},
			],
		});
		expect(prior).toEqual([
			{ themeId: 'A3', text: 'Places' },
			{ themeId: 'A3', text: 'Names a place.' },
			{ themeId: 'A3', text: 'bathrooms' },
			{ themeId: 'A3', text: 'bus loop' },
			{ themeId: 'A3', text: 'Second floor bathroom.' },
		]);
	});

	it('takes the file of codebook import, by key or by place', () => {
		const themes = [
			{ key: 'X', label: 'Bus', examples: ['It is late.'] },
			{ label: 'Lunch', examples: [] },
		];
		const codebook = { groups: [{ label: 'Days', themes }] };
		const prior = [
			{ themeId: 'X', text: 'Bus' },
			{ themeId: 'X', text: 'It is late.' },
			{ themeId: 'A2', text: 'Lunch' },
		];
		expect(priorOfCodebook(codebook)).toEqual(prior);
		expect(priorOfCodebook({ codebook })).toEqual(prior);
	});

	it('takes a plain list and refuses anything else', () => {
		expect(priorOfCodebook({ '1': 'Cause fear: make people scared, scare people' })).toEqual([
			{ themeId: '1', text: 'Cause fear' },
			{ themeId: '1', text: 'make people scared' },
			{ themeId: '1', text: 'scare people' },
		]);
		expect(priorOfCodebook(JSON.parse('{"__proto__":"bus"}'))).toEqual([
			{ themeId: '__proto__', text: 'bus' },
		]);
		expect(() => priorOfCodebook({ '1': 3 })).toThrow(/neither shape/);
	});
});
