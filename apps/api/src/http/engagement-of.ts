import { findEngagement } from '@throughline/db/queries/engagement';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';

/** @throws AppError 404 where there is no such engagement. */
export async function engagementOf(db: Deps['db'], engagementId: string) {
	const engagement = await findEngagement(db, engagementId);
	if (!engagement) {
		throw notFound();
	}
	return engagement;
}
