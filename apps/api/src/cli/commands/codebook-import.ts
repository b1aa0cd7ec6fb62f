import { type Command, UsageError } from '../command.ts';
import { readJson } from '../read-file.ts';

export const codebookImport: Command = {
	name: 'codebook import',
	summary: 'Give an engagement the codebook of a JSON file.',
	usage: 'FILE.json --engagement SLUG',
	details:
		'FILE holds { "title", "unit"?, "groups": [{ "key"?, "label", "themes": [{ "key"?, "label",\n"definition"?, "include"?, "exclude"?, "examples"? }] }] }. Keys not given are A, A1, A2, B, B1 …;\n"id" is taken for "key" and "example_phrases" for "examples".\nAn engagement has one codebook: its words are edited on the codebook page.',
	options: { engagement: { type: 'string', value: 'SLUG', words: 'Which engagement.' } },
	examples: ['codebook import codebook.json --engagement eng-2026-sro'],
	async run(input, io) {
		const [file, ...more] = input.positionals;
		if (file === undefined || more.length > 0) {
			throw new UsageError('Give one JSON file.');
		}
		const slug = input.need('engagement');
		const { codebookFile, importCodebook } = await import('../../actions/import-codebook.ts');
		const { findEngagementBySlug } = await import('../find-engagement.ts');
		const { withDeps } = await import('../with-database.ts');
		const parsed = codebookFile.safeParse(await readJson(io, file));
		if (!parsed.success) {
			const [issue] = parsed.error.issues;
			throw new UsageError(
				`${file} is no codebook (at ${issue?.path.join('.')}: ${issue?.message}).`,
			);
		}
		const made = await withDeps(io, 'throughline codebook import', async (deps) => {
			const { id } = await findEngagementBySlug(deps.db, slug);
			return importCodebook(deps, id, parsed.data);
		});
		io.print(made, `The codebook has ${made.groups} groups and ${made.themes} themes.`);
	},
};
