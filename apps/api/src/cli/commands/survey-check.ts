import { checkDefinitionFile, type FileCheck } from '@throughline/survey-engine';
import { type Command, UsageError } from '../command.ts';
import { readText } from '../read-file.ts';

export const surveyCheck: Command = {
	name: 'survey check',
	summary: 'Check survey files and say what is wrong where.',
	usage: 'FILE…',
	details:
		'Takes survey definitions in JSON. Workbooks (.xls, .xlsx) cannot be read yet; each gets a verdict\nthat says so. The exit status is 1 when a file is not valid.',
	options: {},
	examples: ['survey check survey.json', 'survey check --json *.json'],
	async run({ positionals }, io) {
		if (positionals.length === 0) {
			throw new UsageError('Give at least one file.');
		}
		const checks: FileCheck[] = [];
		for (const file of positionals) {
			checks.push(checkDefinitionFile(file, await readText(io, file)));
		}
		io.print(checks, checks.map(inWords).join('\n'));
		if (checks.some((check) => !check.valid)) {
			io.fail();
		}
	},
};

function inWords(check: FileCheck): string {
	const verdict = check.valid ? 'valid' : 'not valid';
	const counts = `${check.questions} questions, languages: ${check.languages.join(', ') || 'none'}`;
	const problems = check.problems.map(({ sheet, cell, severity, message }) => {
		const where = [sheet, cell].filter((part) => part !== null).join(' ');
		return `  ${severity}${where === '' ? '' : ` at ${where}`}: ${message}`;
	});
	return [`${check.file}: ${verdict} (${counts})`, ...problems].join('\n');
}
