import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { listDialogQuotes, listQuotes } from '@throughline/db/queries/cited-quote';
import {
	approve,
	findRelease,
	freeze,
	listFrozenAudits,
	lockReleases,
} from '@throughline/db/queries/release';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import type { ReleaseAudit, ReleaseBody, ReleaseDoubt, ReleaseProblem } from '../releases/body.ts';
import { buildRelease } from '../releases/build-release.ts';
import { dialogQuoteProblem } from '../releases/dialog-cards.ts';
import { quoteProblem } from '../releases/quote-cards.ts';
import type { ResultsReader } from '../results/read-window.ts';

interface ApproveRelease {
	engagementId: string;
	releaseId: string;
	personId: string;
	roles: string[];
	/** The body the person read; anything else is refused. Not checked when left out. */
	hash?: string | undefined;
	/** The doubts this person takes upon themselves, by id. */
	accepted?: readonly string[] | undefined;
}

type StoredRelease = NonNullable<Awaited<ReturnType<typeof findRelease>>>;

/**
 * Approves a draft and freezes it once a data steward and a second person have approved this very
 * body. At each approval the release is built anew: it must come out the same, with no problem
 * left. Approvals of one engagement take turns, and an earlier release that was frozen meanwhile
 * makes this one start over: it was not audited together with it.
 * @returns `approved` while someone is missing, `frozen` after.
 * @throws AppError `release_frozen`, `release_not_ready` with its problems, `doubts_not_accepted`,
 * `release_changed`.
 */
export async function approveRelease(
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
	results: ResultsReader,
	request: ApproveRelease,
): Promise<'approved' | 'frozen'> {
	const release = await findRelease(deps.db, request);
	if (!release) {
		throw notFound();
	}
	if (release.status === 'frozen') {
		throw new AppError('release_frozen', 409, 'This release is frozen already.');
	}
	if (request.hash !== undefined && request.hash !== release.body_hash) {
		throw changed();
	}
	const earlier = await listFrozenAudits(deps.db, request.engagementId);
	const doubts = await checkDraft(deps, results, { release, earlier });
	refuseUnaccepted(doubts, request.accepted ?? []);
	return await deps.db.transaction().execute(async (trx) => {
		await lockReleases(trx, request.engagementId);
		const others = await listFrozenAudits(trx, request.engagementId);
		const now = await findRelease(trx, request);
		if (
			now?.status !== 'draft' ||
			now.body_hash !== release.body_hash ||
			others.length !== earlier.length ||
			!(await areQuotesSound(trx, release))
		) {
			throw changed();
		}
		return await approveAndFreeze(trx, deps, {
			...request,
			bodyHash: release.body_hash,
			doubts,
		});
	});
}

async function approveAndFreeze(
	trx: Parameters<typeof approve>[0],
	deps: Pick<Deps, 'clock' | 'random'>,
	request: ApproveRelease & { bodyHash: string; doubts: readonly ReleaseDoubt[] },
): Promise<'approved' | 'frozen'> {
	const { bodyHash } = request;
	const role = request.roles.includes('data_steward') ? 'data_steward' : 'administrator';
	const accepted = request.doubts.map(({ id, where, words }) => ({ id, where, words }));
	const note = (action: string, detail = {}) =>
		writeAuditEntry(trx, {
			engagementId: request.engagementId,
			id: deps.random.uuid7(),
			personId: request.personId,
			action,
			target: request.releaseId,
			detail: { role, hash: bodyHash, ...detail },
		});
	await approve(trx, { ...request, role, bodyHash, accepted: JSON.stringify(accepted) });
	await note('release.approved', accepted.length === 0 ? {} : { accepted });
	const approvals = (await findRelease(trx, request))?.approvals ?? [];
	const current = approvals.filter((approval) => approval.body_hash === bodyHash);
	const hasSteward = current.some((approval) => approval.role === 'data_steward');
	if (current.length < 2 || !hasSteward) {
		return 'approved';
	}
	if (!(await freeze(trx, { ...request, at: deps.clock() }))) {
		throw changed();
	}
	await note('release.frozen');
	return 'frozen';
}

async function checkDraft(
	deps: Pick<Deps, 'db'>,
	results: ResultsReader,
	{
		release,
		earlier,
	}: { release: StoredRelease; earlier: Awaited<ReturnType<typeof listFrozenAudits>> },
): Promise<ReleaseDoubt[]> {
	const window = await results.read({
		engagementId: release.engagement_id,
		windowId: release.window_id,
	});
	const { hash, problems, doubts } = await buildRelease(deps.db, window, {
		slug: release.slug,
		title: release.title,
		leftOut: bodyOf(release).method.leftOut,
		groupReason: bodyOf(release).method.groups?.reason ?? '',
		// Written by prepareRelease alone.
		earlier: earlier.map((other) => (other.audit as ReleaseAudit).tables),
	});
	if (problems.length > 0) {
		throw new AppError(
			'release_not_ready',
			409,
			'This release cannot be approved yet. Each line says why.',
			{ fields: problemFields(problems) },
		);
	}
	if (hash !== release.body_hash) {
		throw changed();
	}
	return doubts;
}

/** Nothing uncertain becomes public in silence: who approves says so for each. */
function refuseUnaccepted(doubts: readonly ReleaseDoubt[], accepted: readonly string[]): void {
	const open = doubts.filter(({ id }) => !accepted.includes(id));
	if (open.length > 0) {
		throw new AppError(
			'doubts_not_accepted',
			409,
			'Numbers in this release are backed by no figure. Accept each of them, or have it rewritten.',
			{ fields: problemFields(open) },
		);
	}
}

/** The last look, with nobody else writing releases: a quote may have been withdrawn just now. */
async function areQuotesSound(
	trx: Parameters<typeof listQuotes>[0],
	release: StoredRelease,
): Promise<boolean> {
	const written = await listQuotes(trx, release.engagement_id);
	const spoken = await listDialogQuotes(trx, release.engagement_id);
	const sound = new Set([
		...written.filter((quote) => quoteProblem(quote) === null).map(({ id }) => id),
		...spoken.filter((quote) => dialogQuoteProblem(quote) === null).map(({ id }) => id),
	]);
	return bodyOf(release).quotes.every(({ id }) => sound.has(id));
}

function bodyOf(release: StoredRelease): ReleaseBody {
	// Written by prepareRelease alone.
	return release.body as ReleaseBody;
}

function changed(): AppError {
	return new AppError(
		'release_changed',
		409,
		'Something has changed since this release was prepared. Prepare it anew and read it again.',
	);
}

/** One line per problem, numbered so that two in the same place both stand. */
function problemFields(
	problems: readonly Pick<ReleaseProblem, 'where' | 'message'>[],
): Record<string, string> {
	return Object.fromEntries(
		problems.map((problem, index) => [`${index + 1}. ${problem.where}`, problem.message]),
	);
}
