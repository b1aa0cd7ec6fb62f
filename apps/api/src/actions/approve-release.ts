import { createHash } from 'node:crypto';
import { approve, findRelease, freeze } from '@throughline/db/queries/release';
import { canonicalJson } from '@throughline/survey-engine';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { ReleaseProblem } from '../releases/body.ts';
import { buildRelease } from '../releases/build-release.ts';
import { earlierTables } from '../releases/verify-release.ts';
import type { ResultsReader } from '../results/read-window.ts';

/**
 * Approves a draft and freezes it once a data steward and a second person have approved this very
 * body. Before the first approval and again before freezing, the release is built anew: it must
 * come out the same, with no problem left.
 * @returns `approved` while a second person is missing, `frozen` after.
 * @throws AppError `release_frozen`, `release_not_ready` with its problems, `release_changed`.
 */
export async function approveRelease(
	deps: Pick<Deps, 'db' | 'clock'>,
	results: ResultsReader,
	request: { engagementId: string; releaseId: string; personId: string; roles: string[] },
): Promise<'approved' | 'frozen'> {
	const release = await findRelease(deps.db, request);
	if (!release) {
		throw notFound();
	}
	if (release.status === 'frozen') {
		throw new AppError('release_frozen', 409, 'This release is frozen already.');
	}
	await checkDraft(deps, results, { ...request, windowId: release.window_id, release });
	const role = request.roles.includes('data_steward') ? 'data_steward' : 'administrator';
	return await deps.db.transaction().execute(async (trx) => {
		await approve(trx, { ...request, role, bodyHash: release.body_hash });
		const now = await findRelease(trx, request);
		const current = (now?.approvals ?? []).filter(
			(approval) => approval.body_hash === release.body_hash,
		);
		const hasSteward = current.some((approval) => approval.role === 'data_steward');
		if (current.length < 2 || !hasSteward) {
			return 'approved';
		}
		const isFrozen = await freeze(trx, {
			...request,
			bodyHash: release.body_hash,
			at: deps.clock(),
		});
		if (!isFrozen) {
			throw changed();
		}
		return 'frozen';
	});
}

async function checkDraft(
	deps: Pick<Deps, 'db'>,
	results: ResultsReader,
	request: {
		engagementId: string;
		releaseId: string;
		windowId: string;
		release: { slug: string; body_hash: string };
	},
): Promise<void> {
	const window = await results.read(request);
	const earlier = await earlierTables(deps.db, request);
	const { slug, body_hash: storedHash } = request.release;
	const { body, problems } = await buildRelease(deps.db, window, { slug, earlier });
	if (problems.length > 0) {
		throw new AppError(
			'release_not_ready',
			409,
			'This release cannot be approved yet. Each line says why.',
			{ fields: problemFields(problems) },
		);
	}
	if (createHash('sha256').update(canonicalJson(body)).digest('hex') !== storedHash) {
		throw changed();
	}
}

function changed(): AppError {
	return new AppError(
		'release_changed',
		409,
		'Something has changed since this release was prepared. Prepare it anew and read it again.',
	);
}

/** One line per problem, numbered so that two in the same place both stand. */
export function problemFields(problems: readonly ReleaseProblem[]): Record<string, string> {
	return Object.fromEntries(
		problems.map((problem, index) => [`${index + 1}. ${problem.where}`, problem.message]),
	);
}
