import { listWindowsToOpen } from '@throughline/db/queries/opening';
import { openEnvelopes } from '../actions/open-envelopes.ts';
import type { Deps } from '../deps.ts';

/**
 * Opens the answers of every window that has closed, and finishes openings that were interrupted. Safe to run at any time, by any number of
 * processes. A window that cannot be opened does not keep the others waiting.
 * @throws AggregateError of what kept windows from being opened; what was done of each stays.
 */
export async function openClosedWindows(
	deps: Pick<Deps, 'db' | 'keys' | 'random' | 'clock'>,
): Promise<void> {
	const failures: unknown[] = [];
	for (const key of await listWindowsToOpen(deps.db)) {
		try {
			await openEnvelopes(deps, key);
		} catch (error) {
			failures.push(error);
		}
	}
	if (failures.length > 0) {
		throw new AggregateError(failures, `${failures.length} windows could not be opened.`);
	}
}
