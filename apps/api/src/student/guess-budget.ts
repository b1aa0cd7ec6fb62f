const BUDGET = 60;
const PERIOD = 10 * 60 * 1000;
/** So many are counted for; the one that failed longest ago is forgotten first. */
const MOST = 5000;

/**
 * Counts wrong codes per survey, or per code of a dialog session, never per address: a whole
 * school is one address. Right codes are never counted and never slowed.
 */
export function createGuessBudget(clock: () => Date) {
	const failures = new Map<string, number[]>();
	return {
		/** Notes a wrong code; true when there have been too many of this one lately. */
		isSpentBy(name: string): boolean {
			const now = clock().getTime();
			const recent = (failures.get(name) ?? []).filter((time) => time > now - PERIOD);
			recent.push(now);
			failures.delete(name);
			failures.set(name, recent.slice(-BUDGET - 1));
			const [oldest] = failures.keys();
			if (oldest !== undefined && failures.size > MOST) {
				failures.delete(oldest);
			}
			return recent.length > BUDGET;
		},
	};
}

export type GuessBudget = ReturnType<typeof createGuessBudget>;
