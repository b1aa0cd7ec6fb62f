/** What a district sets once per engagement; a change is logged by the caller. */
export interface DisclosureParams {
	/** The least number of people a figure may stand on. 10 unless set; 5 to 30. */
	minN: number;
	/** True for incident counts, where nobody is a fact about nobody. Never for survey answers. */
	zeroIsSafe: boolean;
	/** Pool small groups into one before hiding anything, or hide at once. */
	smallGroup: 'pool_then_suppress' | 'suppress';
}

/** The defaults for survey answers. */
export const surveyParams: DisclosureParams = {
	minN: 10,
	zeroIsSafe: false,
	smallGroup: 'pool_then_suppress',
};

/** The defaults for counts of incidents and of students in them. */
export const incidentParams: DisclosureParams = {
	minN: 10,
	zeroIsSafe: true,
	smallGroup: 'pool_then_suppress',
};

/** True when a count must not be shown by itself: 0 < n < minN, and 0 unless zero is safe. */
export function isPrimary(count: number, params: DisclosureParams): boolean {
	if (count === 0) {
		return !params.zeroIsSafe;
	}
	return count < params.minN;
}

/** Orders ids and labels by code point, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
	if (a === b) {
		return 0;
	}
	return a < b ? -1 : 1;
}
