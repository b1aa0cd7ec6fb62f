import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** Engagements that have something public, by title, with their frozen releases, newest first. */
export async function listPublicEngagements(db: Kysely<Schema>, limit: number) {
	return await db
		.selectFrom('engagement as e')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.select([
			'e.slug',
			'e.title',
			'e.purpose',
			'e.is_synthetic',
			'd.name as district',
			sql<{ slug: string; title: string; frozenOn: string }[]>`coalesce((
				select jsonb_agg(jsonb_build_object(
					'slug', r.slug, 'title', r.title, 'frozenOn', to_char(r.frozen_at, 'YYYY-MM-DD')
				) order by r.frozen_at desc, r.id)
				from release r where r.engagement_id = e.id and r.status = 'frozen'
			), '[]')`.as('releases'),
		])
		.orderBy('e.title')
		.orderBy('e.id')
		.limit(limit)
		.execute();
}

/** One frozen release by its public address, or undefined. */
export async function findFrozenRelease(
	db: Kysely<Schema>,
	address: { engagement: string; release: string },
) {
	const release = await db
		.selectFrom('release as r')
		.innerJoin('engagement as e', 'e.id', 'r.engagement_id')
		.select([
			'r.engagement_id',
			'r.id',
			'r.slug',
			'r.title',
			'r.body',
			'r.body_hash',
			'r.frozen_at',
		])
		.where('e.slug', '=', address.engagement)
		.where('r.slug', '=', address.release)
		.where('r.status', '=', 'frozen')
		.executeTakeFirst();
	if (!release) {
		return undefined;
	}
	const approvals = await db
		.selectFrom('release_approval')
		.select(['role', 'body_hash', 'created_at'])
		.where('engagement_id', '=', release.engagement_id)
		.where('release_id', '=', release.id)
		.orderBy('created_at')
		.orderBy('person_id')
		.execute();
	return { ...release, approvals };
}
