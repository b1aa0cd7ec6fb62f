import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** What a release says about itself in a list. */
export interface PublicReleaseEntry {
	slug: string;
	title: string;
	frozenOn: string;
}

/**
 * Engagements with a frozen release, by title, with those releases, newest first. What they say
 * about themselves is what stands in their newest release: nothing unreleased is read.
 */
export async function listPublicEngagements(db: Kysely<Schema>, limit: number) {
	return await db
		.with('frozen', (qb) =>
			qb
				.selectFrom('release as r')
				.innerJoin('engagement as e', 'e.id', 'r.engagement_id')
				.select((eb) => [
					'r.engagement_id',
					'e.slug',
					sql<string>`(array_agg(r.body->'engagement'->>'title'
						order by r.frozen_at desc, r.id))[1]`.as('title'),
					sql<string>`(array_agg(r.body->'engagement'->>'purpose'
						order by r.frozen_at desc, r.id))[1]`.as('purpose'),
					sql<string>`(array_agg(r.body->'engagement'->>'district'
						order by r.frozen_at desc, r.id))[1]`.as('district'),
					eb.fn.agg<boolean>('bool_or', ['e.is_synthetic']).as('isSynthetic'),
					sql<PublicReleaseEntry[]>`jsonb_path_query_array(
						jsonb_agg(jsonb_build_object(
							'slug', r.slug, 'title', r.title,
							'frozenOn', to_char(r.frozen_at at time zone 'UTC', 'YYYY-MM-DD')
						) order by r.frozen_at desc, r.id),
						'$[0 to 199]'
					)`.as('releases'),
				])
				.where('r.status', '=', 'frozen')
				.groupBy(['r.engagement_id', 'e.slug']),
		)
		.selectFrom('frozen')
		.select(['slug', 'title', 'purpose', 'district', 'isSynthetic', 'releases'])
		.orderBy('title')
		.orderBy('engagement_id')
		.limit(limit)
		.execute();
}

/** The frozen releases of an engagement by its address, newest first, without their bodies. */
export async function listPublicReleases(
	db: Kysely<Schema>,
	engagement: string,
	limit: number,
): Promise<PublicReleaseEntry[]> {
	return await db
		.selectFrom('release as r')
		.innerJoin('engagement as e', 'e.id', 'r.engagement_id')
		.select([
			'r.slug',
			'r.title',
			sql<string>`to_char(r.frozen_at at time zone 'UTC', 'YYYY-MM-DD')`.as('frozenOn'),
		])
		.where('e.slug', '=', engagement)
		.where('r.status', '=', 'frozen')
		.orderBy('r.frozen_at', 'desc')
		.orderBy('r.id')
		.limit(limit)
		.execute();
}

/** Which frozen release an address names: without its body, so that a kept copy can be used. */
export async function findFrozenReleaseKey(
	db: Kysely<Schema>,
	address: { engagement: string; release: string },
) {
	return await db
		.selectFrom('release as r')
		.innerJoin('engagement as e', 'e.id', 'r.engagement_id')
		.select(['r.engagement_id as engagementId', 'r.id as releaseId'])
		.where('e.slug', '=', address.engagement)
		.where('r.slug', '=', address.release)
		.where('r.status', '=', 'frozen')
		.executeTakeFirst();
}

/** One frozen release, with the roles that approved it and when; undefined while it is a draft. */
export async function findFrozenRelease(
	db: Kysely<Schema>,
	key: { engagementId: string; releaseId: string },
) {
	const release = await db
		.selectFrom('release')
		.select(['slug', 'title', 'body', 'body_hash', 'frozen_at'])
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.releaseId)
		.where('status', '=', 'frozen')
		.executeTakeFirst();
	if (!release) {
		return undefined;
	}
	const approvals = await db
		.selectFrom('release_approval')
		.select(['role', 'body_hash', 'created_at'])
		.where('engagement_id', '=', key.engagementId)
		.where('release_id', '=', key.releaseId)
		.orderBy('created_at')
		.orderBy('person_id')
		.execute();
	return { ...release, approvals };
}
