import { findEngagement } from '@throughline/db/queries/engagement';
import type { Database } from '@throughline/db';
import type { Config } from '../config.ts';

/**
 * Whether windows of an engagement may open on this database: always on a server; on the embedded
 * one for the sample, and for real students where the operator said so.
 */
export async function mayOpenWindows(
	db: Database,
	config: Pick<Config, 'DATABASE_URL' | 'ALLOW_EMBEDDED_STUDENT_SURVEYS'>,
	engagementId: string,
): Promise<boolean> {
	if (config.DATABASE_URL !== undefined || config.ALLOW_EMBEDDED_STUDENT_SURVEYS === '1') {
		return true;
	}
	return (await findEngagement(db, engagementId))?.isSynthetic === true;
}
