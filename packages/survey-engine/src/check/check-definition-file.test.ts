import { expect, test } from 'vitest';
import { definitionOf, single } from '../example-survey.ts';
import { checkDefinitionFile } from './check-definition-file.ts';

const definition = definitionOf([single('Q1', ['a'], { relevance: '${Q2} = 1' })]);

test('a good file is valid and counted', () => {
	const text = '\uFEFF' + JSON.stringify(definitionOf([single('Q1', ['a'])]));
	expect(checkDefinitionFile('survey.json', text)).toEqual({
		file: 'survey.json',
		valid: true,
		problems: [],
		questions: 1,
		languages: ['en'],
	});
});

test('a problem says where it is and what to do', () => {
	const verdict = checkDefinitionFile('survey.json', JSON.stringify(definition));
	expect(verdict.valid).toBe(false);
	expect(verdict.problems).toEqual([
		{
			sheet: null,
			cell: 'questions[0].relevance',
			severity: 'error',
			message: "Character 1: There is no question 'Q2'. Correct the name in ${…}.",
		},
	]);
});

test.each([
	['form.xls', '', 'save it as .xlsx'],
	['FORM.XLSX', '', 'give the survey as .json'],
	['survey.json', '{', 'The file is not JSON'],
	['survey.json', '[]', 'expected object'],
	['survey.json', 'null', 'expected object'],
])('%s with the content %j is refused', (file, text, message) => {
	const verdict = checkDefinitionFile(file, text);
	expect(verdict).toMatchObject({ file, valid: false, questions: 0, languages: [] });
	expect(verdict.problems[0]?.message).toContain(message);
});
