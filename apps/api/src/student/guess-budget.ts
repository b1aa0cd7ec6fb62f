const BUDGET = 60;
const PERIOD = 10 * 60 * 1000;

/**
 * Counts wrong codes per survey, never per address: a whole school is one address. Right codes
 * are never counted and never slowed.
 */
export function createGuessBudget(clock: () => Date) {
	const failures = new Map<string, number[]>();
	return {
		/** Notes a wrong code; true when there have been too many for this survey lately. */
		isSpentBy(windowId: string): boolean {
			const now = clock().getTime();
			const recent = (failures.get(windowId) ?? []).filter((time) => time > now - PERIOD);
			recent.push(now);
			failures.set(windowId, recent.slice(-BUDGET - 1));
			return recent.length > BUDGET;
		},
	};
}

export type GuessBudget = ReturnType<typeof createGuessBudget>;
