import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** A survey window by the key on the slips, with everything a student's pages are made from. */
export async function findWindowByLink(db: Kysely<Schema>, linkKey: string) {
	return await db
		.selectFrom('survey_window as w')
		.innerJoin('survey_version as v', (join) =>
			join
				.onRef('v.engagement_id', '=', 'w.engagement_id')
				.onRef('v.id', '=', 'w.survey_version_id'),
		)
		.innerJoin('notice_version as n', (join) =>
			join
				.onRef('n.engagement_id', '=', 'w.engagement_id')
				.onRef('n.id', '=', 'w.notice_version_id'),
		)
		.innerJoin('engagement as e', 'e.id', 'w.engagement_id')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.leftJoin('epoch_canary as k', (join) =>
			join
				.onRef('k.engagement_id', '=', 'w.engagement_id')
				.onRef('k.window_id', '=', 'w.id')
				.onRef('k.epoch', '=', 'w.epoch'),
		)
		.select([
			'k.body as canary',
			'w.engagement_id',
			'w.id',
			'w.status',
			'w.opens_at',
			'w.closes_at',
			'w.epoch',
			'w.link_key',
			'v.definition',
			'v.definition_hash',
			'n.body as notice',
			'n.body_hash as notice_hash',
			'e.title as engagement_title',
			'e.slug as engagement_slug',
			'e.is_synthetic',
			'e.min_n',
			'd.name as district_name',
			'd.timezone',
			'd.details as district_details',
		])
		.where('w.link_key', '=', linkKey)
		.where('w.source', '=', 'codes')
		.executeTakeFirst();
}

/** The newest version of every notice of an engagement, by key. */
export async function listNewestNotices(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('notice_version')
		.distinctOn('key')
		.select(['key', 'kind', 'body', 'body_hash'])
		.where('engagement_id', '=', engagementId)
		.orderBy('key')
		.orderBy('number', 'desc')
		.execute();
}

/** Site key and grade of every cohort of a window, by cohort id. */
export async function listCohortPlaces(
	db: Kysely<Schema>,
	key: { engagementId: string; windowId: string },
) {
	return await db
		.selectFrom('cohort as c')
		.leftJoin('site as s', 's.id', 'c.site_id')
		.select([
			'c.id',
			'c.grade',
			's.key as site_key',
			's.name as site_name',
			's.level as site_level',
		])
		.where('c.engagement_id', '=', key.engagementId)
		.where('c.window_id', '=', key.windowId)
		.orderBy('c.id')
		.execute();
}
