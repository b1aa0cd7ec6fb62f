import { approveRelease } from '../../actions/approve-release.ts';
import { prepareRelease } from '../../actions/prepare-release.ts';
import type { Deps } from '../../deps.ts';
import { createResultsReader } from '../../results/read-window.ts';

/**
 * Freezes the sample's first release the way the team would: prepared by a data steward, approved
 * by two people.
 * @throws Error that lists what stands in the way.
 */
export async function loadRelease(
	deps: Pick<Deps, 'db' | 'random' | 'clock'>,
	options: {
		engagementId: string;
		windowId: string;
		steward: string;
		secondApprover: string;
	},
): Promise<void> {
	const results = createResultsReader(deps.db);
	const { engagementId, windowId } = options;
	const { releaseId, problems, doubts } = await prepareRelease(deps, results, {
		engagementId,
		windowId,
		releaseId: null,
		slug: '2026-spring',
		title: 'What students said, spring 2026',
		personId: options.steward,
	});
	if (problems.length + doubts.length > 0) {
		const found = JSON.stringify([...problems, ...doubts], null, 1);
		throw new Error(`The sample release cannot be frozen: ${found}`);
	}
	for (const [personId, role] of [
		[options.steward, 'data_steward'],
		[options.secondApprover, 'administrator'],
	] as const) {
		await approveRelease(deps, results, { engagementId, releaseId, personId, roles: [role] });
	}
}
