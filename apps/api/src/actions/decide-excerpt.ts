import {
	addStep,
	type CoderKey,
	type DecisionKey,
	findDecision,
	findStep,
	hasReveal,
	lockCoder,
	markStep,
	writeDecision,
} from '@throughline/db/queries/coding';
import { listThemes } from '@throughline/db/queries/codebook';
import { findExcerpt } from '@throughline/db/queries/coding-queue';
import type { DecisionState } from '@throughline/db/schema';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';

/** The codebook's unit is one idea; more themes than this on one answer say nothing any more. */
export const MAX_THEMES = 4;

type Decision = NonNullable<DecisionState>;

/**
 * Stores which themes a coder puts on an excerpt, none included, and how to undo it. Sending the
 * same decision again changes nothing. A decision made after the coder has seen suggestions or
 * others' codings is marked so.
 * @throws AppError 404 `not_found`; 409 `blank_words`; 422 `invalid_input` for themes that cannot
 * be used.
 */
export async function decideExcerpt(
	deps: Pick<Deps, 'db' | 'clock' | 'random' | 'suggestions'>,
	key: DecisionKey,
	themeIds: readonly string[],
): Promise<Decision> {
	const decided = await deps.db.transaction().execute(async (trx) => {
		await lockCoder(trx, key);
		const excerpt = await findExcerpt(trx, key);
		if (!excerpt) {
			throw notFound();
		}
		if (excerpt.isNonAnswer) {
			throw new AppError(
				'blank_words',
				409,
				'This answer is kept apart as blank words. Bring it back into the queue first.',
			);
		}
		const before = await findDecision(trx, key);
		const wanted = await checkThemes(trx, key.engagementId, themeIds);
		if (before && sameThemes(before.themeIds, wanted)) {
			return { decision: before, isNew: false };
		}
		const isInformed = (before?.sawSuggestions ?? false) || (await hasReveal(trx, key));
		const after: Decision = { themeIds: wanted, sawSuggestions: isInformed };
		await writeDecision(trx, key, { state: after, decidedAt: deps.clock() });
		await addStep(trx, { ...key, id: deps.random.uuid7(), before, after });
		return { decision: after, isNew: true };
	});
	if (decided.isNew) {
		deps.suggestions.noteDecision(key.engagementId);
	}
	return decided.decision;
}

/**
 * Takes a coder's last decision back, or repeats the last one taken back. As many steps as there
 * are, whatever was reloaded meanwhile.
 * @returns the excerpt it was about, and what stands there now.
 * @throws AppError 409 `nothing_to_undo`, `nothing_to_redo`.
 */
export async function stepDecision(
	deps: Pick<Deps, 'db' | 'clock' | 'suggestions'>,
	coder: CoderKey,
	direction: 'undo' | 'redo',
): Promise<{ excerptId: string; decision: DecisionState }> {
	const stepped = await deps.db.transaction().execute(async (trx) => {
		await lockCoder(trx, coder);
		const step = await findStep(trx, coder, direction);
		if (!step) {
			throw nothingLeft(direction);
		}
		const { excerptId } = step;
		const state = direction === 'undo' ? step.before : step.after;
		await writeDecision(trx, { ...coder, excerptId }, { state, decidedAt: deps.clock() });
		await markStep(trx, { ...coder, id: step.id }, direction === 'undo');
		return { excerptId, decision: state };
	});
	deps.suggestions.noteDecision(coder.engagementId);
	return stepped;
}

/**
 * The themes wanted, each once, in a fixed order.
 * @throws AppError 422 when there are too many, or one is not in the codebook.
 */
export async function checkThemes(
	db: Parameters<typeof listThemes>[0],
	engagementId: string,
	themeIds: readonly string[],
): Promise<string[]> {
	const wanted = [...new Set(themeIds)].sort();
	const known = new Set((await listThemes(db, engagementId)).map(({ id }) => id));
	const why =
		wanted.length > MAX_THEMES
			? `Choose at most ${MAX_THEMES} themes: take some away.`
			: 'One of these themes is not in the codebook any more. Load the page again.';
	if (wanted.length > MAX_THEMES || wanted.some((id) => !known.has(id))) {
		throw new AppError('invalid_input', 422, why, { fields: { themeIds: why } });
	}
	return wanted;
}

/** Both in the same order. */
function sameThemes(one: readonly string[], other: readonly string[]): boolean {
	return one.join() === other.join();
}

function nothingLeft(direction: 'undo' | 'redo'): AppError {
	return direction === 'undo'
		? new AppError('nothing_to_undo', 409, 'There is no decision of yours left to undo.')
		: new AppError('nothing_to_redo', 409, 'There is nothing to redo.');
}
