import { findEngagement } from '@throughline/db/queries/engagement';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { UsageError } from './command.ts';

/** The engagement of a slug. @throws UsageError naming those there are. */
export async function findEngagementBySlug(db: Kysely<Schema>, slug: string) {
	const all = await db.selectFrom('engagement').select(['id', 'slug']).orderBy('slug').execute();
	const id = all.find((engagement) => engagement.slug === slug)?.id;
	const engagement = id && (await findEngagement(db, id));
	if (!engagement) {
		const known = all.map((candidate) => candidate.slug).join(', ') || 'none';
		throw new UsageError(`There is no engagement '${slug}' (known: ${known}).`);
	}
	return engagement;
}
