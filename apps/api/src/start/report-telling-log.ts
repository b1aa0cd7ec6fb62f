import { checkLogging, type DatabaseHandle } from '@throughline/db';
import type { Deps } from '../deps.ts';

/** Warns the operator of a PostgreSQL server whose log could tell when a code was used. */
export async function reportTellingLog(
	{ pool, mode }: Pick<DatabaseHandle, 'pool' | 'mode'>,
	log: Deps['log'],
): Promise<void> {
	const problem = mode === 'server' ? await checkLogging(pool) : null;
	if (problem !== null) {
		log.warn(problem);
	}
}
