import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	findFinding,
	type FindingRow,
	listRecommendations,
} from '@throughline/db/queries/decisions';
import {
	insertFinding,
	rewriteFinding,
	setFindingArchived,
	setFindingStatus,
} from '@throughline/db/queries/finding';
import { lockRecommendations } from '@throughline/db/queries/recommendation';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { TeamQuote } from '../decisions/team-quotes.ts';
import { listFounded } from '../decisions/team-evidence.ts';
import { needsEvidence } from '../decisions/transitions.ts';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { TeamReader } from '../results/team-results.ts';
import type { FindingBody } from '../routes/findings/schema.ts';
import { refuseStale } from './changed-meanwhile.ts';
import { checkFinding, refuseUnready } from './check-finding.ts';

type Base = Pick<Deps, 'db' | 'clock' | 'random'>;
type Own = Base & { team: TeamReader };
type Key = { engagementId: string; findingId: string };

/** Who writes, and the quotes this person may read. */
interface Writer {
	personId: string;
	quotes: TeamQuote[];
}

/**
 * Writes a finding, as a draft.
 * @throws AppError 422 naming the table, theme or quote that is not there, or the figure in the
 * sentence that no table shows.
 */
export async function createFinding(
	deps: Own,
	engagementId: string,
	{ body, writer }: { body: FindingBody; writer: Writer },
): Promise<{ id: string }> {
	const words = await checkFinding(deps, engagementId, { body, quotes: writer.quotes, linked: [] });
	const key = { engagementId, findingId: deps.random.uuid7() };
	await deps.db.transaction().execute(async (trx) => {
		await insertFinding(trx, key, { ...words, createdBy: writer.personId, now: deps.clock() });
		await audit(trx, deps, { key, personId: writer.personId, action: 'finding.created' });
	});
	return { id: key.findingId };
}

/**
 * Writes new words and evidence of a finding.
 * @throws AppError 409 `changed_meanwhile` when someone else did; 409 `finding_not_ready` when it is
 * called ready and would lose what that takes; 422 as createFinding.
 */
export async function editFinding(
	deps: Own,
	key: Key,
	{ body, version, writer }: { body: FindingBody; version: number; writer: Writer },
): Promise<void> {
	const finding = await existing(deps, key);
	const { quotes } = writer;
	const words = await checkFinding(deps, key.engagementId, {
		body,
		quotes,
		linked: finding.quoteIds,
	});
	if (finding.status === 'ready') {
		await refuseUnready(deps, key.engagementId, { finding: { ...finding, ...words }, quotes });
	}
	await deps.db.transaction().execute(async (trx) => {
		const isWritten = await rewriteFinding(trx, key, { ...words, version, now: deps.clock() });
		refuseStale(isWritten);
		await audit(trx, deps, { key, personId: writer.personId, action: 'finding.changed' });
	});
}

/**
 * Calls a finding ready: from now on it is evidence, and part of the next release.
 * @throws AppError 409 `finding_not_ready` naming what is missing; 409 `changed_meanwhile`.
 */
export async function callReady(
	deps: Own,
	key: Key,
	{ version, writer }: { version: number; writer: Writer },
): Promise<void> {
	const finding = await existing(deps, key);
	await refuseUnready(deps, key.engagementId, { finding, quotes: writer.quotes });
	await deps.db.transaction().execute(async (trx) => {
		const change = { status: 'ready' as const, version, now: deps.clock() };
		refuseStale(await setFindingStatus(trx, key, change));
		await audit(trx, deps, { key, personId: writer.personId, action: 'finding.ready' });
	});
}

/**
 * Sets a finding back to draft.
 * @throws AppError 409 `evidence_in_use` when an approved recommendation rests on nothing else.
 */
export async function backToDraft(
	deps: Own,
	key: Key,
	{ version, writer }: { version: number; writer: Writer },
): Promise<void> {
	await existing(deps, key);
	const { engagementId } = key;
	const founded = await listFounded(deps, engagementId, writer.quotes);
	await deps.db.transaction().execute(async (trx) => {
		await lockRecommendations(trx, engagementId);
		const alone = await restingOnlyOn(trx, key, founded);
		if (alone.length > 0) {
			throw new AppError(
				'evidence_in_use',
				409,
				`${alone.join(', ')} ${alone.length === 1 ? 'is' : 'are'} approved and would rest on nothing. Link another finding there first, or set it back to review.`,
			);
		}
		const change = { status: 'draft' as const, version, now: deps.clock() };
		refuseStale(await setFindingStatus(trx, key, change));
		await audit(trx, deps, { key, personId: writer.personId, action: 'finding.draft' });
	});
}

/**
 * Puts a draft away, or brings it back. Nothing is deleted.
 * @throws AppError 409 `finding_in_use` when it is ready or a recommendation rests on it.
 */
export async function archiveFinding(
	deps: Base,
	key: Key,
	change: { isArchived: boolean; version: number; personId: string },
): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		// Nobody links it while it is being put away.
		await lockRecommendations(trx, key.engagementId);
		const finding = await existing({ db: trx }, key);
		const isInUse = finding.status === 'ready' || finding.recommendationIds.length > 0;
		if (change.isArchived && isInUse) {
			throw new AppError(
				'finding_in_use',
				409,
				'It is ready, or a recommendation rests on it. Set it back to draft and take the links out first.',
			);
		}
		const now = deps.clock();
		const archivedAt = change.isArchived ? now : null;
		refuseStale(await setFindingArchived(trx, key, { archivedAt, version: change.version, now }));
		const action = change.isArchived ? 'finding.archived' : 'finding.restored';
		await audit(trx, deps, { key, personId: change.personId, action });
	});
}

async function existing(deps: Pick<Deps, 'db'>, key: Key): Promise<FindingRow> {
	const finding = await findFinding(deps.db, key);
	if (!finding) {
		throw notFound();
	}
	return finding;
}

/** Keys of approved recommendations that no other finding of theirs would carry. */
async function restingOnlyOn(
	db: Kysely<Schema>,
	{ engagementId, findingId }: Key,
	founded: ReadonlySet<string>,
): Promise<string[]> {
	const rows = await listRecommendations(db, engagementId);
	return rows
		.filter((row) => needsEvidence(row.status) && row.findingIds.includes(findingId))
		.filter((row) => !row.findingIds.some((id) => id !== findingId && founded.has(id)))
		.map((row) => row.key);
}

async function audit(
	db: Kysely<Schema>,
	deps: Base,
	entry: { key: Key; personId: string; action: string },
): Promise<void> {
	await writeAuditEntry(db, {
		engagementId: entry.key.engagementId,
		id: deps.random.uuid7(),
		personId: entry.personId,
		action: entry.action,
		target: entry.key.findingId,
	});
}
