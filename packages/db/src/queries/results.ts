import { type Kysely, sql } from 'kysely';
import type { Schema, SiteLevel } from '../schema.ts';

interface WindowKey {
	engagementId: string;
	windowId: string;
}

/** A window with what its results are made from, or undefined. */
export async function findResultsWindow(db: Kysely<Schema>, key: WindowKey) {
	return await db
		.selectFrom('survey_window as w')
		.innerJoin('survey_version as v', (join) =>
			join
				.onRef('v.engagement_id', '=', 'w.engagement_id')
				.onRef('v.id', '=', 'w.survey_version_id'),
		)
		.innerJoin('engagement as e', 'e.id', 'w.engagement_id')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.select([
			'w.id',
			'w.label',
			'w.status',
			'w.opens_at',
			'w.closes_at',
			'v.definition',
			'v.definition_hash',
			'e.id as engagement_id',
			'e.slug',
			'e.min_n',
			'e.quote_k',
			'e.school_year',
			'd.timezone',
		])
		.where('w.engagement_id', '=', key.engagementId)
		.where('w.id', '=', key.windowId)
		.executeTakeFirst();
}

/** Each is counted and protected as a whole: the newest of them have to do. */
const MOST_WINDOWS = 20;

/** The opened windows of an engagement, newest first; at most twenty. */
export async function listOpenedWindows(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('survey_window')
		.select(['id', 'label', 'opens_at', 'closes_at'])
		.where('engagement_id', '=', engagementId)
		.where('status', '=', 'opened')
		.orderBy('closes_at', 'desc')
		.orderBy('id')
		.limit(MOST_WINDOWS)
		.execute();
}

/**
 * The sites a window may have answers of, in their order: those of its district that were counted
 * in its school year, and those it has a cohort of, counted or not. One that was added later
 * belongs to no result of it.
 */
export async function listSitesOf(
	db: Kysely<Schema>,
	key: WindowKey,
): Promise<{ key: string; name: string; level: SiteLevel; has_sro: boolean }[]> {
	return await db
		.selectFrom('site as s')
		.innerJoin('engagement as e', 'e.district_id', 's.district_id')
		.select(['s.key', 's.name', 's.level', 's.has_sro'])
		.where('e.id', '=', key.engagementId)
		.where((where) =>
			where.or([
				where.exists(
					where
						.selectFrom('site_enrollment as n')
						.select('n.n')
						.whereRef('n.site_id', '=', 's.id')
						.whereRef('n.school_year', '=', 'e.school_year'),
				),
				where.exists(
					where
						.selectFrom('cohort as c')
						.select('c.id')
						.whereRef('c.site_id', '=', 's.id')
						.where('c.engagement_id', '=', key.engagementId)
						.where('c.window_id', '=', key.windowId),
				),
			]),
		)
		.orderBy('s.position')
		.orderBy('s.id')
		.execute();
}

/** Where the responses of each cohort of a window come from, by cohort id. */
export async function listOrigins(db: Kysely<Schema>, key: WindowKey) {
	return await db
		.selectFrom('cohort as c')
		.leftJoin('site as s', 's.id', 'c.site_id')
		.select(['c.id', 'c.grade', 's.key as site_key', 's.level'])
		.where('c.engagement_id', '=', key.engagementId)
		.where('c.window_id', '=', key.windowId)
		.orderBy('c.id')
		.execute();
}

/** A coded excerpt of an opened answer: whose response, and the themes that count on it. */
export interface CodedExcerpt {
	excerptId: string;
	responseId: string;
	cohortId: string;
	questionId: string;
	answers: Schema['response']['answers']['__select__'];
	themeIds: string[];
}

/**
 * Every decided excerpt of a window with the themes that count: those an adjudication named, or
 * else those that more than half of its coders put on it.
 */
