import type { DatabaseHandle } from '@throughline/db';
import { housekeeping } from './housekeeping.ts';
import type { Job } from './scheduler.ts';

/** Every background job, in the order they run. */
export function createJobs(handle: Pick<DatabaseHandle, 'db' | 'mode'>): Job[] {
	return [{ name: 'housekeeping', schedule: 'night', run: () => housekeeping(handle) }];
}
