import { findRelease } from '@throughline/db/queries/release';
import { listTakenBack } from '@throughline/db/queries/taken-back';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import type { ReleaseBody, ReleaseDoubt, ReleaseProblem } from '../releases/body.ts';
import { buildRelease } from '../releases/build-release.ts';
import { leaveOutTakenBack } from '../releases/taken-back.ts';
import { earlierTables } from '../releases/verify-release.ts';
import type { ResultsReader } from '../results/read-window.ts';

/** A stored release with what stands in its way as things are now. */
export interface ReadRelease {
	release: NonNullable<Awaited<ReturnType<typeof findRelease>>>;
	body: ReleaseBody;
	problems: ReleaseProblem[];
	doubts: ReleaseDoubt[];
	hasChanged: boolean;
	/** Quotes whose words are left out because they were taken back or withdrawn. */
	takenBackQuotes: number;
}

/** Reads a release; a draft is built anew to say whether it still holds. */
export async function readRelease(
	deps: Pick<Deps, 'db'>,
	results: ResultsReader,
	key: { engagementId: string; releaseId: string },
): Promise<ReadRelease> {
	const release = await findRelease(deps.db, key);
	if (!release) {
		throw notFound();
	}
	// Written by prepareRelease alone.
	const stored = release.body as ReleaseBody;
	const takenBack = await listTakenBack(deps.db, key.engagementId);
	const body = leaveOutTakenBack(stored, takenBack);
	const takenBackQuotes = body.quotes.filter(({ takenBackIn }) => takenBackIn !== undefined).length;
	if (release.status === 'frozen') {
		return { release, body, problems: [], doubts: [], hasChanged: false, takenBackQuotes };
	}
	const window = await results.read({ ...key, windowId: release.window_id });
	const earlier = await earlierTables(deps.db, key);
	const { hash, problems, doubts } = await buildRelease(deps.db, window, {
		slug: release.slug,
		title: release.title,
		leftOut: body.method.leftOut,
		groupReason: body.method.groups?.reason ?? '',
		earlier,
	});
	const hasChanged = hash !== release.body_hash;
	return { release, body, problems, doubts, hasChanged, takenBackQuotes };
}
