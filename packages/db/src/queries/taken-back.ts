import { sql } from 'kysely';
import type { Database } from '../types.ts';

/** Since when the words of a quote are not shown any more, and who wanted it so. */
export interface TakenBack {
	at: Date;
	/** Whoever said them, or the team that had published them. */
	by: 'speaker' | 'team';
}

/** Notes that quotes were taken back by whoever said them. Noting it twice keeps the first day. */
export async function noteTakenBack(
	db: Database,
	engagementId: string,
	{ quoteIds, at }: { quoteIds: readonly string[]; at: Date },
): Promise<void> {
	if (quoteIds.length === 0) {
		return;
	}
	await db
		.insertInto('taken_back_quote')
		.values(
			quoteIds.map((id) => ({ engagement_id: engagementId, quote_id: id, taken_back_at: at })),
		)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** The quotes of an engagement whose words nobody is shown any more, by id. */
export async function listTakenBack(
	db: Database,
	engagementId: string,
): Promise<ReadonlyMap<string, TakenBack>> {
	const result = await sql<TakenBack & { quoteId: string }>`
		select quote_id as "quoteId", taken_back_at as "at", 'speaker' as "by"
		from taken_back_quote
		where engagement_id = ${engagementId}
		union all
		select q.id, q.withdrawn_at, 'team'
		from quote q
		where q.engagement_id = ${engagementId} and q.withdrawn_at is not null and not exists (
			select from taken_back_quote t
			where t.engagement_id = q.engagement_id and t.quote_id = q.id
		)
		order by 1
	`.execute(db);
	return new Map(result.rows.map(({ quoteId, at, by }) => [quoteId, { at, by }]));
}
