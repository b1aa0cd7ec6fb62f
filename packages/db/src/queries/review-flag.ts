import { sql } from 'kysely';
import type { ReviewFlagTable } from '../schema.ts';
import type { Database } from '../types.ts';

export type FlagTarget = ReviewFlagTable['target_type'];
export type FlagReason = ReviewFlagTable['reason'];

export interface NewFlag {
	id: string;
	targetType: FlagTarget;
	targetId: string;
	excerptId: string;
	reason: FlagReason;
}

/** Something that rests on words that were taken back or corrected, as a list shows it. */
export interface FlagRow {
	id: string;
	targetType: FlagTarget;
	targetId: string;
	/** Groups the flags that one withdrawal raised. */
	excerptId: string;
	reason: FlagReason;
	/** The finding's sentence, the recommendation's key and text, the release's title; '' for quotes. */
	label: string;
	/** What a group wrote in place of the words; '' for a withdrawal. */
	correction: string;
	raisedAt: Date;
	resolvedAt: Date | null;
	resolvedBy: string | null;
	resolution: string;
}

/**
 * Everything that rests on quotes: the quotes, findings, recommendations, frozen releases.
 * @param of excerpts with all of their quotes, or quotes one by one.
 */
export async function listResting(
	db: Database,
	engagementId: string,
	of: { excerptIds: readonly string[] } | { quoteIds: readonly string[] },
): Promise<{ targetType: FlagTarget; targetId: string; excerptId: string }[]> {
	const [column, ids] =
		'quoteIds' in of ? (['id', of.quoteIds] as const) : (['excerpt_id', of.excerptIds] as const);
	if (ids.length === 0) {
		return [];
	}
	const result = await sql<{ targetType: FlagTarget; targetId: string; excerptId: string }>`
		with cited as (
			select id, excerpt_id from quote
			where engagement_id = ${engagementId} and ${sql.ref(column)} = any(${[...ids]}::uuid[])
		), carried as (
			select distinct f.finding_id, c.excerpt_id
			from cited c
			join finding_quote f on f.engagement_id = ${engagementId} and f.quote_id = c.id
		)
		select 'quote' as "targetType", id as "targetId", excerpt_id as "excerptId" from cited
		union all
		select 'finding', finding_id, excerpt_id from carried
		union all
		select distinct 'recommendation', r.recommendation_id, c.excerpt_id
		from carried c
		join recommendation_finding r
			on r.engagement_id = ${engagementId} and r.finding_id = c.finding_id
		union all
		select distinct 'release', r.id, c.excerpt_id
		from cited c
		join release r on r.engagement_id = ${engagementId} and r.status = 'frozen'
			and r.body -> 'quotes' @> jsonb_build_array(jsonb_build_object('id', c.id))
		order by 1, 2, 3
	`.execute(db);
	return result.rows;
}

/** Raises flags. One that is there already stays as it is. */
export async function raiseFlags(
	db: Database,
	engagementId: string,
	flags: readonly NewFlag[],
): Promise<void> {
	if (flags.length === 0) {
		return;
	}
	await db
		.insertInto('review_flag')
		.values(
			flags.map((flag) => ({
				engagement_id: engagementId,
				id: flag.id,
				target_type: flag.targetType,
				target_id: flag.targetId,
				excerpt_id: flag.excerptId,
				reason: flag.reason,
				resolved_by: null,
				resolved_at: null,
				resolution: '',
			})),
		)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Flags of an engagement: the open ones first, the newest of each first. */
export async function listFlags(
	db: Database,
	engagementId: string,
	page: { limit: number; offset: number },
): Promise<FlagRow[]> {
	const result = await sql<FlagRow>`
		select f.id, f.target_type as "targetType", f.target_id as "targetId",
			f.excerpt_id as "excerptId", f.reason, f.created_at as "raisedAt",
			f.resolved_at as "resolvedAt", p.name as "resolvedBy", f.resolution,
			coalesce(case f.target_type
				when 'finding' then (
					select sentence from finding
					where engagement_id = f.engagement_id and id = f.target_id
				)
				when 'recommendation' then (
					select key || ' ' || text from recommendation
					where engagement_id = f.engagement_id and id = f.target_id
				)
				when 'release' then (
					select title from release
					where engagement_id = f.engagement_id and id = f.target_id
				)
			end, '') as label,
			coalesce(case when f.reason = 'corrected' then (
				select a.text from group_answer a
				where a.engagement_id = f.engagement_id and a.excerpt_id = f.excerpt_id
					and a.kind = 'correct'
				order by a.created_at desc, a.id desc
				limit 1
			) end, '') as correction
		from review_flag f
		left join person p on p.id = f.resolved_by
		where f.engagement_id = ${engagementId}
		order by (f.resolved_at is not null), f.created_at desc, f.id desc
		limit ${page.limit} offset ${page.offset}
	`.execute(db);
	return result.rows;
}

/** How many flags wait. */
export async function countOpenFlags(db: Database, engagementId: string): Promise<number> {
	const row = await db
		.selectFrom('review_flag')
		.select((of) => of.fn.countAll<number>().as('n'))
		.where('engagement_id', '=', engagementId)
		.where('resolved_at', 'is', null)
		.executeTakeFirstOrThrow();
	return row.n;
}

/** The open flags of one thing, oldest first. */
export async function listOpenFlagsOf(
	db: Database,
	key: { engagementId: string; targetType: FlagTarget; targetIds: readonly string[] },
): Promise<{ id: string; targetId: string; reason: FlagReason }[]> {
	if (key.targetIds.length === 0) {
		return [];
	}
	return await db
		.selectFrom('review_flag')
		.select(['id', 'target_id as targetId', 'reason'])
		.where('engagement_id', '=', key.engagementId)
		.where('target_type', '=', key.targetType)
		.where('target_id', 'in', [...key.targetIds])
		.where('resolved_at', 'is', null)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
}

/** Resolves a flag with a note. Returns false when there is none that waits. */
export async function resolveFlag(
	db: Database,
	key: { engagementId: string; flagId: string },
	resolved: { personId: string; at: Date; note: string },
): Promise<boolean> {
	const result = await db
		.updateTable('review_flag')
		.set({ resolved_by: resolved.personId, resolved_at: resolved.at, resolution: resolved.note })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.flagId)
		.where('resolved_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}
