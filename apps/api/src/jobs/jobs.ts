import type { DatabaseHandle } from '@throughline/db';
import type { Deps } from '../deps.ts';
import { advanceWindows } from './advance-windows.ts';
import { housekeeping } from './housekeeping.ts';
import { recordResponseRates } from './record-response-rates.ts';
import type { Job } from './scheduler.ts';

/** Every background job, in the order they run. */
export function createJobs(
	handle: DatabaseHandle,
	deps: Pick<Deps, 'db' | 'clock' | 'random'>,
): Job[] {
	return [
		{ name: 'advance-windows', schedule: 'minute', run: () => advanceWindows(deps) },
		// Records once per district day; asking every minute finds each district's midnight.
		{ name: 'record-response-rates', schedule: 'minute', run: () => recordResponseRates(deps) },
		{ name: 'housekeeping', schedule: 'night', run: () => housekeeping(handle) },
	];
}
