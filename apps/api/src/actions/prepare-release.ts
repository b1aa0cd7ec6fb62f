import { createHash } from 'node:crypto';
import { findRelease, writeDraft } from '@throughline/db/queries/release';
import { canonicalJson } from '@throughline/survey-engine';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { ReleaseProblem } from '../releases/body.ts';
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
	personId: string;
}

/**
 * Prepares a release, or prepares its draft anew: everything is computed from what stands now.
 * Approvals of an earlier body of the draft are void.
 * @returns its id and what still stands in the way of freezing it.
 * @throws AppError `release_frozen`, `slug_taken`.
 */
export async function prepareRelease(
	deps: Pick<Deps, 'db' | 'random'>,
	results: ResultsReader,
	request: PrepareRelease,
): Promise<{ releaseId: string; problems: ReleaseProblem[] }> {
	const { engagementId, slug } = request;
	const releaseId = request.releaseId ?? deps.random.uuid7();
	const known = await findRelease(deps.db, { engagementId, releaseId });
	if (known?.status === 'frozen') {
		throw new AppError(
			'release_frozen',
			409,
			'This release is frozen and stays as it is. Prepare a new one.',
		);
	}
	await refuseTakenSlug(deps, { engagementId, slug, releaseId });
	const window = await results.read(request);
	const earlier = await earlierTables(deps.db, { engagementId, releaseId });
	const { body, audit, problems } = await buildRelease(deps.db, window, { slug, earlier });
	const content = canonicalJson(body);
	await deps.db.transaction().execute((trx) =>
		writeDraft(trx, {
			engagementId,
			id: releaseId,
			slug,
			title: request.title,
			windowId: request.windowId,
			body: content,
			bodyHash: createHash('sha256').update(content).digest('hex'),
			audit: JSON.stringify(audit),
			createdBy: request.personId,
		}),
	);
	return { releaseId, problems };
}

async function refuseTakenSlug(
	deps: Pick<Deps, 'db'>,
	own: { engagementId: string; slug: string; releaseId: string },
): Promise<void> {
	const other = await deps.db
		.selectFrom('release')
		.select('id')
		.where('engagement_id', '=', own.engagementId)
		.where('slug', '=', own.slug)
		.where('id', '!=', own.releaseId)
		.executeTakeFirst();
	if (other) {
		throw new AppError('slug_taken', 409, 'Another release has this address already.', {
			fields: { slug: 'Choose an address that no other release has.' },
		});
	}
}
