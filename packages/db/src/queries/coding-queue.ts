import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../types.ts';
import {
	type DialogOrigin,
	dialogOfExcerpt,
	questionOfExcerpt as question,
} from './excerpt-source.ts';

interface CoderKey {
	engagementId: string;
	coderId: string;
}

/** An excerpt as it is coded: its words and what they answer, nothing about who said them. */
export interface ExcerptRow {
	id: string;
	text: string;
	language: string;
	/** The question in every language of the survey; null for turns of a dialog. */
	question: Record<string, string> | null;
	/** Of turns of a dialog only. What may be shown of it, the presenter decides. */
	dialog: DialogOrigin | null;
}

/** How many coders an excerpt needs: two in the sample drawn for double coding, else one. */
const needed = sql`case when e.in_sample then 2 else 1 end`;
const coders = sql`(
	select count(*) from excerpt_decision x
	where x.engagement_id = e.engagement_id and x.excerpt_id = e.id
)`;
/** What was taken back by whoever said it is not there for coders any more. */
const coded = sql`e.withdrawn_at is null`;

/**
 * The next excerpts this coder should decide on: first those of the double-coding sample that
 * fewer than two coders have decided, then the shuffled queue, which the coders are dealt like
 * cards so that two at work do not code the same, then what of it is left with others.
 * @param options.skip ids the coder holds already.
 */
export async function listNextExcerpts(
	db: Database,
	coder: CoderKey,
	options: { limit: number; skip: readonly string[] },
): Promise<ExcerptRow[]> {
	const { seat, seats } = await seatOf(db, coder);
	const dealt = sql`e.queue_position % ${seats}::int = ${seat}::int`;
	const found: ExcerptRow[] = [];
	for (const part of [sql`e.in_sample`, sql`not e.in_sample and ${dealt}`, sql`not (${dealt})`]) {
		const limit = options.limit - found.length;
		if (limit > 0) {
			const skip = [...options.skip, ...found.map(({ id }) => id)];
			found.push(...(await listPart(db, coder, { part, limit, skip })));
		}
	}
	return found;
}

/** How far a coder is: what they have decided, and what of the queue still needs them. */
export async function readProgress(
	db: Database,
	coder: CoderKey,
): Promise<{ decided: number; remaining: number; blanks: number }> {
	const result = await sql<{ decided: number; remaining: number; blanks: number }>`
		select
			count(*) filter (where n.mine)::int as decided,
			count(*) filter (where not e.is_non_answer and n.coders < ${needed} and not n.mine)::int
				as remaining,
			count(*) filter (where e.is_non_answer)::int as blanks
		from excerpt e
		left join lateral (
			select count(*) as coders, coalesce(bool_or(x.coder_id = ${coder.coderId}), false) as mine
			from excerpt_decision x
			where x.engagement_id = e.engagement_id and x.excerpt_id = e.id
		) n on true
		where e.engagement_id = ${coder.engagementId} and ${coded}
	`.execute(db);
	return result.rows[0] ?? { decided: 0, remaining: 0, blanks: 0 };
}

/**
 * Seconds between a coder's last decisions: the median of the newest fifty gaps, breaks of more
 * than five minutes left out; null with fewer than five.
 */
export async function readPace(db: Database, coder: CoderKey): Promise<number | null> {
	const result = await sql<{ seconds: number | null; gaps: number }>`
		with newest as (
			select decided_at from excerpt_decision
			where engagement_id = ${coder.engagementId} and coder_id = ${coder.coderId}
			order by decided_at desc, excerpt_id
			limit 51
		), gaps as (
			select extract(epoch from decided_at - lag(decided_at) over (order by decided_at))::float8
				as seconds
			from newest
		)
		select percentile_cont(0.5) within group (order by seconds) as seconds, count(*)::int as gaps
		from gaps
		where seconds between 0.2 and 300
	`.execute(db);
	const row = result.rows[0];
	return row && row.gaps >= 5 ? row.seconds : null;
}

/** One excerpt as a coder may see it, or undefined. */
export async function findExcerpt(
	db: Database,
	key: { engagementId: string; excerptId: string },
): Promise<(ExcerptRow & { isNonAnswer: boolean }) | undefined> {
	const result = await sql<ExcerptRow & { isNonAnswer: boolean }>`
		select e.id, e.text, e.language, ${question} as question,
			${dialogOfExcerpt} as dialog, e.is_non_answer as "isNonAnswer"
		from excerpt e
		where e.engagement_id = ${key.engagementId} and e.id = ${key.excerptId} and ${coded}
	`.execute(db);
	return result.rows[0];
}

/** Answers kept out of the queue as blank words ('idk'), in the queue's random order. */
export async function listBlanks(
	db: Database,
	engagementId: string,
	page: { limit: number; offset: number },
): Promise<ExcerptRow[]> {
	const result = await sql<ExcerptRow>`
		select e.id, e.text, e.language, ${question} as question, ${dialogOfExcerpt} as dialog
		from excerpt e
		where e.engagement_id = ${engagementId} and e.is_non_answer and ${coded}
		order by e.queue_position, e.id
		limit ${page.limit} offset ${page.offset}
	`.execute(db);
	return result.rows;
}

/** Brings blank words back into the queue. Returns false when it is none of them. */
export async function bringBack(
	db: Database,
	key: { engagementId: string; excerptId: string },
): Promise<boolean> {
	const result = await db
		.updateTable('excerpt')
		.set({ is_non_answer: false })
		.where('engagement_id', '=', key.engagementId)
		.where('id', '=', key.excerptId)
		.where('is_non_answer', '=', true)
		.where('withdrawn_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** The place of a coder among the coders of an engagement, from 0. */
async function seatOf(db: Database, coder: CoderKey): Promise<{ seat: number; seats: number }> {
	const result = await sql<{ seat: number; seats: number }>`
		select count(*) filter (where person_id < ${coder.coderId})::int as seat,
			greatest(count(*)::int, 1) as seats
		from engagement_role
		where engagement_id = ${coder.engagementId} and role = 'coder'
	`.execute(db);
	const { seat = 0, seats = 1 } = result.rows[0] ?? {};
	return { seat: seat % seats, seats };
}

async function listPart(
	db: Database,
	coder: CoderKey,
	options: { part: RawBuilder<unknown>; limit: number; skip: readonly string[] },
): Promise<ExcerptRow[]> {
	const result = await sql<ExcerptRow>`
		select e.id, e.text, e.language, ${question} as question, ${dialogOfExcerpt} as dialog
		from excerpt e
		where e.engagement_id = ${coder.engagementId} and not e.is_non_answer and ${coded}
			and ${options.part}
			and e.id <> all(${[...options.skip]}::uuid[])
			and not exists (
				select from excerpt_decision d
				where d.engagement_id = e.engagement_id and d.excerpt_id = e.id
					and d.coder_id = ${coder.coderId}
			)
			and ${coders} < ${needed}
		order by e.queue_position, e.id
		limit ${options.limit}
	`.execute(db);
	return result.rows;
}
