import type { Database } from '../types.ts';

/**
 * The last night a job of the night was done for. One that was never heard of is written down as
 * done for the night given, so that a new database has nothing to make up for.
 * @param job.night the night that is over, YYYY-MM-DD.
 */
export async function lastNightOf(
	db: Database,
	job: { name: string; night: string },
): Promise<string> {
	const row = await db
		.selectFrom('night_job')
		.select('last_night as lastNight')
		.where('name', '=', job.name)
		.executeTakeFirst();
	if (row) {
		return row.lastNight;
	}
	await db
		.insertInto('night_job')
		.values({ name: job.name, last_night: job.night })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	return job.night;
}

/** Writes down that a job of the night was done. */
export async function recordNight(
	db: Database,
	job: { name: string; night: string },
): Promise<void> {
	await db
		.insertInto('night_job')
		.values({ name: job.name, last_night: job.night })
		.onConflict((conflict) => conflict.column('name').doUpdateSet({ last_night: job.night }))
		.execute();
}
