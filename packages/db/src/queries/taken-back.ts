import type { Database } from '../types.ts';

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

/** Since when each quote of an engagement is taken back, by its id. */
export async function listTakenBack(
	db: Database,
	engagementId: string,
): Promise<ReadonlyMap<string, Date>> {
	const rows = await db
		.selectFrom('taken_back_quote')
		.select(['quote_id', 'taken_back_at'])
		.where('engagement_id', '=', engagementId)
		.orderBy('quote_id')
		.execute();
	return new Map(rows.map((row) => [row.quote_id, row.taken_back_at]));
}
