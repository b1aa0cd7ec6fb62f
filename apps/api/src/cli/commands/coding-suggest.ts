import type { Model, Suggestion } from '@throughline/analysis/coding';
import type { ThemeRow } from '@throughline/db/queries/codebook';
import type { Deps } from '../../deps.ts';
import { type Command, type Input, type Io, UsageError } from '../command.ts';
import { readText } from '../read-file.ts';

export const codingSuggest: Command = {
	name: 'coding suggest',
	summary: 'Suggest themes for texts, with the words that led to them.',
	usage: '--engagement SLUG TEXT | --file FILE',
	details:
		'Uses the engagement’s stored model, which the server trains while people code; without one it\ntrains on the decisions and the codebook there are. FILE holds one text on each line. Suggestions\nare for comparing with a person’s decision, never to be counted.',
	options: {
		engagement: { type: 'string', value: 'SLUG', words: 'Which engagement.' },
		file: { type: 'string', value: 'FILE', words: 'Read texts from a file, one a line.' },
	},
	examples: [
		'coding suggest --engagement eng-2026-sro "The bus loop feels safer now" --json',
		'coding suggest --engagement eng-2026-sro --file answers.txt --json',
	],
	async run(input, io) {
		const { withDeps } = await import('../with-database.ts');
		const texts = await readTexts(input, io);
		const found = await withDeps(io, 'throughline coding suggest', (deps) =>
			suggestFor(deps, input.need('engagement'), texts),
		);
		io.print(found, found.map(wordsOf).join('\n\n'));
	},
};

async function readTexts(input: Input, io: Io): Promise<string[]> {
	const file = input.text('file');
	const [text, ...more] = input.positionals;
	if ((text === undefined) === (file === undefined) || more.length > 0) {
		throw new UsageError('Give one text in quotes, or a --file.');
	}
	if (file === undefined) {
		return text === undefined ? [] : [text];
	}
	return (await readText(io, file)).split(/\r?\n/).filter((line) => line.trim() !== '');
}

async function suggestFor(deps: Deps, slug: string, texts: readonly string[]) {
	const { suggest } = await import('@throughline/analysis/coding');
	const { listThemes } = await import('@throughline/db/queries/codebook');
	const { findEngagementBySlug } = await import('../find-engagement.ts');
	const { id } = await findEngagementBySlug(deps.db, slug);
	const themes = await listThemes(deps.db, id);
	if (themes.length === 0) {
		throw new UsageError('This engagement has no codebook yet: import one first.');
	}
	const model = await readModel(deps, id);
	return texts.map((text) => present(text, suggest(model, text), themes));
}

async function readModel({ db }: Deps, engagementId: string): Promise<Model> {
	const { deserialiseModel, trainModel } = await import('@throughline/analysis/coding');
	const { findSuggestionModel } = await import('@throughline/db/queries/suggestion-model');
	const { readTrainingData } = await import('../../coding/training-data.ts');
	const stored = await findSuggestionModel(db, engagementId);
	if (stored) {
		return deserialiseModel(stored.body);
	}
	const { examples, prior, themeIds } = await readTrainingData(db, engagementId);
	return trainModel(examples, { themes: themeIds, prior, isMultiple: true });
}

function present(text: string, found: readonly Suggestion[], themes: readonly ThemeRow[]) {
	const suggestions = found.flatMap(({ themeId, score, confidence, evidence }) => {
		const theme = themes.find(({ id }) => id === themeId);
		const words = evidence.map(({ start, end, text: word }) => ({ start, end, text: word }));
		return theme
			? [{ theme: theme.key, label: theme.label, confidence, score, evidence: words }]
			: [];
	});
	return { text, suggestions };
}

function wordsOf({ text, suggestions }: ReturnType<typeof present>): string {
	const rows = suggestions.map(
		({ theme, label, confidence, evidence }) =>
			`  ${theme} ${label} (${confidence}): ${evidence.map((word) => word.text).join(', ')}`,
	);
	return [text, ...(rows.length === 0 ? ['  no suggestion'] : rows)].join('\n');
}
