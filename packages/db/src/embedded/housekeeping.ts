import pg from 'pg';
import type { DatabaseHandle } from '../open.ts';

/**
 * What the embedded engine does not do by itself: gives back the space of deleted rows, refreshes the
 * planner's statistics and writes everything to the files. For boot and each night; a server does all
 * this on its own, so there it does nothing. Everyone waits while it runs.
 */
export async function housekeeping(handle: DatabaseHandle): Promise<void> {
	if (handle.embedded === null) {
		return;
	}
	// On its own connection, whose statements may take as long as they need.
	const client = new pg.Client(handle.embedded.connection);
	await client.connect();
	try {
		await client.query('vacuum (analyze)');
		await client.query('checkpoint');
	} finally {
		await client.end();
	}
}
