import type { DisclosureParams } from './params.ts';

/**
 * Step 7: the mean of a scale with one decimal (half up), or null when fewer than minN people
 * answered or all gave the same answer. Least and greatest answers are never shown.
 *
 * @example showMean([{ score: 1, count: 4 }, { score: 4, count: 8 }], surveyParams) // '3.0'
 */
export function showMean(
	answers: readonly { score: number; count: number }[],
	params: DisclosureParams,
): string | null {
	const given = answers.filter(({ count }) => count > 0);
	const n = given.reduce((sum, { count }) => sum + count, 0);
	const hasSpread = new Set(given.map(({ score }) => score)).size > 1;
	if (n < params.minN || !hasSpread) {
		return null;
	}
	const sum = given.reduce((total, { score, count }) => total + score * count, 0);
	return (Math.floor((20 * sum + n) / (2 * n)) / 10).toFixed(1);
}