export async function listCodedExcerpts(
	db: Kysely<Schema>,
	key: WindowKey,
): Promise<CodedExcerpt[]> {
	const result = await sql<CodedExcerpt>`
		with decided as (
			select d.excerpt_id, count(*) as coders
			from excerpt_decision d
			join excerpt e on e.engagement_id = d.engagement_id and e.id = d.excerpt_id
			where d.engagement_id = ${key.engagementId} and e.window_id = ${key.windowId}
				and e.source_kind = 'answer' and not e.is_non_answer
				and e.withdrawn_at is null
			group by d.excerpt_id
		), agreed as (
			select c.excerpt_id, c.theme_id
			from coding c join decided d on d.excerpt_id = c.excerpt_id
			where c.engagement_id = ${key.engagementId}
			group by c.excerpt_id, c.theme_id, d.coders
			having count(*) * 2 > d.coders
		)
		select e.id as "excerptId", e.source_id as "responseId", r.cohort_id as "cohortId",
			e.question_id as "questionId", r.answers,
			coalesce(a.theme_ids, array(
				select g.theme_id from agreed g where g.excerpt_id = e.id order by g.theme_id
			)) as "themeIds"
		from decided d
		join excerpt e on e.engagement_id = ${key.engagementId} and e.id = d.excerpt_id
		join response r on r.engagement_id = e.engagement_id and r.id = e.source_id
		left join adjudication a on a.engagement_id = e.engagement_id and a.excerpt_id = e.id
		order by e.id
	`.execute(db);
	return result.rows;
}

/** Themes of the codebook in their order, with their groups. */
export async function listThemes(db: Kysely<Schema>, engagementId: string) {
	return await db
		.selectFrom('theme as t')
		.innerJoin('theme_group as g', (join) =>
			join.onRef('g.engagement_id', '=', 't.engagement_id').onRef('g.id', '=', 't.theme_group_id'),
		)
		.select([
			't.id',
			't.key',
			't.label',
			't.definition',
			't.include',
			't.exclude',
			't.examples',
			'g.key as group_key',
			'g.label as group_label',
		])
		.where('t.engagement_id', '=', engagementId)
		.where('t.archived_at', 'is', null)
		.orderBy('g.position')
		.orderBy('t.position')
		.orderBy('t.id')
		.execute();
}

/**
 * A stamp of everything that decides which themes count in a window: it changes when a decision, a
 * coding or an adjudication does.
 */
export async function readCodingStamp(db: Kysely<Schema>, key: WindowKey): Promise<string> {
	const result = await sql<{ stamp: string }>`
		with own as (
			select id from excerpt
			where engagement_id = ${key.engagementId} and window_id = ${key.windowId}
				and withdrawn_at is null
		), marks as (
			select concat_ws(' ', 'd', d.excerpt_id, d.coder_id) as mark
			from excerpt_decision d join own on own.id = d.excerpt_id
			where d.engagement_id = ${key.engagementId}
			union all
			select concat_ws(' ', 'c', c.excerpt_id, c.coder_id, c.theme_id)
			from coding c join own on own.id = c.excerpt_id
			where c.engagement_id = ${key.engagementId}
			union all
			select concat_ws(' ', 'a', a.excerpt_id, a.theme_ids::text)
			from adjudication a join own on own.id = a.excerpt_id
			where a.engagement_id = ${key.engagementId}
		)
		select concat_ws(':', count(*), sum(hashtextextended(mark, 0)::numeric)) as stamp from marks
	`.execute(db);
	return result.rows[0]?.stamp ?? '';
}

/** How far coding has come in a window: answers with words, decided ones, doubly decided ones. */
export async function readCodingCoverage(db: Kysely<Schema>, key: WindowKey) {
	const result = await sql<{ answers: number; decided: number; double: number }>`
		select count(*)::int as answers,
			count(*) filter (where d.coders >= 1)::int as decided,
			count(*) filter (where d.coders >= 2)::int as double
		from excerpt e
		left join lateral (
			select count(*) as coders from excerpt_decision x
			where x.engagement_id = e.engagement_id and x.excerpt_id = e.id
		) d on true
		where e.engagement_id = ${key.engagementId} and e.window_id = ${key.windowId}
			and not e.is_non_answer and e.withdrawn_at is null
	`.execute(db);
	return result.rows[0] ?? { answers: 0, decided: 0, double: 0 };
}
