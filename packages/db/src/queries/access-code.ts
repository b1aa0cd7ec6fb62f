import type { Database } from '../types.ts';

interface CohortKey {
	engagementId: string;
	windowId: string;
	cohortId: string;
}

const CHUNK = 1000;

/** Stores the hashes of new codes, in the order of the hashes: the rows tell no order of making. */
export async function insertAccessCodes(
	db: Database,
	key: CohortKey,
	hashes: Buffer[],
): Promise<void> {
	const ordered = hashes.toSorted(Buffer.compare);
	for (let start = 0; start < ordered.length; start += CHUNK) {
		await db
			.insertInto('access_code')
			.values(
				ordered.slice(start, start + CHUNK).map((hash) => ({
					engagement_id: key.engagementId,
					window_id: key.windowId,
					code_hash: hash,
					cohort_id: key.cohortId,
					state: 0,
					sid_hash: null,
				})),
			)
			.execute();
	}
}

/**
 * Takes the unused codes of a cohort away, with what was begun under them. How many there were is
 * not told: against the number made it would say how many students have answered.
 */
export async function deleteUnusedCodes(db: Database, key: CohortKey): Promise<void> {
	await db
		.deleteFrom('draft')
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('code_hash', 'in', (query) =>
			query
				.selectFrom('access_code')
				.select('code_hash')
				.where('engagement_id', '=', key.engagementId)
				.where('window_id', '=', key.windowId)
				.where('cohort_id', '=', key.cohortId)
				.where('state', '=', 0),
		)
		.execute();
	await db
		.deleteFrom('access_code')
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('cohort_id', '=', key.cohortId)
		.where('state', '=', 0)
		.execute();
}

/** Takes every code of a window away: for a draft that is deleted. */
export async function deleteWindowCodes(
	db: Database,
	key: { engagementId: string; windowId: string },
): Promise<void> {
	await db
		.deleteFrom('access_code')
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.execute();
}

/**
 * How many codes of each cohort are spent. Raw counts: they leave the API through
 * `protectResponseRates` only.
 */
export async function countSpentCodes(
	db: Database,
	key: { engagementId: string; windowId: string },
): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('access_code')
		.select((expression) => ['cohort_id', expression.fn.countAll<number>().as('n')])
		.where('engagement_id', '=', key.engagementId)
		.where('window_id', '=', key.windowId)
		.where('state', '=', 1)
		.groupBy('cohort_id')
		.orderBy('cohort_id')
		.execute();
	return new Map(rows.map((row) => [row.cohort_id, row.n]));
}
