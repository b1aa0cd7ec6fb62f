import { type CodedExcerpt, listCodedExcerpts } from '@throughline/db/queries/results';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { addPerson, emptyTally, type Tally } from './count.ts';
import { type CountedWindow, responseGroups } from './read-window.ts';

/** The open question that stands for all of them together. */
export const ALL_OPEN = 'all';

/** The coded excerpts of a window with the keys of the themes that count on each. */
export interface Codings {
	/** Theme keys by excerpt id: what a release keeps, so that it can be counted again later. */
	themesOf: ReadonlyMap<string, readonly string[]>;
	excerpts: readonly Omit<CodedExcerpt, 'themeIds'>[];
}

/** Reads the codings that count now. */
export async function readCodings(
	db: Kysely<Schema>,
	window: CountedWindow,
	themes: readonly { id: string; key: string }[],
): Promise<Codings> {
	const keyOf = new Map(themes.map((theme) => [theme.id, theme.key]));
	const excerpts = await listCodedExcerpts(db, window);
	return {
		excerpts,
		themesOf: new Map(
			excerpts.map((excerpt) => [
				excerpt.excerptId,
				excerpt.themeIds.flatMap((id) => keyOf.get(id) ?? []),
			]),
		),
	};
}

/**
 * Counts students per theme: a student whose coded answers carry a theme counts once, however
 * often they said it. The base is the students of whom at least one answer has been coded.
 * @param options.questionId one open question, or `all`.
 */
export function countThemes(
	window: CountedWindow,
	codings: Codings,
	options: { questionId: string; themeKeys: readonly string[] },
): Tally {
	const chosen = codings.excerpts.filter(
		(excerpt) =>
			codings.themesOf.has(excerpt.excerptId) &&
			(options.questionId === ALL_OPEN || excerpt.questionId === options.questionId),
	);
	const tally = emptyTally(`themes-${options.questionId}`, [...options.themeKeys], true);
	for (const [, own] of Map.groupBy(chosen, (excerpt) => excerpt.responseId)) {
		const [first] = own;
		if (first) {
			const themes = own.flatMap((excerpt) => codings.themesOf.get(excerpt.excerptId) ?? []);
			addPerson(tally, new Set(themes), responseGroups(window, first));
		}
	}
	return tally;
}
