import { type Insertable, sql } from 'kysely';
import type { ExcerptTable, TurnSpanTable } from '../schema.ts';
import type { Database } from '../types.ts';

interface Key {
	engagementId: string;
	transcriptId: string;
}

export interface Span {
	id: string;
	startTurnId: string;
	startAt: number;
	endTurnId: string;
	endAt: number;
	startPosition: number;
	endPosition: number;
	promptKey: string | null;
	excerptId: string;
	textHash: string;
	/** Withdrawn words are not coded any more. */
	isWithdrawn: boolean;
}

/** The spans that touch any turn from one position to another, both included. */
export async function listSpans(
	db: Database,
	key: Key & { from: number; to: number; limit: number },
): Promise<Span[]> {
	return await db
		.selectFrom('turn_span as s')
		.innerJoin('turn as a', (join) =>
			join.onRef('a.engagement_id', '=', 's.engagement_id').onRef('a.id', '=', 's.start_turn_id'),
		)
		.innerJoin('turn as z', (join) =>
			join.onRef('z.engagement_id', '=', 's.engagement_id').onRef('z.id', '=', 's.end_turn_id'),
		)
		.innerJoin('excerpt as e', (join) =>
			join.onRef('e.engagement_id', '=', 's.engagement_id').onRef('e.source_id', '=', 's.id'),
		)
		.select([
			's.id',
			's.start_turn_id as startTurnId',
			's.start_at as startAt',
			's.end_turn_id as endTurnId',
			's.end_at as endAt',
			'a.position as startPosition',
			'z.position as endPosition',
			's.prompt_key as promptKey',
			'e.id as excerptId',
			'e.text_hash as textHash',
			sql<boolean>`e.withdrawn_at is not null`.as('isWithdrawn'),
		])
		.where('s.engagement_id', '=', key.engagementId)
		.where('s.transcript_id', '=', key.transcriptId)
		.where('e.source_kind', '=', 'turn')
		.where('a.position', '<=', key.to)
		.where('z.position', '>=', key.from)
		.orderBy('a.position')
		.orderBy('s.start_at')
		.orderBy('s.id')
		.limit(key.limit)
		.execute();
}

export async function listSpanSeats(
	db: Database,
	key: { engagementId: string; spanIds: readonly string[] },
): Promise<{ spanId: string; seatId: string }[]> {
	if (key.spanIds.length === 0) {
		return [];
	}
	return await db
		.selectFrom('turn_span_seat')
		.select(['span_id as spanId', 'seat_id as seatId'])
		.where('engagement_id', '=', key.engagementId)
		.where('span_id', 'in', key.spanIds)
		.orderBy('span_id')
		.orderBy('seat_id')
		.execute();
}

export async function countSpans(db: Database, key: Key): Promise<number> {
	const { n } = await db
		.selectFrom('turn_span')
		.select((expression) => expression.fn.countAll<number>().as('n'))
		.where('engagement_id', '=', key.engagementId)
		.where('transcript_id', '=', key.transcriptId)
		.executeTakeFirstOrThrow();
	return Number(n);
}

export interface NewSpan {
	span: Insertable<TurnSpanTable>;
	seatIds: readonly string[];
	excerpt: Insertable<ExcerptTable>;
}

/** Stores spans with their seats and excerpts. */
export async function insertSpans(db: Database, spans: readonly NewSpan[]): Promise<void> {
	const chunkSize = 300;
	for (let start = 0; start < spans.length; start += chunkSize) {
		const chunk = spans.slice(start, start + chunkSize);
		await db
			.insertInto('turn_span')
			.values(chunk.map(({ span }) => span))
			.execute();
		const seats = chunk.flatMap(({ span, seatIds }) =>
			seatIds.map((seatId) => ({
				engagement_id: span.engagement_id,
				span_id: span.id,
				seat_id: seatId,
			})),
		);
		// Words of the whole room are of no known seat.
		if (seats.length > 0) {
			await db.insertInto('turn_span_seat').values(seats).execute();
		}
		await db
			.insertInto('excerpt')
			.values(chunk.map(({ excerpt }) => excerpt))
			.execute();
	}
}

/** New places of a span in its turns, when words around it changed. */
export async function moveSpan(
	db: Database,
	key: { engagementId: string; spanId: string },
	place: { startAt: number; endAt: number },
): Promise<void> {
	await db
		.updateTable('turn_span')
		.set({ start_at: place.startAt, end_at: place.endAt })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.spanId)
		.execute();
}

/** How many turns' excerpts there are to code, and how many of them are drawn for double coding. */
export async function countTurnExcerpts(
	db: Database,
	engagementId: string,
): Promise<{ all: number; sampled: number }> {
	const { rows } = await sql<{ all: number; sampled: number }>`
		select count(*)::int as "all", count(*) filter (where in_sample)::int as sampled
		from excerpt
		where engagement_id = ${engagementId} and source_kind = 'turn' and not is_non_answer
	`.execute(db);
	return rows[0] ?? { all: 0, sampled: 0 };
}

/** Whether anybody coded, settled or quoted an excerpt. */
export async function isExcerptUsed(
	db: Database,
	key: { engagementId: string; excerptId: string },
): Promise<boolean> {
	const { rows } = await sql<{ used: boolean }>`
		select exists (
			select 1 from excerpt_decision
			where engagement_id = ${key.engagementId} and excerpt_id = ${key.excerptId}
		) or exists (
			select 1 from coding
			where engagement_id = ${key.engagementId} and excerpt_id = ${key.excerptId}
		) or exists (
			select 1 from quote
			where engagement_id = ${key.engagementId} and excerpt_id = ${key.excerptId}
		) as used
	`.execute(db);
	return rows[0]?.used ?? true;
}

export async function deleteSpan(
	db: Database,
	key: { engagementId: string; spanId: string; excerptId: string },
): Promise<void> {
	await db
		.deleteFrom('excerpt')
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.excerptId)
		.execute();
	await db
		.deleteFrom('turn_span')
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.spanId)
		.execute();
}
