import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { listFindings, listRecommendations } from '@throughline/db/queries/decisions';
import {
	insertRecommendation,
	lockRecommendations,
	nextRecommendationKey,
	type RecommendationWords,
	replaceFindings,
	rewriteRecommendation,
} from '@throughline/db/queries/recommendation';
import { listOpenFlagsOf } from '@throughline/db/queries/review-flag';
import type { RecommendationStatus, Schema, StaffRole } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import {
	isTextOpen,
	maySet,
	needsEvidence,
	needsReason,
	nextStatuses,
} from '../decisions/transitions.ts';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { RecommendationBody } from '../routes/recommendations/schema.ts';
import { refuseStale } from './changed-meanwhile.ts';

type Own = Pick<Deps, 'db' | 'clock' | 'random'>;
type Key = { engagementId: string; recommendationId: string };
type Row = Awaited<ReturnType<typeof listRecommendations>>[number];

/** Writes a recommendation, as a draft, with the next free key. */
export async function createRecommendation(
	deps: Own,
	engagementId: string,
	{ body, personId }: { body: RecommendationBody; personId: string },
): Promise<{ id: string }> {
	const id = deps.random.uuid7();
	await deps.db.transaction().execute(async (trx) => {
		await lockRecommendations(trx, engagementId);
		const key = await nextRecommendationKey(trx, engagementId);
		const words = { ...wordsOf(body), status: 'draft' as const, reason: null };
		const own = { engagementId, recommendationId: id };
		await insertRecommendation(trx, own, { key, words, personId, now: deps.clock() });
		await audit(trx, deps, { key: own, personId, action: 'recommendation.created' });
	});
	return { id };
}

/**
 * Writes new words and keeps the old as a version.
 * @throws AppError 409 `recommendation_approved` for text or category of an approved one; 409
 * `changed_meanwhile`.
 */
export async function editRecommendation(
	deps: Own,
	key: Key,
	change: { body: RecommendationBody; version: number; personId: string },
): Promise<void> {
	const { body, version, personId } = change;
	await deps.db.transaction().execute(async (trx) => {
		const row = await lockOne(trx, key);
		const isOther = row.text !== body.text || row.category !== body.category;
		if (isOther && !isTextOpen(row.status)) {
			throw new AppError(
				'recommendation_approved',
				409,
				'What was approved must not change: set it back to review first. Owner, measure and target can change at any time.',
			);
		}
		const { status, reason } = row;
		const words = { ...wordsOf(body), status, reason };
		const now = deps.clock();
		refuseStale(await rewriteRecommendation(trx, key, { words, version, personId, now }));
		await audit(trx, deps, { key, personId, action: 'recommendation.changed' });
	});
}

/**
 * Takes the next step of the pipeline.
 * @param change.founded ids of findings that are ready and rest on something.
 * @throws AppError 409 `step_not_possible` from where it stands; 403 `not_allowed` for a step of
 * another role; 422 without a reason where one is owed; 409 `no_evidence`; 409 `review_open` while
 * words it rests on wait to be looked at again; 409 `changed_meanwhile`.
 */
export async function moveRecommendation(
	deps: Own,
	key: Key,
	change: {
		status: RecommendationStatus;
		reason: string | null;
		version: number;
		personId: string;
		roles: readonly StaffRole[];
		founded: ReadonlySet<string>;
	},
): Promise<void> {
	const { status, version, personId } = change;
	await deps.db.transaction().execute(async (trx) => {
		const row = await lockOne(trx, key);
		refuseStep(row, change);
		if (needsEvidence(status)) {
			await refuseBare(trx, row, { findingIds: row.findingIds, founded: change.founded });
			await refuseUnreviewed(trx, row);
		}
		const reason = needsReason(status) ? change.reason : null;
		const words = { ...storedWords(row), status, reason };
		const now = deps.clock();
		refuseStale(await rewriteRecommendation(trx, key, { words, version, personId, now }));
		await audit(trx, deps, { key, personId, action: `recommendation.${status}` });
	});
}

/**
 * Links exactly these findings.
 * @throws AppError 409 `no_evidence` when an approved one would be left without; 422 for a finding
 * that is not there; 409 `changed_meanwhile`.
 */
