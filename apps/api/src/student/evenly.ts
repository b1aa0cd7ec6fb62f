import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../deps.ts';

/** Longer than storing an envelope takes on a machine that is not busy. */
const LEAST_MS = 10;
/** Drawn anew each time, so that what is left of a difference drowns in it. */
const DRAWN_MS = 10;

/**
 * Does something and answers no sooner than after ten to twenty milliseconds, however it ends:
 * whoever measures the line cannot tell a first Finish from one that was sent again, which does less.
 */
export async function evenly<T>(random: Pick<Random, 'int'>, work: () => Promise<T>): Promise<T> {
	const least = LEAST_MS + random.int(DRAWN_MS * 100) / 100;
	const [done] = await Promise.allSettled([work(), wait(least)]);
	if (done.status === 'rejected') {
		throw done.reason;
	}
	return done.value;
}
