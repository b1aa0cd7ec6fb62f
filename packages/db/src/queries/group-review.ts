import { sql } from 'kysely';
import type { Database } from '../types.ts';

interface SessionKey {
	engagementId: string;
	sessionId: string;
}

/** A group's link and the session it is about, by the hash of its token. */
export interface GroupReview {
	engagementId: string;
	id: string;
	sessionId: string;
	openUntil: string;
	closedAt: Date | null;
	isSynthetic: boolean;
	timezone: string;
	startsAt: Date;
}

export async function findReviewByToken(
	db: Database,
	tokenHash: Buffer,
): Promise<GroupReview | undefined> {
	return await db
		.selectFrom('group_review as r')
		.innerJoin('engagement as e', 'e.id', 'r.engagement_id')
		.innerJoin('district as d', 'd.id', 'e.district_id')
		.innerJoin('dialog_session as s', (join) =>
			join.onRef('s.engagement_id', '=', 'r.engagement_id').onRef('s.id', '=', 'r.session_id'),
		)
		.select(['r.engagement_id as engagementId', 'r.id', 'r.session_id as sessionId'])
		.select(['r.open_until as openUntil', 'r.closed_at as closedAt', 'd.timezone'])
		.select(['e.is_synthetic as isSynthetic', 's.starts_at as startsAt'])
		.where('r.token_hash', '=', tokenHash)
		.executeTakeFirst();
}

/** Makes a link. Only the hash of its token is kept. */
export async function insertReview(
	db: Database,
	key: SessionKey,
	review: { id: string; tokenHash: Buffer; openUntil: string; createdBy: string },
): Promise<void> {
	await db
		.insertInto('group_review')
		.values({
			engagement_id: key.engagementId,
			id: review.id,
			session_id: key.sessionId,
			token_hash: review.tokenHash,
			open_until: review.openUntil,
			closed_at: null,
			created_by: review.createdBy,
		})
		.execute();
}

/** Closes every open link of a session. Returns how many that were. */
export async function closeReviews(db: Database, key: SessionKey, at: Date): Promise<number> {
	const result = await db
		.updateTable('group_review')
		.set({ closed_at: at })
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
	return Number(result.numUpdatedRows);
}

/** The links of a session, newest first. A session has a few; more are not listed. */
export async function listReviews(db: Database, key: SessionKey) {
	return await db
		.selectFrom('group_review')
		.select(['id', 'open_until as openUntil', 'closed_at as closedAt', 'created_at as createdAt'])
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.orderBy('created_at', 'desc')
		.orderBy('id', 'desc')
		.limit(20)
		.execute();
}

/** What a group reads: one of its segments with what was made of it. */
export interface GroupSegment {
	id: string;
	text: string;
	language: string;
	promptKey: string | null;
	prompt: string | null;
	/** Themes that count on it, in the codebook's words. */
	themes: string[];
	/** Spans of it that were proposed as quotes and not withdrawn, in code points. */
	quotes: { startAt: number; endAt: number }[];
	/** What the group said of it last. */
	answer: { kind: 'approve' | 'correct' | 'withdraw'; text: string } | null;
}

/** The segments of a session in the order they were said, without those taken back. */
export async function listSegments(
	db: Database,
	key: SessionKey,
	page: { limit: number; offset: number },
): Promise<GroupSegment[]> {
	const result = await sql<GroupSegment>`
		select e.id, e.text, e.language, e.prompt_key as "promptKey",
			(
				select coalesce(p -> 'text' ->> 'en', p ->> 'text')
				from dialog_session s
				join dialog_guide_version g
					on g.engagement_id = s.engagement_id and g.id = s.guide_version_id
				cross join lateral jsonb_array_elements(
					case jsonb_typeof(g.body -> 'prompts') when 'array' then g.body -> 'prompts'
						else '[]' end
				) p
				where s.engagement_id = e.engagement_id and s.id = e.session_id
					and p ->> 'key' = e.prompt_key
				limit 1
			) as prompt,
			array(
				select t.label from theme t
				where t.engagement_id = e.engagement_id and t.id = any(coalesce(
					(
						select a.theme_ids from adjudication a
						where a.engagement_id = e.engagement_id and a.excerpt_id = e.id
					),
					array(
						select c.theme_id from coding c
						where c.engagement_id = e.engagement_id and c.excerpt_id = e.id
						group by c.theme_id
						having count(*) * 2 > (
							select count(*) from excerpt_decision d
							where d.engagement_id = e.engagement_id and d.excerpt_id = e.id
						)
					)
				))
				order by t.key
			) as themes,
			coalesce((
				select jsonb_agg(jsonb_build_object('startAt', q.start_at, 'endAt', q.end_at)
					order by q.start_at, q.id)
				from quote q
				where q.engagement_id = e.engagement_id and q.excerpt_id = e.id
					and q.withdrawn_at is null
			), '[]') as quotes,
			(
				select jsonb_build_object('kind', a.kind, 'text', a.text)
				from group_answer a
				where a.engagement_id = e.engagement_id and a.excerpt_id = e.id
				order by a.created_at desc, a.id desc
				limit 1
			) as answer
		from excerpt e
		left join turn_span sp on sp.engagement_id = e.engagement_id and sp.id = e.source_id
		where e.engagement_id = ${key.engagementId} and e.session_id = ${key.sessionId}
			and e.source_kind = 'turn' and e.withdrawn_at is null and not e.is_non_answer
		order by sp.start_ms nulls last, e.id
		limit ${page.limit} offset ${page.offset}
	`.execute(db);
	return result.rows;
}

