import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngagement } from '@throughline/db/queries/engagement';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { definitionHash, type SurveyDefinition } from '@throughline/survey-engine';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemRandom } from '../system/random.ts';
import { seedEngagement } from '../testing/seed-engagement.ts';
import { type CsvOrder, importCsv } from './import-csv.ts';

const definition: SurveyDefinition = {
	schema: 'throughline-survey/1',
	id: 'spring',
	version: '1.0.0',
	title: { en: 'Spring survey' },
	defaultLanguage: 'en',
	languages: [
		{ code: 'en', status: 'reviewed' },
		{ code: 'es', status: 'draft' },
	],
	sections: [{ id: 'A', title: { en: 'All' } }],
	questions: [
		{
			id: 'Q1',
			section: 'A',
			type: 'single',
			text: { en: 'Do you feel safe?' },
			options: [
				{ code: 'yes', label: { en: 'Yes', es: 'Sí' } },
				{ code: 'no', label: { en: 'No' } },
			],
		},
		{
			id: 'Q2',
			section: 'A',
			type: 'multi',
			text: { en: 'Where?' },
			options: [
				{ code: 'bus', label: { en: 'Bus' } },
				{ code: 'hall', label: { en: 'Hallway' } },
				{ code: 'none', label: { en: 'Nowhere' }, isExclusive: true },
			],
		},
		{
			id: 'Q3',
			section: 'A',
			type: 'long_text',
			text: { en: 'Why?' },
			maxLength: 60,
		},
		{
			id: 'Q4',
			section: 'A',
			type: 'short_text',
			text: { en: 'If not, who helps?' },
			relevance: "${Q1} = 'no'",
			isOpenText: false,
		},
	],
};

