import { type Command, UsageError } from '../command.ts';
import { readJson } from '../read-file.ts';

export const surveyImport: Command = {
	name: 'survey import',
	summary: 'Publish a survey of a JSON file in an engagement.',
	usage: 'FILE.json --engagement SLUG',
	details:
		'The survey’s id is its key. A survey of that key gets another version, which windows made from now\non may use; open windows keep theirs. What survey check finds wrong is refused. The format is in\ndocs/survey-format.md.',
	options: { engagement: { type: 'string', value: 'SLUG', words: 'Which engagement.' } },
	examples: ['survey import survey.json --engagement eng-2026-sro'],
	async run(input, io) {
		const [file, ...more] = input.positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one JSON file.');
		}
		const slug = input.need('engagement');
		const { parseDefinition } = await import('@throughline/survey-engine');
		const { publishSurvey } = await import('../../actions/publish-survey.ts');
		const { findEngagementBySlug } = await import('../find-engagement.ts');
		const { withDeps } = await import('../with-database.ts');
		const parsed = parseDefinition(await readJson(io, file));
		if (!parsed.ok) {
			const [first] = parsed.problems;
			const why = first ? ` (${first.path}: ${first.message})` : '';
			throw new UsageError(`${file} is no valid survey${why}. survey check lists everything.`);
		}
		const { definition } = parsed;
		const made = await withDeps(io, 'throughline survey import', async (deps) => {
			const { id } = await findEngagementBySlug(deps.db, slug);
			return publishSurvey(deps, id, { definition, personId: null });
		});
		const document = {
			key: definition.id,
			number: made.number,
			hash: made.hash,
			isNew: made.isNew,
		};
		const what = `‘${definition.id}’, version ${made.number}`;
		io.print(
			document,
			made.isNew ? `Published: ${what}.` : `Nothing has changed: ${what} is this survey.`,
		);
	},
};