/** Whether an excerpt is one of a session's that nobody took back. */
export async function isSegment(
	db: Database,
	key: SessionKey & { excerptId: string },
): Promise<boolean> {
	const row = await db
		.selectFrom('excerpt')
		.select('id')
		.where('engagement_id', '=', key.engagementId)
		.where('session_id', '=', key.sessionId)
		.where('id', '=', key.excerptId)
		.where('withdrawn_at', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	return row !== undefined;
}

export interface NewAnswer {
	id: string;
	reviewId: string;
	excerptId: string;
	kind: 'approve' | 'correct' | 'withdraw';
	text: string;
}

/** How many answers a link has brought. */
export async function countAnswers(
	db: Database,
	key: { engagementId: string; reviewId: string },
): Promise<number> {
	const row = await db
		.selectFrom('group_answer')
		.select((of) => of.fn.countAll<number>().as('n'))
		.where('engagement_id', '=', key.engagementId)
		.where('review_id', '=', key.reviewId)
		.executeTakeFirstOrThrow();
	return row.n;
}

/** Stores an answer unless it is what the group said of the excerpt last. */
export async function insertAnswer(
	db: Database,
	engagementId: string,
	answer: NewAnswer,
): Promise<void> {
	await sql`
		insert into group_answer (engagement_id, id, review_id, excerpt_id, kind, text)
		select ${engagementId}::uuid, ${answer.id}::uuid, ${answer.reviewId}::uuid,
			${answer.excerptId}::uuid, ${answer.kind}::text, ${answer.text}::text
		where not exists (
			select from (
				select kind, text from group_answer
				where engagement_id = ${engagementId} and excerpt_id = ${answer.excerptId}
				order by created_at desc, id desc
				limit 1
			) last where last.kind = ${answer.kind}::text and last.text = ${answer.text}::text
		)
	`.execute(db);
}

/** What a group answered, for whoever runs its session. Words taken back are left out. */
export interface AnswerRow {
	id: string;
	excerptId: string;
	kind: NewAnswer['kind'];
	text: string;
	excerptText: string;
	language: string;
	at: Date;
	handledAt: Date | null;
	handledBy: string | null;
}

export async function listAnswers(
	db: Database,
	key: SessionKey,
	page: { limit: number; offset: number },
): Promise<AnswerRow[]> {
	const result = await sql<AnswerRow>`
		select a.id, a.excerpt_id as "excerptId", a.kind, a.text, a.created_at as at,
			case when e.withdrawn_at is null then e.text else '' end as "excerptText", e.language,
			a.handled_at as "handledAt", p.name as "handledBy"
		from group_answer a
		join group_review r on r.engagement_id = a.engagement_id and r.id = a.review_id
		join excerpt e on e.engagement_id = a.engagement_id and e.id = a.excerpt_id
		left join person p on p.id = a.handled_by
		where a.engagement_id = ${key.engagementId} and r.session_id = ${key.sessionId}
		order by (a.handled_at is not null), a.created_at desc, a.id desc
		limit ${page.limit} offset ${page.offset}
	`.execute(db);
	return result.rows;
}

/** Marks an answer as dealt with. Returns false when there is none that waits. */
export async function handleAnswer(
	db: Database,
	key: SessionKey & { answerId: string },
	{ personId, at }: { personId: string; at: Date },
): Promise<boolean> {
	const result = await sql`
		update group_answer a set handled_at = ${at}, handled_by = ${personId}
		from group_review r
		where a.engagement_id = ${key.engagementId} and a.id = ${key.answerId}
			and r.engagement_id = a.engagement_id and r.id = a.review_id
			and r.session_id = ${key.sessionId} and a.handled_at is null
	`.execute(db);
	return result.numAffectedRows === 1n;
}
