import { sql } from 'kysely';
import type { Database } from '../types.ts';
import { type SpanSeat, seatsOfExcerpt, seatsOverheard } from './span-consent.ts';
import { type DialogOrigin, dialogOfExcerpt, questionOfExcerpt } from './excerpt-source.ts';

interface QuoteKey {
	engagementId: string;
	quoteId: string;
}

/** A quote with the stored words it is a span of, and who said what about showing it. */
export interface QuoteForClearance {
	id: string;
	excerptId: string;
	startAt: number;
	endAt: number;
	textHash: string;
	excerptText: string;
	language: string;
	question: Record<string, string> | null;
	dialog: DialogOrigin | null;
	/** Who spoke it, with what they agreed to; empty for answers. */
	seats: SpanSeat[];
	/** Who is heard beside them. */
	overheard: SpanSeat[];
	/** Whether sound of its session is kept. */
	hasRecording: boolean;
	/** Whoever said it took it back: its words are not read any more. */
	isTakenBack: boolean;
	proposedBy: string | null;
	withdrawnAt: Date | null;
	clearances: { personId: string; person: string; isCleared: boolean; reason: string }[];
	/** How many findings rest on it, and the first of them. */
	findings: number;
	usedBy: { id: string; sentence: string }[];
}

/** Quotes of an engagement, the newest first. */
export async function listQuotesForClearance(
	db: Database,
	engagementId: string,
	page: { limit: number; offset: number },
): Promise<QuoteForClearance[]> {
	const result = await sql<QuoteForClearance>`
		${select()}
		where q.engagement_id = ${engagementId}
		order by q.created_at desc, q.id desc
		limit ${page.limit} offset ${page.offset}
	`.execute(db);
	return result.rows;
}

/** One quote, or undefined. */
export async function findQuote(
	db: Database,
	key: QuoteKey,
): Promise<QuoteForClearance | undefined> {
	const result = await sql<QuoteForClearance>`
		${select()}
		where q.engagement_id = ${key.engagementId} and q.id = ${key.quoteId}
	`.execute(db);
	return result.rows[0];
}

/** The quote that is this very span and was not withdrawn, or undefined. */
export async function findSpan(
	db: Database,
	span: { engagementId: string; excerptId: string; startAt: number; endAt: number },
): Promise<string | undefined> {
	const row = await db
		.selectFrom('quote')
		.select('id')
		.where('engagement_id', '=', span.engagementId)
		.where('excerpt_id', '=', span.excerptId)
		.where('start_at', '=', span.startAt)
		.where('end_at', '=', span.endAt)
		.where('withdrawn_at', 'is', null)
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
	return row?.id;
}

/** Stores a span as a quote nobody has cleared yet. */
export async function insertQuote(
	db: Database,
	quote: {
		engagementId: string;
		id: string;
		excerptId: string;
		startAt: number;
		endAt: number;
		textHash: string;
		proposedBy: string;
	},
): Promise<void> {
	await db
		.insertInto('quote')
		.values({
			engagement_id: quote.engagementId,
			id: quote.id,
			excerpt_id: quote.excerptId,
			start_at: quote.startAt,
			end_at: quote.endAt,
			text_hash: quote.textHash,
			proposed_by: quote.proposedBy,
			withdrawn_at: null,
		})
		.execute();
}

/** What a person says about showing a quote, in place of what they said before. */
export async function writeClearance(
	db: Database,
	key: QuoteKey,
	clearance: { personId: string; isCleared: boolean; reason: string },
): Promise<void> {
	const said = { is_cleared: clearance.isCleared, reason: clearance.reason };
	await db
		.insertInto('quote_clearance')
		.values({
			engagement_id: key.engagementId,
			quote_id: key.quoteId,
			person_id: clearance.personId,
			...said,
		})
		.onConflict((conflict) =>
			conflict.columns(['engagement_id', 'quote_id', 'person_id']).doUpdateSet(said),
		)
		.execute();
}

/** Takes a person's word back. Returns false when they had said nothing. */
export async function deleteClearance(
	db: Database,
	key: QuoteKey & { personId: string },
): Promise<boolean> {
	const result = await db
		.deleteFrom('quote_clearance')
		.where('engagement_id', '=', key.engagementId)
		.where('quote_id', '=', key.quoteId)
		.where('person_id', '=', key.personId)
		.executeTakeFirst();
	return result.numDeletedRows > 0n;
}

/** Withdraws a quote. Returns false when there is none to withdraw. */
export async function withdrawQuote(db: Database, key: QuoteKey, at: Date): Promise<boolean> {
	const result = await db
		.updateTable('quote')
		.set({ withdrawn_at: at })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.quoteId)
		.where('withdrawn_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

function select() {
	return sql`
		select q.id, q.excerpt_id as "excerptId", q.start_at as "startAt", q.end_at as "endAt",
			q.text_hash as "textHash", case when e.withdrawn_at is null then e.text else '' end
				as "excerptText", e.language,
			e.withdrawn_at is not null as "isTakenBack",
			p.name as "proposedBy", q.withdrawn_at as "withdrawnAt",
			${questionOfExcerpt} as question, ${dialogOfExcerpt} as dialog,
			${seatsOfExcerpt} as seats, ${seatsOverheard} as overheard,
			exists (
				select from recording r
				where r.engagement_id = e.engagement_id and r.session_id = e.session_id
					and r.status in ('received', 'ready')
			) as "hasRecording",
			coalesce((
				select jsonb_agg(jsonb_build_object(
					'personId', c.person_id, 'person', n.name,
					'isCleared', c.is_cleared, 'reason', c.reason
				) order by c.created_at, c.person_id)
				from quote_clearance c join person n on n.id = c.person_id
				where c.engagement_id = q.engagement_id and c.quote_id = q.id
			), '[]') as clearances,
			(
				select count(*)::int from finding_quote f
				where f.engagement_id = q.engagement_id and f.quote_id = q.id
			) as findings,
			coalesce((
				select jsonb_agg(jsonb_build_object('id', u.id, 'sentence', u.sentence) order by u.id)
				from (
					select g.id, g.sentence
					from finding_quote f
					join finding g on g.engagement_id = f.engagement_id and g.id = f.finding_id
					where f.engagement_id = q.engagement_id and f.quote_id = q.id
						and g.archived_at is null
					order by g.id
					limit 20
				) u
			), '[]') as "usedBy"
		from quote q
		join excerpt e on e.engagement_id = q.engagement_id and e.id = q.excerpt_id
		left join person p on p.id = q.proposed_by
	`;
}
