import { type ParticipationInput, protectParticipation } from '@throughline/analysis/disclosure';
import { describe, expect, test } from 'vitest';
import type { CountedWindow } from '../read-window.ts';
import { POOL } from '../protect.ts';
import { chartCsv } from './chart-csv.ts';
import { participationChart } from './participation-chart.ts';
import type { ChartLanguage } from './words.ts';

const sites = ['North', 'South', 'East', 'West'].map((name) => ({ key: name, name }));

/** What a chart of who took part reads of a window. */
const window = {
	label: 'Spring',
	minN: 10,
	sites,
	survey: { definition: { defaultLanguage: 'en' }, question: () => undefined },
} as unknown as CountedWindow;

function chart(
	groups: [string, number, number][],
	language: ChartLanguage = 'en',
	responded = groups.reduce((sum, [, , took]) => sum + took, 0),
) {
	const input: ParticipationInput = {
		id: 'took-part-by-site',
		populationId: 'w',
		attributeId: 'site',
		responded,
		groups: groups.map(([id, enrolled, took]) => ({ id, label: id, enrolled, responded: took })),
		pool: POOL,
		params: { minN: 10, zeroIsSafe: false, smallGroup: 'pool_then_suppress' },
	};
	const context = { window, language, csvUrl: () => null };
	return participationChart(context, [protectParticipation(input)], { schoolYear: '2025-26' });
}

/** Two small schools of which next to nobody took part. */
const unheard: [string, number, number][] = [
	['North', 400, 300],
	['South', 400, 290],
	['East', 200, 8],
	['West', 200, 7],
];

describe('who took part', () => {
	test('names the members of a pool wherever the pool stands', () => {
		const { attributes } = chart(unheard);
		const labels = attributes[0]?.rows.map(({ label }) => label);
		expect(labels).toEqual(['North', 'South', 'Small groups together (East and West)']);
		expect(chartCsv(chart(unheard))).toContain('Small groups together (East and West)');
	});

	test.each([
		['en', 'Small groups together (East and West)', 'clearly under-heard'],
		['es', 'Grupos pequeños juntos (East y West)', 'claramente menos escuchado'],
		['ar', 'مجموعات صغيرة معًا (East وWest)', 'لا توجد مجموعة'],
	] as const)('says that a pool is under-heard, in %s', (language, pool, nobody) => {
		const { title, summary } = chart(unheard, language);
		expect(title).toContain(pool);
		expect(summary).toContain(pool);
		expect(summary).not.toContain(nobody);
	});

	test('says that more took part than the enrollment counts hold', () => {
		// Answers of a file that names no school.
		const { population } = chart(
			[
				['North', 400, 30],
				['South', 400, 290],
			],
			'en',
			8640,
		);
		expect(population).toBe(
			'8,640 students took part, more than the 800 of the enrollment counts; Spring',
		);
		expect(chart(unheard).population).toBe('605 of 1,200 enrolled students took part, Spring');
	});

	test('says so where no group is', () => {
		const { summary } = chart([
			['North', 400, 150],
			['South', 300, 115],
			['East', 500, 190],
		]);
		expect(summary).toBe('No group is clearly under-heard.');
	});

	test('does not say that nobody is under-heard where a group is hidden', () => {
		const { summary, attributes } = chart([
			['North', 400, 4],
			['South', 40, 3],
		]);
		expect(attributes[0]?.rows.every(({ tookPart }) => tookPart.type === 'hidden')).toBe(true);
		expect(summary).not.toContain('No group is');
	});
});
