import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { type DecisionKey, noteReveal } from '@throughline/db/queries/coding';
import {
	deleteSettlement,
	findSettlement,
	listDecisionsOn,
	type Settlement,
	writeSettlement,
} from '@throughline/db/queries/disagreement';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { checkThemes } from './decide-excerpt.ts';

/** What the coders of an excerpt decided, as one of them may see it. */
export interface Comparison {
	own: string[];
	others: string[][];
	settlement: Settlement | undefined;
}

/**
 * Shows a coder what the others decided on an excerpt. Only once they have decided themselves;
 * whatever they change from then on is not blind any more.
 * @throws AppError 404 `not_found` where another has not decided; 409 `decide_first`.
 */
export async function compareDecisions(
	{ db }: Pick<Deps, 'db'>,
	key: DecisionKey,
): Promise<Comparison> {
	const decisions = await listDecisionsOn(db, key);
	const own = decisions.find(({ coderId }) => coderId === key.coderId);
	if (!own) {
		throw decideFirst();
	}
	const others = decisions.filter((decision) => decision !== own);
	if (others.length === 0) {
		throw notFound();
	}
	await noteReveal(db, key, 'codings');
	return {
		own: own.themeIds,
		others: others.map(({ themeIds }) => themeIds),
		settlement: await findSettlement(db, key),
	};
}

/**
 * Settles a disagreement: these themes count on the excerpt, whoever put which.
 * @throws AppError as compareDecisions; 422 `invalid_input`.
 */
export async function settleDisagreement(
	deps: Pick<Deps, 'db' | 'random' | 'suggestions'>,
	key: DecisionKey,
	settlement: { themeIds: readonly string[]; note: string },
): Promise<void> {
	await compareDecisions(deps, key);
	await deps.db.transaction().execute(async (trx) => {
		const themeIds = await checkThemes(trx, key.engagementId, settlement.themeIds);
		await writeSettlement(trx, key, { themeIds, note: settlement.note });
		await record(deps, trx, { ...key, action: 'disagreement.settled' });
	});
	deps.suggestions.noteDecision(key.engagementId);
}

/** Takes a settlement back. @throws AppError as compareDecisions. */
export async function unsettleDisagreement(
	deps: Pick<Deps, 'db' | 'random' | 'suggestions'>,
	key: DecisionKey,
): Promise<void> {
	await compareDecisions(deps, key);
	await deps.db.transaction().execute(async (trx) => {
		if (!(await deleteSettlement(trx, key))) {
			throw notFound();
		}
		await record(deps, trx, { ...key, action: 'disagreement.unsettled' });
	});
	deps.suggestions.noteDecision(key.engagementId);
}

export function decideFirst(): AppError {
	return new AppError(
		'decide_first',
		409,
		'Decide on this excerpt first. What others or the suggestions say is shown afterwards.',
	);
}

function record(
	{ random }: Pick<Deps, 'random'>,
	trx: Parameters<typeof writeAuditEntry>[0],
	{ engagementId, coderId, excerptId, action }: DecisionKey & { action: string },
): Promise<void> {
	return writeAuditEntry(trx, {
		engagementId,
		id: random.uuid7(),
		personId: coderId,
		action,
		target: excerptId,
	});
}
