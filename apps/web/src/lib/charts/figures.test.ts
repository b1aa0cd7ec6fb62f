import type { Figure, LikertChart } from '@throughline/analysis/charts';
import { describe, expect, it } from 'vitest';
import { heatStep, peopleWords, percent, scaleEnd } from './figures.ts';
import { drawingOf, scalesOf, stepLooks } from './likert-rows.ts';
import { likert, likertWithMiddle } from './sample-models.ts';

const figure = (low: number, high: number): Figure => ({ text: '', low, high });

describe('scaleEnd', () => {
	it.each([
		[[], 10],
		[[null], 10],
		[[figure(7, 7)], 10],
		[[figure(30, 34), figure(41, 41)], 50],
		[[figure(95, 100)], 100],
	])('of %j is %i', (figures, end) => {
		expect(scaleEnd(figures)).toBe(end);
	});
});

describe('heatStep', () => {
	it.each([
		[0, 0, 1],
		[9, 9, 1],
		[10, 10, 2],
		[19, 19, 2],
		[20, 20, 3],
		[34, 34, 3],
		[35, 35, 4],
		[49, 49, 4],
		[50, 50, 5],
		[95, 100, 5],
		[21, 29, 3],
		[0, 20, 'open'],
		[0, 10, 'open'],
		[30, 39, 'open'],
		[0, 5, 1],
	])('puts %i–%i in step %s', (low, high, step) => {
		expect(heatStep({ text: '', low, high })).toBe(step);
	});
});

describe('percent', () => {
	it('rounds to hundredths, so that the same model gives the same page', () => {
		expect([percent(1, 3), percent(50, 50), percent(0, 10)]).toEqual(['33.33%', '100%', '0%']);
	});
});

describe('peopleWords', () => {
	it.each([
		[{ type: 'exact', n: 1234 }, 'en', '1,234 people'],
		[{ type: 'exact', n: 1 }, 'es', '1 persona'],
		[{ type: 'exact', n: 3 }, 'ar', '3 أشخاص'],
		[{ type: 'band', band: '40-99' }, 'en', '\u206640–99\u2069 people'],
		[{ type: 'hidden' }, 'en', 'Not shown'],
	] as const)('says %j in %s', (people, language, words) => {
		expect(peopleWords(people, language)).toBe(words);
	});
});

describe('a row of an agreement scale', () => {
	it('is drawn step by step where every step is one number', () => {
		expect(likert.rows.map((row) => drawingOf(likert.steps, row).type)).toEqual([
			'steps',
			'steps',
			'totals',
			'totals',
		]);
	});

	it('takes the strong look for the outermost step of a side that has several', () => {
		expect(stepLooks(likert.steps)).toEqual([
			'disagree-strong',
			'disagree',
			'agree',
			'agree-strong',
		]);
		expect(stepLooks(likertWithMiddle.steps)).toEqual(['disagree', 'neutral', 'agree']);
	});

	it('shares one scale between both sides and all rows', () => {
		expect(scalesOf(likert)).toEqual({ side: 70, notSure: 30 });
	});

	it('gives half of a middle step to each side', () => {
		const [row] = likertWithMiddle.rows;
		const chart: LikertChart = { ...likertWithMiddle, rows: row ? [row] : [] };
		expect(scalesOf(chart)).toEqual({ side: 50, notSure: 20 });
	});
});
