import { protectResults, type ResultsInput } from '@throughline/analysis/disclosure';
import { compileSurvey, type SurveyDefinition } from '@throughline/survey-engine';
import { describe, expect, test } from 'vitest';
import type { CountedWindow } from '../read-window.ts';
import { chartCsv } from './chart-csv.ts';
import { likertChart, optionsChart, questionGroupsChart } from './question-charts.ts';
import type { ChartLanguage } from './words.ts';

const words = (en: string) => ({ en, es: `${en} (es)`, ar: `${en} (ar)` });
const options = ['seen', 'name', 'no'].map((code) => ({ code, label: words(code.toUpperCase()) }));
const definition: SurveyDefinition = {
	schema: 'throughline-survey/1',
	id: 'asked',
	version: '1.0.0',
	title: words('Asked'),
	defaultLanguage: 'en',
	languages: [{ code: 'en', status: 'reviewed' }],
	sections: [{ id: 'A', title: words('A') }],
	questions: [
		{ id: 'Q1', section: 'A', type: 'single', text: words('Do you know him?'), options },
		...(['Q2', 'Q3'] as const).map((id) => ({
			id,
			section: 'A',
			type: 'single' as const,
			text: words(`Is he fair (${id})?`),
			options,
			relevance: "${Q1} = 'seen' or ${Q1} = 'name'",
		})),
		{
			id: 'Q4',
			section: 'A',
			type: 'single',
			text: words('And then?'),
			options,
			relevance: 'string-length(${Q1}) > 3',
		},
	],
};

const window = {
	label: 'Spring',
	minN: 10,
	sites: [],
	survey: compileSurvey(definition),
	timezone: 'UTC',
	opensAt: new Date('2026-03-01'),
	closesAt: new Date('2026-03-20'),
} as unknown as CountedWindow; // what these charts read of a window

function table(questionId: string, n = 100) {
	const counts = [n / 2, n / 4, n / 4];
	const input: ResultsInput = {
		...{ id: questionId, populationId: 'w', questionId, attributeId: 'everyone' },
		isMultiple: false,
		options: options.map(({ code }) => code),
		combinations: [],
		total: { n, counts },
		groups: [],
		pool: { id: 'pooled', label: 'pooled' },
		params: { minN: 10, zeroIsSafe: false, smallGroup: 'pool_then_suppress' },
	};
	return protectResults(input).table;
}

const context = (language: ChartLanguage = 'en') => ({ window, language, csvUrl: () => null });

describe('whom a chart speaks of', () => {
	test.each([
		['en', 'Students who answered this question, Spring'],
		['es', 'Estudiantes que respondieron esta pregunta, Spring'],
		['ar', 'الطلاب الذين أجابوا عن هذا السؤال، Spring'],
	] as const)('are those who answered the question, in %s', (language, population) => {
		const chart = optionsChart(context(language), table('Q1'));
		expect(chart.population).toBe(population);
		expect(chartCsv(chart, language)).toContain(population);
	});

	test.each([
		['en', 'Asked only of students who answered “SEEN” or “NAME” to: Do you know him?'],
		[
			'es',
			'Se preguntó solo a quienes respondieron “SEEN (es)” o “NAME (es)” a: Do you know him? (es)',
		],
		['ar', 'طُرح فقط على من أجابوا بـ“SEEN (ar)” أو “NAME (ar)” عن: Do you know him? (ar)'],
	] as const)('with who was asked, where not everyone was, in %s', (language, note) => {
		for (const chart of [
			optionsChart(context(language), table('Q2')),
			questionGroupsChart(context(language), table('Q2'), 'race'),
			likertChart(context(language), [table('Q2'), table('Q3')], { id: 'statements' }),
		]) {
			expect(chart.notes[0]).toBe(note);
		}
	});

	test('and where the way to a question is less simple, that not everyone was asked', () => {
		expect(optionsChart(context(), table('Q4')).notes[0]).toBe(
			'Not everyone was asked this: it depended on earlier answers.',
		);
	});

	test('are told by statement in a panel: it has no one number', () => {
		const chart = likertChart(context(), [table('Q1', 100), table('Q2', 80)], { id: 'statements' });
		expect(chart.population).toBe('Students who answered each statement, Spring');
		expect(chart.people).toBeNull();
		expect(chart.notes[0]).toContain('“Is he fair (Q2)?”: Asked only of students who');
		const [, , , head] = chartCsv(chart).split('\r\n');
		expect(head).toBe('');
	});
});
