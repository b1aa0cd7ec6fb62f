import {
	rewriteAccessCodes,
	rewriteDrafts,
	rewriteEnvelopes,
} from '@throughline/db/queries/ballot-rewrite';
import {
	countResponses,
	countSpent,
	createMergedCohort,
	insertOpening,
	insertResponses,
	listCohorts,
	listEnvelopePage,
	lockOpening,
	markOpening,
	readOpening,
} from '@throughline/db/queries/opening';
import type { Schema, StoredAnswers } from '@throughline/db/schema';
import type { Kysely, Transaction } from 'kysely';
import { openEnvelope } from '../ballot/envelope.ts';
import { openingKey } from '../ballot/epoch-keys.ts';
import { planMerge } from '../ballot/merge-cohorts.ts';
import { shuffle } from '../ballot/shuffle.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { createExcerpts } from './create-excerpts.ts';

const PAGE = 500;
/** However small the groups an engagement shows, answers are shuffled in piles of at least ten. */
const SMALLEST_PILE = 10;

type OpeningDeps = Pick<Deps, 'db' | 'keys' | 'random' | 'clock'>;

interface WindowKey {
	engagementId: string;
	windowId: string;
}

interface SealedWindow extends WindowKey {
	epoch: number;
	shelf: number;
}

interface OpenedResponse {
	id: string;
	cohortId: string;
	answers: StoredAnswers;
}

/** What has just been done when a process dies: for tests that let it die there. */
export type OpeningStep =
	| 'decrypted'
	| 'inserted'
	| 'opened'
	| 'envelopes rewritten'
	| 'drafts rewritten'
	| 'codes rewritten';

export interface OpeningOptions {
	/** Told after each step, inside the transaction where there is one. */
	afterStep?(step: OpeningStep): void;
}

/**
 * Opens a closed window: every envelope is decrypted, cohorts too small to stand alone are merged
 * upward, and the answers are shuffled and written as responses, in one transaction. Then envelopes,
 * drafts and codes are written to new files, each in a transaction of its own, so that nothing is
 * left of when a row was written. Only this job reads envelopes, and results exist only after it.
 *
 * Safe to repeat, and to interrupt anywhere: what is done stays, what is missing is done next time.
 * @returns how many responses were opened this time.
 * @throws AppError `window_not_closed` while the window still takes answers.
 */
export async function openEnvelopes(
	deps: OpeningDeps,
	key: WindowKey,
	options: OpeningOptions = {},
): Promise<{ opened: number }> {
	const done = (step: OpeningStep) => options.afterStep?.(step);
	const spent = await countSpentOfClosed(deps.db, key);
	const opened = await deps.db.transaction().execute(async (trx) => {
		await lockOpening(trx, key);
		const window = await readWindow(trx, key, 'for update');
		if (window.status === 'opened') {
			return 0;
		}
		const responses = await decryptAndMerge(deps, trx, { ...key, ...window });
		if (responses.length !== spent) {
			throw stopped({ envelopes: responses.length, 'spent codes': spent });
		}
		done('decrypted');
		shuffle(responses, deps.random);
		await insertResponses(trx, key, responses);
		const stored = await countResponses(trx, key);
		if (stored !== responses.length) {
			throw stopped({ envelopes: responses.length, responses: stored });
		}
		await logOpening(deps, trx, { ...key, epoch: window.epoch, responses });
		await createExcerpts(deps, trx, key);
		await setOpened(trx, key);
		done('inserted');
		return responses.length;
	});
	done('opened');
	await rewriteTables(deps, key, done);
	return { opened };
}

async function rewriteTables(
	deps: OpeningDeps,
	key: WindowKey,
	done: (step: OpeningStep) => void,
): Promise<void> {
	const opening = await readOpening(deps.db, key);
	if (opening?.rewrittenOn !== null) {
		return;
	}
	const { shelf } = await readWindow(deps.db, key);
	await deps.db.transaction().execute((trx) => rewriteEnvelopes(trx, shelf));
	done('envelopes rewritten');
	await deps.db.transaction().execute(rewriteDrafts);
	done('drafts rewritten');
	await deps.db.transaction().execute(rewriteAccessCodes);
	done('codes rewritten');
	await markOpening(deps.db, key, { step: 'rewritten_on', day: dayOf(deps) });
}

/**
 * Counted outside the transaction that writes responses: that one does not touch the codes, not
 * even to look. @throws AppError `window_not_closed`.
 */
