import type { Suggestion } from '@throughline/analysis/coding';
import { type DecisionKey, findDecision, noteReveal } from '@throughline/db/queries/coding';
import { findExcerpt } from '@throughline/db/queries/coding-queue';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { decideFirst } from './settle-disagreement.ts';

/**
 * Suggestions for an excerpt, for a coder who has decided on it. That they were seen is written
 * down before they are given; null while there is no model yet.
 * @throws AppError 404 `not_found`; 409 `decide_first`.
 */
export async function revealSuggestions(
	{ db, suggestions }: Pick<Deps, 'db' | 'suggestions'>,
	key: DecisionKey,
): Promise<Suggestion[] | null> {
	const excerpt = await findExcerpt(db, key);
	if (!excerpt) {
		throw notFound();
	}
	if ((await findDecision(db, key)) === null) {
		throw decideFirst();
	}
	const found = await suggestions.suggest(key.engagementId, excerpt.text);
	if (found !== null) {
		await noteReveal(db, key, 'suggestions');
	}
	return found;
}
