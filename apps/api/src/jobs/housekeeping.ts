import { type DatabaseHandle, housekeeping as tidy } from '@throughline/db';
import type { BackUp } from '../deps.ts';

/**
 * The night's work on the embedded database: tidy up, then a backup into the data folder. On a
 * PostgreSQL server nothing is done: it tidies itself, and is backed up by a job of its own.
 */
export async function housekeeping(
	handle: DatabaseHandle,
	{ backUp }: { backUp: BackUp },
): Promise<void> {
	if (handle.mode === 'server') {
		return;
	}
	await tidy(handle);
	await backUp([]);
}
