import type { findCodebook, ThemeRow } from '@throughline/db/queries/codebook';
import type { Agreement } from '../coding/suggestions.ts';
import type {
	CodebookView,
	ReliabilityView,
	ThemeReliability,
	ThemeView,
} from '../routes/codebook/schema.ts';

/**
 * One key a theme, in the codebook's order. Not u, j, d and n: those move a coder about. Not i, l
 * and o: they look like digits.
 */
const SHORTCUTS = '1234567890qwertypasfghkzxcvbm';
/** With fewer excerpts decided twice, agreement says nothing yet. */
const LEAST_UNITS = 10;
/** Krippendorff's conventional marks (Content Analysis, 2004, p. 241). */
const GOOD = 0.8;
const TENTATIVE = 0.667;

export function presentCodebook(
	codebook: NonNullable<Awaited<ReturnType<typeof findCodebook>>>,
	themes: readonly ThemeRow[],
	{ canEdit }: { canEdit: boolean },
): CodebookView {
	const groups = new Map<string, CodebookView['groups'][number]>();
	themes.forEach((theme, place) => {
		const { groupKey, groupLabel, ...words } = theme;
		const group = groups.get(groupKey) ?? { key: groupKey, label: groupLabel, themes: [] };
		const shown: ThemeView = { ...words, shortcut: SHORTCUTS[place] ?? null };
		groups.set(groupKey, { ...group, themes: [...group.themes, shown] });
	});
	return { title: codebook.title, unit: codebook.unit, groups: [...groups.values()], canEdit };
}

/**
 * Alpha and its interval alone: shares and counts of a theme are student data, and shown as
 * results under the rules of disclosure.
 */
export function presentReliability({ units, themes }: Agreement): ReliabilityView {
	if (units < LEAST_UNITS) {
		return { units, leastUnits: LEAST_UNITS, themes: null };
	}
	return {
		units,
		leastUnits: LEAST_UNITS,
		themes: Object.fromEntries(
			themes.map(({ themeId, alpha, interval }): [string, ThemeReliability] => [
				themeId,
				alpha.type === 'alpha' && interval
					? {
							type: 'measured',
							alpha: rounded(alpha.alpha),
							low: rounded(interval.low),
							high: rounded(interval.high),
							// On the figure as shown: 0.80 must not be called less than 0.8.
							verdict: verdictOn(rounded(alpha.alpha)),
						}
					: { type: 'undefined', reason: 'one_value_only' },
			]),
		),
	};
}

function verdictOn(alpha: number): 'good' | 'tentative' | 'poor' {
	if (alpha >= GOOD) {
		return 'good';
	}
	return alpha >= TENTATIVE ? 'tentative' : 'poor';
}

function rounded(figure: number): number {
	return Math.round(figure * 100) / 100;
}
