import type { Insertable, Kysely } from 'kysely';
import type { ExcerptTable, Schema, StoredAnswers } from '../schema.ts';

interface WindowKey {
	engagementId: string;
	windowId: string;
}

/** One page of a window's responses, in the order of their random ids. */
export async function listResponsePage(
	db: Kysely<Schema>,
	options: WindowKey & { after: string | null; limit: number },
): Promise<{ id: string; cohortId: string; answers: StoredAnswers }[]> {
	let query = db
		.selectFrom('response')
		.select(['id', 'cohort_id as cohortId', 'answers'])
		.where('engagement_id', '=', options.engagementId)
		.where('window_id', '=', options.windowId)
		.orderBy('id')
		.limit(options.limit);
	if (options.after !== null) {
		query = query.where('id', '>', options.after);
	}
	return await query.execute();
}

/** Stores excerpts in chunks of 500. */
export async function insertExcerpts(
	db: Kysely<Schema>,
	excerpts: Insertable<ExcerptTable>[],
): Promise<void> {
	const chunkSize = 500;
	for (let start = 0; start < excerpts.length; start += chunkSize) {
		await db
			.insertInto('excerpt')
			.values(excerpts.slice(start, start + chunkSize))
			.execute();
	}
}

/** The highest queue position in use, so that new excerpts queue up behind; -1 when there is none. */
export async function lastQueuePosition(db: Kysely<Schema>, engagementId: string): Promise<number> {
	const row = await db
		.selectFrom('excerpt')
		.select((expression) => expression.fn.max('queue_position').as('last'))
		.where('engagement_id', '=', engagementId)
		.executeTakeFirst();
	return row?.last ?? -1;
}
