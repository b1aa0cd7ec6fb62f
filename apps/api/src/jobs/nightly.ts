import { lastNightOf, recordNight } from '@throughline/db/queries/night-job';
import type { Deps } from '../deps.ts';

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NIGHT_HOUR_UTC = 3;
/** A start must stay fast, and a machine that was just switched on has somebody in front of it. */
const AFTER_START_MS = 5 * MINUTE_MS;
const AFTER_FAILURE_MS = 60 * MINUTE_MS;

/**
 * Does the work once a night, at three o'clock UTC, or as soon as a process runs again: the night it
 * was last done for is in the database. However many nights were missed, it is done once. Work that
 * failed is tried again an hour later. Run it under a lock where several processes share a database.
 * @param name under which the night is remembered.
 */
export function nightly(
	{ db, clock }: Pick<Deps, 'db' | 'clock'>,
	name: string,
	work: () => Promise<void>,
): () => Promise<void> {
	const started = clock();
	let failed: Date | null = null;
	return async (): Promise<void> => {
		const now = clock();
		const night = nightBefore(now);
		const last = await lastNightOf(db, { name, night });
		const isWaiting =
			isWithin(now, { since: started, ms: AFTER_START_MS }) ||
			(failed !== null && isWithin(now, { since: failed, ms: AFTER_FAILURE_MS }));
		if (isWaiting || !isDue(last, night)) {
			return;
		}
		try {
			await work();
		} catch (error) {
			failed = now;
			throw error;
		}
		failed = null;
		await recordNight(db, { name, night });
	};
}

/** The day of the most recent three o'clock UTC. */
function nightBefore(now: Date): string {
	return new Date(now.getTime() - NIGHT_HOUR_UTC * 60 * MINUTE_MS).toISOString().slice(0, 10);
}

/**
 * Clocks of several processes differ a little, so a night ahead is another's. Further ahead the
 * clock was wrong when it was written down, and must not stop the work for years.
 */
function isDue(last: string, night: string): boolean {
	const days = (Date.parse(night) - Date.parse(last)) / DAY_MS;
	return days > 0 || days < -1;
}

/** False also when the clock was set back to before `since`: that must not stop the work. */
function isWithin(now: Date, { since, ms }: { since: Date; ms: number }): boolean {
	return now >= since && now.getTime() < since.getTime() + ms;
}
