import { compareText, type DisclosureParams, isPrimary } from './params.ts';

/** One line of counts: a group and its number of people. */
export interface GroupCount {
	id: string;
	count: number;
}

/** Small groups merged into one, so that they are heard instead of deleted. */
export interface Pool {
	/** Ids in code point order. */
	members: string[];
	count: number;
}

/** What to hide of a one-dimensional table of counts. Ids are in code point order. */
export interface OneDimensionProtection {
	/** Too small to show by themselves. */
	primary: string[];
	/** Hidden so that the total minus the shown groups does not give a primary one. */
	complementary: string[];
	/** The alternative to hiding: publish these as one group. Null when no such group can exist. */
	pool: Pool | null;
	/** False when the total was not published, or must not be: everything positive is hidden. */
	isTotalShown: boolean;
}

/**
 * Marks the cells of one line of counts (domain steps 2 to 4): primary cells, then, while the total
 * is public and the marked cells are one or sum to less than minN, the smallest positive unmarked.
 */
export function protectOneDimension(
	groups: readonly GroupCount[],
	options: {
		isTotalShown: boolean;
		params: DisclosureParams;
		/** Ids to treat as primary whatever their count. */
		alsoSmall?: readonly string[];
	},
): OneDimensionProtection {
	const { params } = options;
	const alsoSmall = options.alsoSmall ?? [];
	const primary = groups.filter(
		({ id, count }) => isPrimary(count, params) || alsoSmall.includes(id),
	);
	const complementary: GroupCount[] = [];
	let isTotalShown = options.isTotalShown;
	while (isTotalShown && needsComplement([...primary, ...complementary], params)) {
		const next = smallestPositive(groups, [...primary, ...complementary]);
		if (next === null) {
			isTotalShown = false;
		} else {
			complementary.push(next);
		}
	}
	return {
		primary: idsOf(primary),
		complementary: idsOf(complementary),
		pool: poolSmall(groups, primary, params),
		isTotalShown,
	};
}

/**
 * Merges the primary groups (domain step 3); a pool of one group, or of fewer than minN people,
 * takes in the smallest unmarked group. Null when nothing is small or the pool would be everyone.
 */
export function poolSmall(
	groups: readonly GroupCount[],
	primary: readonly GroupCount[],
	params: DisclosureParams,
): Pool | null {
	if (primary.length === 0) {
		return null;
	}
	const members = [...primary];
	while (members.length < 2 || sumOf(members) < params.minN) {
		const next = smallestPositive(groups, members);
		if (next === null) {
			return null;
		}
		members.push(next);
	}
	const isEveryone = groups.every((group) => group.count === 0 || members.includes(group));
	return isEveryone ? null : { members: idsOf(members), count: sumOf(members) };
}

/** True when the marked cells of a line could be worked out, or nearly, from its public total. */
function needsComplement(marked: readonly GroupCount[], params: DisclosureParams): boolean {
	if (marked.length === 0) {
		return false;
	}
	return marked.length === 1 || sumOf(marked) < params.minN;
}

function smallestPositive(
	groups: readonly GroupCount[],
	marked: readonly GroupCount[],
): GroupCount | null {
	const candidates = groups.filter((group) => group.count > 0 && !marked.includes(group));
	return candidates.reduce<GroupCount | null>(
		(best, group) => (best === null || group.count < best.count ? group : best),
		null,
	);
}

function sumOf(groups: readonly GroupCount[]): number {
	return groups.reduce((sum, { count }) => sum + count, 0);
}

function idsOf(groups: readonly GroupCount[]): string[] {
	return groups.map(({ id }) => id).sort(compareText);
}
