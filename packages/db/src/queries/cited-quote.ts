import type { ConsentEntry } from '@throughline/analysis/dialog';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { promptOfExcerpt } from './excerpt-source.ts';
import { type SpanSeat, seatsOfExcerpt } from './span-consent.ts';

/** A quote with the stored text it is a span of. */
export interface QuoteSpan {
	id: string;
	excerptId: string;
	startAt: number;
	endAt: number;
	textHash: string;
	isWithdrawn: boolean;
	excerptText: string;
	excerptHash: string;
	language: string;
	hasRedactions: boolean;
	clearedBy: string[];
	blockedBy: string[];
	/** Themes that count on the excerpt, by key. */
	themeKeys: string[];
}

/** A quote of an opened answer, with whose response it is from. */
export interface QuoteRow extends QuoteSpan {
	responseId: string;
	windowId: string;
	questionId: string;
	cohortId: string;
	answers: Schema['response']['answers']['__select__'];
}

/** A quote of words spoken in a dialog session, with what their speakers agreed to. */
export interface DialogQuoteRow extends QuoteSpan {
	sessionId: string;
	siteId: string;
	siteName: string;
	prompt: string | null;
	/** One entry per seat whose words are in the span: its lines of the ledger. */
	seats: ConsentEntry[][];
	seatIds: string[];
	/** Whoever said it took it back. */
	isTakenBack: boolean;
}

const columns = sql`
	q.id, q.excerpt_id as "excerptId", q.start_at as "startAt", q.end_at as "endAt",
	q.text_hash as "textHash", q.withdrawn_at is not null as "isWithdrawn",
	e.text as "excerptText", e.text_hash as "excerptHash", e.language,
	jsonb_array_length(e.redactions) > 0 as "hasRedactions",
	array(
		select c.person_id from quote_clearance c
		where c.engagement_id = q.engagement_id and c.quote_id = q.id and c.is_cleared
		order by c.person_id
	) as "clearedBy",
	array(
		select c.person_id from quote_clearance c
		where c.engagement_id = q.engagement_id and c.quote_id = q.id and not c.is_cleared
		order by c.person_id
	) as "blockedBy",
	array(
		select t.key from theme t
		where t.engagement_id = q.engagement_id and t.id = any(coalesce(
			(
				select a.theme_ids from adjudication a
				where a.engagement_id = q.engagement_id and a.excerpt_id = q.excerpt_id
			),
			array(
				select x.theme_id from coding x
				where x.engagement_id = q.engagement_id and x.excerpt_id = q.excerpt_id
				group by x.theme_id
				having count(*) * 2 > (
					select count(*) from excerpt_decision d
					where d.engagement_id = q.engagement_id and d.excerpt_id = q.excerpt_id
				)
			)
		))
		order by t.key
	) as "themeKeys"
`;

/** Quotes of opened answers, with clearances and the themes that count on their excerpts. */
export async function listQuotes(db: Kysely<Schema>, engagementId: string): Promise<QuoteRow[]> {
	const result = await sql<QuoteRow>`
		select ${columns}, e.source_id as "responseId", e.window_id as "windowId",
			e.question_id as "questionId", r.cohort_id as "cohortId", r.answers
		from quote q
		join excerpt e on e.engagement_id = q.engagement_id and e.id = q.excerpt_id
		join response r on r.engagement_id = e.engagement_id and r.id = e.source_id
		where q.engagement_id = ${engagementId} and e.source_kind = 'answer'
		order by q.id
	`.execute(db);
	return result.rows;
}

/** Quotes of words spoken in dialog sessions, those taken back too: their words are left out. */
export async function listDialogQuotes(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<DialogQuoteRow[]> {
	const result = await sql<Omit<DialogQuoteRow, 'seats' | 'seatIds'> & { spanSeats: SpanSeat[] }>`
		select ${columns}, e.session_id as "sessionId", s.site_id as "siteId",
			t.name as "siteName", e.withdrawn_at is not null as "isTakenBack",
			${promptOfExcerpt} as prompt, ${seatsOfExcerpt} as "spanSeats"
		from quote q
		join excerpt e on e.engagement_id = q.engagement_id and e.id = q.excerpt_id
		join dialog_session s on s.engagement_id = e.engagement_id and s.id = e.session_id
		join site t on t.id = s.site_id
		where q.engagement_id = ${engagementId} and e.source_kind = 'turn'
		order by q.id
	`.execute(db);
	return result.rows.map(({ spanSeats, ...row }) => ({
		...row,
		seats: spanSeats.map(({ entries }) => entries),
		seatIds: spanSeats.map(({ seatId }) => seatId),
	}));
}

/** How many took part in each held session, and how many people a label has to stand for. */
export async function readSessionSizes(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<{ quoteK: number; sizes: { siteId: string; participants: number | null }[] }> {
	const engagement = await db
		.selectFrom('engagement')
		.select('quote_k')
		.where('id', '=', engagementId)
		.executeTakeFirstOrThrow();
	const sizes = await db
		.selectFrom('dialog_session')
		.select(['site_id as siteId', 'participants'])
		.where('engagement_id', '=', engagementId)
		.where('status', '=', 'held')
		.orderBy('id')
		.execute();
	return { quoteK: engagement.quote_k, sizes };
}
