import {
	checkNotices,
	compileSurvey,
	definitionTexts,
	hasText,
	noticeFileSchema,
	parseDefinition,
	refusalCode,
	type SurveyDefinition,
} from '@throughline/survey-engine';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const student = readDefinition('surveys/student.json');
const familyStaff = readDefinition('surveys/family-staff.json');

describe.each([
	['student', student],
	['family and staff', familyStaff],
])('the sample survey for %s', (_, definition) => {
	test('has no problem, not even a warning', () => {
		expect(parseDefinition(definition).problems).toEqual([]);
	});

	test.each(['en', 'es', 'ar'])('has words in %s for every text', (language) => {
		const gaps = definitionTexts(definition).filter(({ text }) => !hasText(text, language));
		expect(gaps.map(({ path }) => path)).toEqual([]);
	});

	test('offers English, Spanish and Arabic and no language that is not complete', () => {
		expect(definition.languages).toEqual(
			['en', 'es', 'ar'].map((code) => ({ code, status: 'reviewed', note: 'sample' })),
		);
	});

	test('ends every closed question in Prefer not to say, once', () => {
		for (const question of compileSurvey(definition).questions) {
			const codes = question.kind === 'closed' ? question.options.map(({ code }) => code) : [];
			expect(codes.indexOf(refusalCode)).toBe(codes.length - 1);
		}
	});

	test('says what an SRO is wherever the word first stands', () => {
		const first = definition.sections.find(({ title }) => title['en']?.includes('SRO'));
		expect(first?.intro?.['en']).toContain('police officer');
	});
});

test('the student survey has its twenty questions and five about the person', () => {
	const ids = student.questions.map(({ id }) => id);
	const numbered = Array.from(
		{ length: 20 },
		(_, index) => `S${String(index + 1).padStart(2, '0')}`,
	);
	expect(ids).toEqual([...numbered, 'D02', 'D03', 'D04', 'D05']);
});

test.each([
	{ grade: 9, answers: {}, without: ['S06', 'S07', 'S08', 'S09', 'S10', 'S11', 'S13', 'S17'] },
	{
		grade: 9,
		answers: { S05: 'unsure' },
		without: ['S06', 'S07', 'S08', 'S09', 'S10', 'S11', 'S13', 'S17'],
	},
	{ grade: 9, answers: { S05: 'seen', S06: 'never' }, without: ['S07', 'S08'] },
	{ grade: 12, answers: { S05: 'name', S06: 'weekly' }, without: [] },
	{
		grade: 7,
		answers: { S05: 'name', S06: 'few' },
		without: ['S07', 'S17', 'S18', 'S19', 'S20', 'D04', 'D05'],
	},
])(
	'in grade $grade with $answers a student is not asked $without',
	({ grade, answers, without }) => {
		const survey = compileSurvey(student);
		const { visible } = survey.state(answers, { grade });
		expect(survey.questions.map(({ id }) => id).filter((id) => !visible.includes(id))).toEqual(
			without,
		);
	},
);

test('a child who may be under 13 is asked for no text and never for gender or disability', () => {
	const survey = compileSurvey(student);
	const { visible } = survey.state({ S05: 'name', S06: 'few' }, { grade: 6 });
	const asked = visible.map((id) => survey.question(id));
	expect(asked.filter((question) => question?.kind === 'text')).toEqual([]);
	const fields = asked.map((question) => question?.definition.field);
	expect(fields).not.toContain('gender');
	expect(fields).not.toContain('disability');
});

test('only staff are asked about calling the SRO, only families about their children', () => {
	const survey = compileSurvey(familyStaff);
	expect(survey.state({ F01: 'staff' }, {}).visible).toContain('F09');
	expect(survey.state({ F01: 'parent' }, {}).visible).toContain('FD02');
	const neither = survey.state({ F01: 'alum' }, {}).visible;
	expect(neither).not.toContain('F09');
	expect(neither).not.toContain('FD02');
});

test('the notices are complete in every language and their placeholders agree', () => {
	const file = noticeFileSchema.parse(readJson('notices.json'));
	expect(checkNotices(file)).toEqual([]);
	expect(file.languages.map(({ code }) => code)).toEqual(['en', 'es', 'ar']);
});

test('the surveys name notices that exist', () => {
	const { notices } = noticeFileSchema.parse(readJson('notices.json'));
	const named = [...(student.notices ?? []), ...(familyStaff.notices ?? [])];
	expect(notices.map(({ id }) => id)).toEqual(expect.arrayContaining(named));
});

function readDefinition(path: string): SurveyDefinition {
	const parsed = parseDefinition(readJson(path));
	if (!parsed.ok) {
		throw new Error(`${path}: ${JSON.stringify(parsed.problems)}`);
	}
	return parsed.definition;
}

function readJson(path: string): unknown {
	return JSON.parse(readFileSync(new URL(`../sample/${path}`, import.meta.url), 'utf8'));
}
