import type { Clock } from '../deps.ts';

/**
 * Counts requests per account, in memory. Per process: behind several, an account has the limit
 * in each.
 */
export function createRequestLimiter(options: {
	clock: Clock;
	limit: number;
	perMs: number;
	/** Accounts remembered; the oldest are forgotten first. */
	capacity: number;
}) {
	const timesOf = new Map<string, number[]>();
	return {
		/** Counts a request and says whether it is within the limit; one over it is not counted. */
		allow(account: string): boolean {
			const now = options.clock().getTime();
			const recent = (timesOf.get(account) ?? []).filter((time) => now - time < options.perMs);
			const isAllowed = recent.length < options.limit;
			timesOf.delete(account);
			timesOf.set(account, isAllowed ? [...recent, now] : recent);
			const oldest = timesOf.keys().next();
			if (timesOf.size > options.capacity && !oldest.done) {
				timesOf.delete(oldest.value);
			}
			return isAllowed;
		},
	};
}
