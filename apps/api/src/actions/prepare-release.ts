import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import {
	findRelease,
	isSlugTaken,
	lockReleases,
	writeDraft,
} from '@throughline/db/queries/release';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { ReleaseDoubt, ReleaseProblem } from '../releases/body.ts';
import { buildRelease } from '../releases/build-release.ts';
import { earlierTables } from '../releases/verify-release.ts';
import type { ResultsReader } from '../results/read-window.ts';

interface PrepareRelease {
	engagementId: string;
	windowId: string;
	/** A draft to prepare anew; a new one when null. */
	releaseId: string | null;
	slug: string;
	title: string;
	/** Charts to leave out, by id. */
	leftOut?: readonly string[];
	/** Why a group did not see what was made of its words first. */
	groupReason?: string;
	personId: string;
}

/**
 * Prepares a release, or prepares its draft anew: everything is computed from what stands now.
 * Approvals of an earlier body of the draft are void.
 * @returns its id and what still stands in the way of freezing it, and what approvers must accept.
 * @throws AppError `not_found` for a draft that is not there, `release_frozen`, `slug_taken`.
 */
export async function prepareRelease(
	deps: Pick<Deps, 'db' | 'random'>,
	results: ResultsReader,
	request: PrepareRelease,
): Promise<{ releaseId: string; problems: ReleaseProblem[]; doubts: ReleaseDoubt[] }> {
	const { engagementId, slug } = request;
	const releaseId = request.releaseId ?? deps.random.uuid7();
	const own = { engagementId, slug, releaseId };
	await refuse(deps.db, own, request);
	const window = await results.read(request);
	const { content, hash, audit, problems, doubts } = await buildRelease(deps.db, window, {
		slug,
		title: request.title,
		leftOut: request.leftOut ?? [],
		groupReason: request.groupReason ?? '',
		earlier: await earlierTables(deps.db, own),
	});
	await deps.db.transaction().execute(async (trx) => {
		await lockReleases(trx, engagementId);
		await refuse(trx, own, request);
		await writeDraft(trx, {
			engagementId,
			id: releaseId,
			slug,
			title: request.title,
			windowId: request.windowId,
			body: content,
			bodyHash: hash,
			audit: JSON.stringify(audit),
			createdBy: request.personId,
		});
		await writeAuditEntry(trx, {
			engagementId,
			id: deps.random.uuid7(),
			personId: request.personId,
			action: 'release.prepared',
			target: releaseId,
			detail: { slug, hash, problems: problems.length, doubts: doubts.length },
		});
	});
	return { releaseId, problems, doubts };
}

/** Refuses what cannot be prepared; asked before the work, and again while nobody else writes. */
async function refuse(
	db: Deps['db'],
	own: { engagementId: string; slug: string; releaseId: string },
	request: Pick<PrepareRelease, 'releaseId'>,
): Promise<void> {
	const known = await findRelease(db, own);
	if (request.releaseId !== null && !known) {
		throw notFound();
	}
	if (known?.status === 'frozen') {
		throw new AppError(
			'release_frozen',
			409,
			'This release is frozen and stays as it is. Prepare a new one.',
		);
	}
	if (await isSlugTaken(db, own)) {
		throw new AppError('slug_taken', 409, 'Another release has this address already.', {
			fields: { slug: 'Choose an address that no other release has.' },
		});
	}
}