describeOnBothDatabases('importing a file', (getDatabase) => {
	let folder = '';
	let engagementId = '';
	let path = '';

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-import-'));
		path = join(folder, 'rows.csv');
	});

	afterAll(() => rm(folder, { recursive: true, force: true }));

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		await rm(join(folder, 'rows.rejected.csv'), { force: true });
		const own = { engagement_id: engagementId };
		const surveyId = systemRandom.uuid7();
		await db
			.insertInto('survey')
			.values({ ...own, id: surveyId, key: 'spring' })
			.execute();
		await db
			.insertInto('survey_version')
			.values({
				...own,
				id: systemRandom.uuid7(),
				survey_id: surveyId,
				number: 1,
				definition: JSON.stringify(definition),
				definition_hash: await definitionHash(definition),
				published_at: new Date(),
			})
			.execute();
	});

	/** Imports text as a file of its own. */
	async function importText(text: string | Buffer, change: Partial<CsvOrder> = {}) {
		const { db } = getDatabase();
		await writeFile(path, text);
		const engagement = await findEngagement(db, engagementId);
		if (!engagement) {
			throw new Error('The engagement was seeded.');
		}
		return importCsv(
			{ db, random: systemRandom },
			{
				path,
				engagement,
				surveyKey: 'spring',
				map: {},
				label: 'Spring',
				opensAt: new Date('2026-03-02T12:00:00Z'),
				closesAt: new Date('2026-03-20T12:00:00Z'),
				isDryRun: false,
				...change,
			},
		);
	}

	const responses = () =>
		getDatabase()
			.db.selectFrom('response')
			.select(['id', 'answers'])
			.where('engagement_id', '=', engagementId)
			.execute();
	const rejectedText = () => readFile(join(folder, 'rows.rejected.csv'), 'utf8');

	test('stores what can be stored and reports the rest, line by line', async () => {
		const rows = [
			'﻿Q1;Q2;Q3;Q4;site;grade;language;notes',
			'Yes;bus;"It is ""fine""; really";;north;9;en;x',
			'Sí;Bus; Hallway;too many cells;;;;;',
			'no;Nowhere;=HYPERLINK("http://x");My aunt;North school;10;en;x',
			'maybe;bus;hello;;north;9;en;x',
			'yes;none;"two',
			'lines";;north;9;en;x',
			'yes;;' + 'long '.repeat(20) + ';;north;9;en;x',
			';;;;north;9;en;x',
			'yes;bus;ok;;nowhere;9;en;x',
			'yes;bus;ok;;north;6;en;x',
			'yes;bus;ok;;;9;en;x',
			'yes;bus;ok;;north;9;xx;x',
			'',
			'yes;bus;ok;not asked;north;9;en;x',
			';;;My aunt;north;9;en;x',
			'"yes";"bus";"<script>alert(1)</script>; drop table response";"";"north";"9";"es";""',
		];

		const report = await importText(rows.join('\r\n'));

		expect(report).toMatchObject({
			accepted: 5,
			rejected: 9,
			excerpts: 5,
			ignoredColumns: ['notes'],
			offPath: { Q4: 1 },
			rejectedFile: join(folder, 'rows.rejected.csv'),
		});
		const because = Object.fromEntries(
			report.examples.map(({ line, reasons }) => [line, reasons.join(' ')]),
		);
		expect(because).toEqual({
			3: 'It has 9 cells; the header has 8.',
			5: "The column 'Q1' says 'maybe', which is no option of Q1.",
			8: "The column 'Q3' has 99 characters, the limit is 60.",
			9: 'It has no answer to any question.',
			10: "There is no site 'nowhere' (known: north, south).",
			11: "north school has no grade '6' (it has 9, 10).",
			12: "It has the grade '9' and no site.",
			13: "The survey has no language 'xx'.",
			16: 'Its only answers are to Q4, which the survey would not have asked here.',
		});
		const answers = await responses();
		const texts = await getDatabase()
			.db.selectFrom('excerpt')
			.select('text')
			.where('engagement_id', '=', engagementId)
			.orderBy('text')
			.execute();
		expect(texts.map(({ text }) => text).sort()).toEqual([
			'<script>alert(1)</script>; drop table response',
			'=HYPERLINK("http://x")',
			'It is "fine"; really',
			'ok',
			'two\nlines',
		]);
		expect(answers.map(({ answers: { values } }) => values)).toContainEqual({
			Q1: 'no',
			Q2: ['none'],
			Q3: '=HYPERLINK("http://x")',
			Q4: 'My aunt',
		});
		const languages = answers.map(({ answers: { meta } }) => meta.language).sort();
		expect(languages).toEqual(['en', 'en', 'en', 'en', 'es']);
	});

	test('writes rejected rows so that they can be put right and imported as they are', async () => {
		await importText('Q1,Q3,notes\nyes,fine,a\nmaybe,"so, so",b\nmaybe,=1+1,c\n');
		const rejected = await rejectedText();
		const why = `"The column 'Q1' says 'maybe', which is no option of Q1."`;
		expect(rejected).toBe(
			'Q1,Q3,notes,rejected_line,rejected_because\r\n' +
				`maybe,"so, so",b,3,${why}\r\n` +
				// A spreadsheet program must not work it out.
				`maybe,'=1+1,c,4,${why}\r\n`,
		);

		const again = await importText(rejected.replaceAll('\nmaybe', '\nno'), { label: 'Second' });
		expect(again).toMatchObject({ accepted: 2, rejected: 0 });
		const texts = (await responses()).map(({ answers }) => answers.values['Q3']);
		expect(texts).toEqual(expect.arrayContaining(['so, so', '=1+1']));
	});

	test('follows a map of columns and values, several columns to one question too', async () => {
		const map: CsvOrder['map'] = {
			'Do you feel safe?': { question: 'Q1', values: { '1': 'yes', '2': 'no', '-9': null } },
			'On the bus': { question: 'Q2', values: { '1': 'bus', '0': null } },
			'In the hallway': { question: 'Q2', values: { '1': 'hall', '0': null } },
			School: { attribute: 'site', values: { 'Big North': 'north' } },
			Q3: null,
		};
		const text =
			'Do you feel safe?\tOn the bus\tIn the hallway\tSchool\tQ3\n1\t1\t1\tBig North\tx\n-9\t0\t1\tsouth\ty\n';

		const report = await importText(text, { map });

		expect(report).toMatchObject({ accepted: 2, excerpts: 0, ignoredColumns: ['Q3'] });
		const stored = await responses();
		expect(stored.map(({ answers }) => answers.values)).toEqual(
			expect.arrayContaining([{ Q1: 'yes', Q2: ['bus', 'hall'] }, { Q2: ['hall'] }]),
		);
	});

	test('merges small cohorts upward, loses the order of the file and knows no time', async () => {
		const row = (n: number, site: string, grade: string) =>
			Array.from({ length: n }, (_, index) => `yes,${site}-${grade}-${index},${site},${grade}`);
		const text = [
			'Q1,Q3,site,grade',
			...row(12, 'north', '9'),
			...row(4, 'north', '10'),
			...row(3, 'south', '6'),
		].join('\n');

		await importText(text);

		const { db } = getDatabase();
		const cohorts = await db
			.selectFrom('cohort as c')
			.leftJoin('site as s', 's.id', 'c.site_id')
			.innerJoin('response as r', 'r.cohort_id', 'c.id')
			.select(['s.key', 'c.grade', (count) => count.fn.countAll<number>().as('n')])
			.where('c.engagement_id', '=', engagementId)
			.groupBy(['s.key', 'c.grade'])
			.execute();
		const ids = (await responses()).map(({ id }) => id);
		const window = await db
			.selectFrom('survey_window')
			.select(['status', 'source', 'opens_at'])
			.where('engagement_id', '=', engagementId)
			.executeTakeFirstOrThrow();
		// 4 of grade 10 take grade 9 along, or 3 of the south would be the only ones in the district.
		expect(cohorts.every(({ n }) => n >= 10)).toBe(true);
		expect(cohorts.reduce((sum, { n }) => sum + n, 0)).toBe(19);
		expect(ids).toEqual([...ids].sort());
		expect(window).toMatchObject({ status: 'opened', source: 'import' });
		expect(window.opens_at.toISOString()).toBe('2026-03-02T12:00:00.000Z');
	});

	test('columns without a name, as spreadsheets leave them, are left out', async () => {
		const report = await importText('Q1,Q3,,\nyes,fine,,\nno,so so,,left over\n');
		expect(report).toMatchObject({
			accepted: 2,
			ignoredColumns: ['number 3, which has no name', 'number 4, which has no name'],
		});
	});

	test('a dry run stores nothing and writes no file', async () => {
		const report = await importText('Q1\nyes\nmaybe\n', { isDryRun: true });
		expect(report).toMatchObject({ isDryRun: true, accepted: 1, rejected: 1, rejectedFile: null });
		await expect(rejectedText()).rejects.toThrow('ENOENT');
		expect(await responses()).toEqual([]);
	});

	test('the same window twice is refused, and nothing of it is stored', async () => {
		await importText('Q1\nyes\n');
		await expect(importText('Q1\nyes\n')).rejects.toMatchObject({ code: 'window_exists' });
		expect(await responses()).toHaveLength(1);
	});

	test('a file without a row that can be stored makes no window', async () => {
		const report = await importText('Q1\nmaybe\n');
		expect(report).toMatchObject({ accepted: 0, rejected: 1, windowId: null });
	});

	test('a file of thousands of rows is stored whole, in little memory at a time', async () => {
		const rows = Array.from({ length: 3000 }, (_, index) => `yes,answer number ${index}`);
		expect(await importText(['Q1,Q3', ...rows].join('\n'))).toMatchObject({
			accepted: 3000,
			rejected: 0,
			excerpts: 3000,
		});
		expect(await responses()).toHaveLength(3000);
	});

	test.each([
		['an empty file', '', 'The file is empty.'],
		['no column of the survey', 'a,b\n1,2\n', 'No column belongs to a question.'],
		['a column twice', 'Q1,Q1\nyes,no\n', "The file has two columns named 'Q1'."],
		['another mark between cells', 'Q1|Q3\nyes|x\n', "has one column, 'Q1|Q3': commas, semicolons"],
		[
			'bytes that are no UTF-8',
			Buffer.from('Q1,Q3\nyes,fine\nyes,caf\xe9\n', 'latin1'),
			'not UTF-8 (line 3)',
		],
		['a quote never closed', 'Q1,Q3\nyes,"open\nno,x\n', 'The file is no CSV'],
	])('%s cannot be used, said in words', async (_name, text, why) => {
		await expect(importText(text)).rejects.toThrow(why);
		expect(await responses()).toEqual([]);
	});

	test('a survey or a column that is not there is named', async () => {
		await expect(importText('Q1\nyes\n', { surveyKey: 'autumn' })).rejects.toThrow(
			"no published survey 'autumn'",
		);
		const map = { x: 'Q9', Q1: { question: 'Q7' } };
		const message = expect.stringMatching(
			/the column 'x', which is not in the file[^]*'Q1' to 'Q7', which is no question/,
		);
		await expect(importText('Q1\nyes\n', { map })).rejects.toMatchObject({ message });
	});
});
