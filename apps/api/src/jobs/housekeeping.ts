import { backupEmbedded, type DatabaseHandle, housekeeping as tidy } from '@throughline/db';

/**
 * The night's work on the embedded database: tidy up, then a backup into the data folder. On a
 * PostgreSQL server nothing is done: it tidies itself, and is backed up by a job of its own.
 */
export async function housekeeping(handle: DatabaseHandle): Promise<void> {
	if (handle.mode === 'server') {
		return;
	}
	await tidy(handle);
	await backupEmbedded(handle);
}
