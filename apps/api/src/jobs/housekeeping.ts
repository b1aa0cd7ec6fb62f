import type { DatabaseHandle } from '@throughline/db';
import { sql } from 'kysely';

/**
 * What a PostgreSQL server does by itself and the embedded database does not: reclaim dead rows,
 * refresh statistics, shorten the log. On a server nothing is done: autovacuum is better at it.
 */
export async function housekeeping(handle: Pick<DatabaseHandle, 'db' | 'mode'>): Promise<void> {
	if (handle.mode === 'server') {
		return;
	}
	await sql`vacuum (analyze)`.execute(handle.db);
	await sql`checkpoint`.execute(handle.db);
}
