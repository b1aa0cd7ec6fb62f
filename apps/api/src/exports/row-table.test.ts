import { describeOn } from '@throughline/db/testing';
import { compileSurvey, type SurveyDefinition } from '@throughline/survey-engine';
import { beforeAll, describe, expect, test } from 'vitest';
import { createResultsReader, type CountedWindow } from '../results/read-window.ts';
import { seedReleasing } from '../testing/seed-release.ts';
import { testApp } from '../testing/test-app.ts';
import { readRowTable } from './row-table.ts';

const label = (en: string) => ({ en });
const yesNo = [
	{ code: 'yes', label: label('Yes') },
	{ code: 'no', label: label('No') },
];
const definition: SurveyDefinition = {
	schema: 'throughline-survey/1',
	id: 'rows_survey',
	version: '1.0.0',
	title: label('Rows'),
	defaultLanguage: 'en',
	languages: [{ code: 'en', status: 'reviewed' }],
	sections: [{ id: 'A', title: label('All') }],
	questions: [
		{ id: 'Q1', section: 'A', type: 'single', options: yesNo, text: label('Safe?') },
		{
			id: 'C1',
			section: 'A',
			type: 'single',
			field: 'sro_contact',
			options: yesNo,
			text: label('Talked with an officer?'),
		},
		{
			id: 'Q2',
			section: 'A',
			type: 'single',
			options: yesNo,
			relevance: "${C1} = 'yes'",
			text: label('Was it helpful?'),
		},
		{
			id: 'Q3',
			section: 'A',
			type: 'multi',
			options: yesNo,
			relevance: "${Q2} = 'yes'",
			text: label('How?'),
		},
		{ id: 'Q4', section: 'A', type: 'long_text', text: label('Tell us.') },
		{
			id: 'Q5',
			section: 'A',
			type: 'single',
			minGrade: 9,
			options: yesNo,
			text: label('For older ones?'),
		},
		{ id: 'Q6', section: 'A', type: 'single', options: yesNo, text: label('Dropped for some?') },
		{ id: 'H1', section: 'A', type: 'multi', field: 'home', options: yesNo, text: label('Home?') },
	],
	profiles: [{ id: 'young', grades: [6], dropQuestions: ['Q6'] }],
};

describeOn('embedded', 'a table of rows before protection', (getDatabase) => {
	let window: CountedWindow;

	beforeAll(async () => {
		const sut = testApp(getDatabase().db);
		const { engagementId, windowId } = await seedReleasing(sut, { perCohort: [10, 0, 0] });
		const read = await createResultsReader(sut.deps.db).read({ engagementId, windowId });
		window = { ...read, survey: compileSurvey(definition) };
	});

	const read = () => readRowTable(getDatabase().db, window, 10);

	test('takes site, grade and every question about the student for what could tell whose it is', async () => {
		const { attributes } = await read();
		expect(attributes.map(({ id }) => id)).toEqual(['site', 'grade', 'C1', 'H1']);
	});

	test('tells sites as levels and grades as bands where they have to be coarser', async () => {
		const { attributes } = await read();
		const [site] = window.sites;
		expect(attributes[0]?.coarser[0]).toMatchObject({ [site?.key ?? '']: site?.level });
		expect(Object.values(attributes[1]?.coarser[0] ?? {})).toEqual([expect.stringMatching(/-/)]);
	});

	test('leaves open answers out', async () => {
		const { questions } = await read();
		expect(questions.map(({ id }) => id)).toEqual(['Q1', 'Q2', 'Q3', 'Q5', 'Q6']);
	});

	describe('knows which answers tell an attribute by being there', () => {
		test.each([
			['Q1', []],
			['Q2', ['C1']],
			['Q3', ['C1']],
			['Q5', ['grade']],
			['Q6', ['grade']],
		])('%s: %j', async (id, tells) => {
			const { questions } = await read();
			expect(questions.find((question) => question.id === id)?.tells).toEqual(tells);
		});
	});

	test('has one row per response', async () => {
		const { rows } = await read();
		expect(rows).toHaveLength(10);
		expect(rows.every(({ answers }) => answers.length === 5)).toBe(true);
	});
});
