import type { Example, PriorText } from '@throughline/analysis/coding';
import { listThemes } from '@throughline/db/queries/codebook';
import { type DecidedExcerpt, listDecidedExcerpts } from '@throughline/db/queries/suggestion-model';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';

const PAGE = 2000;

export interface TrainingData {
	examples: Example[];
	prior: PriorText[];
	themeIds: string[];
}

/**
 * What a model of an engagement learns from: its decided excerpts with the themes that count, and
 * the words of its codebook. What to leave out of a theme is no example of it and stays away.
 */
export async function readTrainingData(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<TrainingData> {
	const themes = await listThemes(db, engagementId);
	const known = new Set(themes.map(({ id }) => id));
	const examples: Example[] = [];
	for (let after: string | null = null; ;) {
		const page: DecidedExcerpt[] = await listDecidedExcerpts(db, engagementId, {
			after,
			limit: PAGE,
		});
		for (const { id, text, language, themeIds } of page) {
			examples.push({ id, text, language, themes: themeIds.filter((theme) => known.has(theme)) });
		}
		after = page.at(-1)?.id ?? null;
		if (page.length < PAGE) {
			break;
		}
	}
	const prior = themes.flatMap(({ id, label, definition, include, examples: phrases }) =>
		[label, definition, ...include, ...phrases]
			.filter((text) => text !== '')
			.map((text) => ({ themeId: id, text })),
	);
	return { examples, prior, themeIds: themes.map(({ id }) => id) };
}
