import { backupEmbedded, type DatabaseHandle, housekeeping as tidy } from '@throughline/db';

/**
 * The night's work on the embedded database: tidy up, then a backup into the data folder, the
 * newest seven kept. On a PostgreSQL server nothing is done: its own means are better at both.
 */
export async function housekeeping(handle: DatabaseHandle): Promise<void> {
	if (handle.mode === 'server') {
		return;
	}
	await tidy(handle);
	await backupEmbedded(handle);
}
