import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	checkDefinitionFile,
	functionNames,
	surveyDefinitionSchema,
} from '@throughline/survey-engine';
import { root } from '../stages/command.ts';

const FILE = 'docs/survey-format.md';

/**
 * Where docs/survey-format.md does not say what the survey engine does: a question type without a
 * heading, a function or a key that is not named, an example that is no valid survey.
 */
export async function checkSurveyFormat(): Promise<string[]> {
	const text = await readFile(join(root, FILE), 'utf8');
	const { shape } = surveyDefinitionSchema;
	const types = shape.questions.element.options.map((question) => question.shape.type.value);
	const keys = [
		...Object.keys(shape),
		...shape.questions.element.options.flatMap((question) => Object.keys(question.shape)),
	];
	return [
		...types
			.filter((type) => !text.includes(`\n### ${type}\n`))
			.map((type) => `${FILE} has no heading for the question type '${type}'.`),
		...functionNames
			.filter((name) => !text.includes(`\`${name}(`))
			.map((name) => `${FILE} does not name the function ${name}().`),
		...[...new Set(keys)]
			.filter((key) => !text.includes(`\`${key}`))
			.map((key) => `${FILE} does not name the key '${key}'.`),
		...checkExamples(text),
	];
}

function checkExamples(text: string): string[] {
	const examples = [...text.matchAll(/```json\n([^]*?)```/g)].map(([, example = '']) => example);
	const problems = examples.flatMap((example) =>
		checkDefinitionFile('example.json', example).problems.map(
			({ cell, message }) => `${FILE}: its example cannot be used. ${cell}: ${message}`,
		),
	);
	return examples.length === 0 ? [`${FILE} has no example.`] : problems;
}
