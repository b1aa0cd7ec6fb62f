import type { DatabaseHandle } from '@throughline/db';
import type { Deps } from '../deps.ts';
import { advanceWindows } from './advance-windows.ts';
import { housekeeping } from './housekeeping.ts';
import { openClosedWindows } from './open-closed-windows.ts';
import { recordResponseRates } from './record-response-rates.ts';
import type { Job } from './scheduler.ts';

/** Every background job, in the order they run. */
export function createJobs(
	handle: DatabaseHandle,
	deps: Pick<Deps, 'db' | 'clock' | 'random' | 'keys'>,
): Job[] {
	return [
		{ name: 'advance-windows', schedule: 'minute', run: () => advanceWindows(deps) },
		{ name: 'open-closed-windows', schedule: 'minute', run: () => openClosedWindows(deps) },
		// Records once per district day; asking every minute finds each district's midnight.
		{ name: 'record-response-rates', schedule: 'minute', run: () => recordResponseRates(deps) },
		{ name: 'housekeeping', schedule: 'night', run: () => housekeeping(handle) },
	];
}
