import { type GroupCount, poolSmall, protectOneDimension } from './one-dimension.ts';
import { compareText, type DisclosureParams } from './params.ts';

/** Which groups of one attribute stand by themselves, in the pool, or hidden. Ids. */
export interface Arrangement {
	/** In the order given. */
	shown: string[];
	/** In code point order, as are the hidden. */
	pooled: string[];
	hidden: string[];
}

/** Steps 2 to 4 for people by one attribute, their sum public: pool small groups, else hide them. */
export function arrangeGroups(
	groups: readonly GroupCount[],
	params: DisclosureParams,
	alsoSmall: readonly string[] = [],
): Arrangement {
	const rules = { ...params, zeroIsSafe: false };
	const primary = groups.filter(({ id, count }) => count < params.minN || alsoSmall.includes(id));
	const pool = params.smallGroup === 'suppress' ? null : poolSmall(groups, primary, rules);
	if (pool !== null) {
		return { shown: idsBut(groups, pool.members), pooled: pool.members, hidden: [] };
	}
	const protection = protectOneDimension(groups, { isTotalShown: true, params: rules, alsoSmall });
	const hidden = [...protection.primary, ...protection.complementary].sort(compareText);
	return { shown: idsBut(groups, hidden), pooled: [], hidden };
}

/**
 * Fewer rows, after a failed audit: the shown groups it names, or the smallest, join the pool or are
 * hidden. A pool needs two members, so a new one takes the smallest along.
 */
export function coarsenGroups(
	groups: readonly GroupCount[],
	{ shown, pooled, hidden }: Arrangement,
	{ params, named }: { params: DisclosureParams; named: readonly string[] },
): Arrangement {
	const order = groups
		.filter(({ id }) => shown.includes(id))
		.map((group) => ({ ...group, rank: named.includes(group.id) ? 0 : 1 }))
		.sort((a, b) => a.rank - b.rank || a.count - b.count || compareText(a.id, b.id));
	const canPool = params.smallGroup === 'pool_then_suppress' && hidden.length === 0;
	const least = canPool && pooled.length === 0 ? 2 : 1;
	const atOnce = Math.max(least, order.filter(({ rank }) => rank === 0).length);
	const moved = order.slice(0, atOnce).map(({ id }) => id);
	const left = shown.filter((id) => !moved.includes(id));
	if (left.length === 0) {
		return hideAllGroups(groups);
	}
	const join = (ids: string[]): string[] => [...ids, ...moved].sort(compareText);
	return canPool
		? { shown: left, pooled: join(pooled), hidden }
		: { shown: left, pooled, hidden: join(hidden) };
}

/** No breakdown at all. */
export function hideAllGroups(groups: readonly GroupCount[]): Arrangement {
	return { shown: [], pooled: [], hidden: groups.map(({ id }) => id).sort(compareText) };
}

function idsBut(groups: readonly GroupCount[], left: readonly string[]): string[] {
	return groups.map(({ id }) => id).filter((id) => !left.includes(id));
}