export async function linkFindings(
	deps: Own,
	key: Key,
	change: {
		findingIds: string[];
		version: number;
		personId: string;
		founded: ReadonlySet<string>;
	},
): Promise<void> {
	const { findingIds, version, personId, founded } = change;
	await deps.db.transaction().execute(async (trx) => {
		const row = await lockOne(trx, key);
		const findings = await listFindings(trx, key.engagementId);
		if (!findingIds.every((id) => findings.some((finding) => finding.id === id))) {
			throw new AppError('invalid_input', 422, 'One of the findings is not there.', {
				fields: { findingIds: 'One of the findings is not there. Load the page again.' },
			});
		}
		if (needsEvidence(row.status)) {
			await refuseBare(trx, row, { findingIds, founded });
		}
		const sentencesOf = (ids: readonly string[]) =>
			findings.filter(({ id }) => ids.includes(id)).map((finding) => finding.sentence);
		const words = {
			...storedWords(row),
			findings: { before: sentencesOf(row.findingIds), after: sentencesOf(findingIds) },
		};
		const now = deps.clock();
		refuseStale(await rewriteRecommendation(trx, key, { words, version, personId, now }));
		await replaceFindings(trx, key, findingIds);
		await audit(trx, deps, { key, personId, action: 'recommendation.linked' });
	});
}

async function lockOne(trx: Kysely<Schema>, key: Key): Promise<Row> {
	await lockRecommendations(trx, key.engagementId);
	const rows = await listRecommendations(trx, key.engagementId);
	const row = rows.find((own) => own.id === key.recommendationId);
	if (!row) {
		throw notFound();
	}
	return row;
}

function refuseStep(
	row: Row,
	change: { status: RecommendationStatus; reason: string | null; roles: readonly StaffRole[] },
): void {
	if (!nextStatuses[row.status].includes(change.status)) {
		throw new AppError(
			'step_not_possible',
			409,
			'It cannot go there from where it stands. Load the page again to see its next steps.',
		);
	}
	if (!maySet(change.status, change.roles)) {
		throw new AppError(
			'not_allowed',
			403,
			'This step belongs to another role: the advisory team approves first, the administration after it.',
		);
	}
	if (needsReason(change.status) && change.reason === null) {
		throw new AppError('invalid_input', 422, 'This step needs a reason.', {
			fields: { reason: 'Say why. The public reads it.' },
		});
	}
}

/** The evidence rule: at least one finding that is ready now and rests on something. */
async function refuseBare(
	trx: Kysely<Schema>,
	row: Row,
	{ findingIds, founded }: { findingIds: readonly string[]; founded: ReadonlySet<string> },
): Promise<void> {
	const findings = await listFindings(trx, row.engagementId);
	const isCarried = findings.some(
		({ id, status }) => status === 'ready' && founded.has(id) && findingIds.includes(id),
	);
	if (!isCarried) {
		throw new AppError(
			'no_evidence',
			409,
			`${row.key} has no evidence: an approved recommendation rests on at least one ready finding with a table or a cleared quote. Link one first.`,
		);
	}
}

/** Nothing is approved while words it rests on were taken back or corrected, and nobody looked. */
async function refuseUnreviewed(trx: Kysely<Schema>, row: Row): Promise<void> {
	const { engagementId, findingIds } = row;
	const own = await listOpenFlagsOf(trx, {
		engagementId,
		targetType: 'recommendation',
		targetIds: [row.id],
	});
	const below = await listOpenFlagsOf(trx, {
		engagementId,
		targetType: 'finding',
		targetIds: findingIds,
	});
	if (own.length + below.length > 0) {
		throw new AppError(
			'review_open',
			409,
			`Words that ${row.key} rests on were taken back, withdrawn or corrected. Look at it again and say under Reviews what came of it, then approve it.`,
		);
	}
}

function wordsOf(body: RecommendationBody): Omit<RecommendationWords, 'status' | 'reason'> {
	const { clauseHint, ...rest } = body;
	return { ...rest, clause_hint: clauseHint };
}

function storedWords(row: Row): RecommendationWords {
	const { category, text, owner, measure, target, clauseHint, status, reason, dissent } = row;
	return {
		category,
		text,
		owner,
		measure,
		target,
		clause_hint: clauseHint,
		status,
		reason,
		dissent,
	};
}

async function audit(
	db: Kysely<Schema>,
	deps: Own,
	entry: { key: Key; personId: string; action: string },
): Promise<void> {
	await writeAuditEntry(db, {
		engagementId: entry.key.engagementId,
		id: deps.random.uuid7(),
		personId: entry.personId,
		action: entry.action,
		target: entry.key.recommendationId,
	});
}
