import { listCodedExcerpts } from '@throughline/db/queries/results';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { addPerson, emptyTally, type Tally } from './count.ts';
import { type CountedWindow, responseGroups } from './read-window.ts';

/** The open question that stands for all of them together. */
export const ALL_OPEN = 'all';

/**
 * Counts students per theme: a student whose coded answers carry a theme counts once, however
 * often they said it. The base is the students of whom at least one answer has been coded.
 * @param questionId one open question, or `all`.
 */
export async function countThemes(
	db: Kysely<Schema>,
	window: CountedWindow,
	options: { questionId: string; themes: readonly { id: string; key: string }[] },
): Promise<Tally> {
	const keyOf = new Map(options.themes.map((theme) => [theme.id, theme.key]));
	const excerpts = await listCodedExcerpts(db, window);
	const chosen = excerpts.filter(
		(excerpt) => options.questionId === ALL_OPEN || excerpt.questionId === options.questionId,
	);
	const tally = emptyTally(
		`themes-${options.questionId}`,
		options.themes.map((theme) => theme.key),
		true,
	);
	for (const [, own] of Map.groupBy(chosen, (excerpt) => excerpt.responseId)) {
		const [first] = own;
		if (first) {
			const themes = own.flatMap((excerpt) =>
				excerpt.themeIds.flatMap((id) => keyOf.get(id) ?? []),
			);
			addPerson(tally, new Set(themes), responseGroups(window, first));
		}
	}
	return tally;
}