async function countSpentOfClosed(db: Kysely<Schema>, key: WindowKey): Promise<number> {
	const { status } = await readWindow(db, key);
	if (status !== 'closed' && status !== 'opened') {
		throw new AppError(
			'window_not_closed',
			409,
			'Answers are opened after the window has closed. Close the window first.',
		);
	}
	return await countSpent(db, key);
}

async function readWindow(db: Kysely<Schema>, key: WindowKey, lock?: 'for update') {
	const query = db
		.selectFrom('survey_window')
		.select(['status', 'epoch', 'shelf'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.windowId);
	const window = await (lock ? query.forUpdate() : query).executeTakeFirst();
	if (!window) {
		throw new AppError('window_not_found', 404, 'There is no such survey window.');
	}
	return window;
}

async function setOpened(trx: Transaction<Schema>, key: WindowKey): Promise<void> {
	await trx
		.updateTable('survey_window')
		.set({ status: 'opened' })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.windowId)
		.execute();
}

async function decryptAndMerge(
	deps: OpeningDeps,
	trx: Transaction<Schema>,
	{ epoch, shelf, ...key }: SealedWindow,
): Promise<OpenedResponse[]> {
	const responses = await decryptAll(deps, trx, { ...key, epoch, shelf });
	const cohorts = await listCohorts(trx, key);
	const { min_n: minimum } = await trx
		.selectFrom('engagement')
		.select('min_n')
		.where('id', '=', key.engagementId)
		.executeTakeFirstOrThrow();
	const piles = Map.groupBy(responses, (response) => response.cohortId);
	const plan = planMerge(
		cohorts.map((cohort) => ({
			id: cohort.id,
			siteId: cohort.site_id,
			count: piles.get(cohort.id)?.length ?? 0,
		})),
		Math.max(minimum, SMALLEST_PILE),
	);
	const target = await createTargets(deps, trx, { ...key, plan });
	return responses.map((response) => ({ ...response, cohortId: target(response.cohortId) }));
}

/** Decrypts page by page: a large window's envelopes would fill the memory. */
async function decryptAll(
	deps: OpeningDeps,
	trx: Transaction<Schema>,
	{ epoch, shelf, ...key }: SealedWindow,
): Promise<OpenedResponse[]> {
	const epochKey = await openingKey({ ...deps, db: trx }, { ...key, epoch });
	if (!epochKey) {
		return [];
	}
	const responses: OpenedResponse[] = [];
	for (let after: string | null = null; ;) {
		const page: Awaited<ReturnType<typeof listEnvelopePage>> = await listEnvelopePage(trx, {
			...key,
			shelf,
			after,
			limit: PAGE,
		});
		for (const { cohortId, body } of page) {
			const answers = openEnvelope(body, { key: epochKey, cohortId });
			responses.push({ id: deps.random.uuid4(), cohortId, answers });
		}
		const last = page.at(-1);
		if (!last || page.length < PAGE) {
			return responses;
		}
		after = last.id;
	}
}

/** Makes the wider cohorts of a plan and says where each narrow cohort's answers go. */
async function createTargets(
	deps: Pick<Deps, 'random'>,
	trx: Transaction<Schema>,
	options: WindowKey & { plan: ReturnType<typeof planMerge> },
): Promise<(cohortId: string) => string> {
	const { plan, ...key } = options;
	const targets = new Map<string, string>();
	const piles: [string | null, string[]][] = [...plan.toSite, [null, plan.toDistrict]];
	for (const [siteId, members] of piles) {
		if (members.length === 0) {
			continue;
		}
		const id = deps.random.uuid7();
		await createMergedCohort(trx, { ...key, id, siteId });
		members.forEach((member) => targets.set(member, id));
	}
	return (cohortId) => targets.get(cohortId) ?? cohortId;
}

async function logOpening(
	deps: Pick<Deps, 'clock'>,
	trx: Transaction<Schema>,
	options: WindowKey & { epoch: number; responses: OpenedResponse[] },
): Promise<void> {
	const piles = Map.groupBy(options.responses, (response) => response.cohortId);
	const openedOn = dayOf(deps);
	for (const [cohortId, responses] of [...piles].sort()) {
		await trx
			.insertInto('opening_log')
			.values({
				engagement_id: options.engagementId,
				window_id: options.windowId,
				cohort_id: cohortId,
				epoch: options.epoch,
				n: responses.length,
				opened_on: openedOn,
			})
			.execute();
	}
	await insertOpening(trx, { ...options, openedOn });
}

function dayOf({ clock }: Pick<Deps, 'clock'>): string {
	return clock().toISOString().slice(0, 10);
}

function stopped(counts: Record<string, number>): Error {
	const found = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
	return new Error(`Opening stopped: ${found.join(', ')}. Nothing was changed.`);
}
