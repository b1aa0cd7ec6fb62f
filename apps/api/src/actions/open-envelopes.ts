import {
	countResponses,
	createMergedCohort,
	deleteSealed,
	insertResponses,
	listCohorts,
	listEnvelopePage,
	rebuildAccessCodes,
} from '@throughline/db/queries/opening';
import { sql, type Transaction } from 'kysely';
import type { Schema, StoredAnswers } from '@throughline/db/schema';
import { openEnvelope } from '../ballot/envelope.ts';
import { planMerge } from '../ballot/merge-cohorts.ts';
import { shuffle } from '../ballot/shuffle.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { createExcerpts } from './create-excerpts.ts';

const PAGE = 500;

interface WindowKey {
	engagementId: string;
	windowId: string;
}

interface OpenedResponse {
	id: string;
	cohortId: string;
	answers: StoredAnswers;
}

/**
 * Opens a closed window: every envelope is decrypted, cohorts too small to stand alone are merged
 * upward, the answers are shuffled and written as responses, and the envelopes and drafts are
 * taken away, in one transaction. A second transaction writes the code table anew without its
 * submission ids. Only this job reads envelopes, and results exist only after it.
 *
 * Safe to repeat: an opened window is left as it is.
 * @returns how many responses were opened.
 * @throws AppError `window_not_closed` while the window still takes answers.
 */
export async function openEnvelopes(
	deps: Pick<Deps, 'db' | 'keys' | 'random' | 'clock'>,
	key: WindowKey,
): Promise<{ opened: number }> {
	const opened = await deps.db.transaction().execute(async (trx) => {
		const window = await lockWindow(trx, key);
		if (window.status === 'opened') {
			return 0;
		}
		if (window.status !== 'closed') {
			throw new AppError(
				'window_not_closed',
				409,
				'Answers are opened after the window has closed. Close the window first.',
			);
		}
		const responses = await decryptAndMerge(deps, trx, key);
		shuffle(responses, deps.random);
		await insertResponses(trx, key, responses);
		await deleteSealed(trx, key);
		await logOpening(deps, trx, { ...key, epoch: window.epoch, responses });
		await checkCount(trx, key, responses.length);
		await createExcerpts(deps, trx, key);
		await trx
			.updateTable('survey_window')
			.set({ status: 'opened' })
			.where('engagement_id', '=', key.engagementId)
			.where('id', '=', key.windowId)
			.execute();
		return responses.length;
	});
	await deps.db.transaction().execute((trx) => rebuildAccessCodes(trx, key));
	return { opened };
}

async function lockWindow(trx: Transaction<Schema>, key: WindowKey) {
	const window = await trx
		.selectFrom('survey_window')
		.select(['status', 'epoch'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.windowId)
		.forUpdate()
		.executeTakeFirst();
	if (!window) {
		throw new AppError('window_not_found', 404, 'There is no such survey window.');
	}
	return window;
}

async function decryptAndMerge(
	deps: Pick<Deps, 'keys' | 'random'>,
	trx: Transaction<Schema>,
	key: WindowKey,
): Promise<OpenedResponse[]> {
	const responses = await decryptAll(deps, trx, key);
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
		minimum,
	);
	const target = await createTargets(deps, trx, { ...key, plan });
	return responses.map((response) => ({ ...response, cohortId: target(response.cohortId) }));
}

/** Decrypts page by page: a large window's envelopes would fill the memory. */
async function decryptAll(
	deps: Pick<Deps, 'keys' | 'random'>,
	trx: Transaction<Schema>,
	key: WindowKey,
): Promise<OpenedResponse[]> {
	const responses: OpenedResponse[] = [];
	for (let after: string | null = null; ;) {
		const page: Awaited<ReturnType<typeof listEnvelopePage>> = await listEnvelopePage(trx, {
			...key,
			after,
			limit: PAGE,
		});
		for (const { cohortId, epoch, body } of page) {
			const epochKey = await deps.keys.epochKey(key.windowId, epoch);
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
	const day = deps.clock().toISOString().slice(0, 10);
	for (const [cohortId, responses] of [...piles].sort()) {
		await trx
			.insertInto('opening_log')
			.values({
				engagement_id: options.engagementId,
				window_id: options.windowId,
				cohort_id: cohortId,
				epoch: options.epoch,
				n: responses.length,
				opened_on: day,
			})
			.execute();
	}
}

async function checkCount(
	trx: Transaction<Schema>,
	key: WindowKey,
	expected: number,
): Promise<void> {
	const stored = await countResponses(trx, key);
	const spent = await sql<{ n: number }>`
		select count(*)::int as n from access_code
		where engagement_id = ${key.engagementId} and window_id = ${key.windowId} and state = 1
	`.execute(trx);
	if (stored !== expected || spent.rows[0]?.n !== expected) {
		throw new Error(
			`Opening stopped: ${expected} envelopes, ${stored} responses, ${spent.rows[0]?.n} spent codes. Nothing was changed.`,
		);
	}
}
