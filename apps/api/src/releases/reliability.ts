import { krippendorffAlpha } from '@throughline/analysis/statistics';
import type { ReleaseAudit, ReleasedReliability } from './body.ts';

/** Krippendorff's conventional marks (Content Analysis, 2004, p. 241). */
const HIGH = 0.8;
const FAIR = 0.667;

/**
 * How well coders agreed, theme by theme, over the answers more than one of them decided on. Null
 * where nothing was coded twice. Pure.
 */
export function reliabilityOf(decisions: ReleaseAudit['decisions']): ReleasedReliability | null {
	const double = decisions.filter(({ coders }) => coders.length > 1);
	const keys = [...new Set(double.flatMap(({ coders }) => coders.flat()))].sort();
	const alphas = keys
		.map((key) =>
			krippendorffAlpha(double.map(({ coders }) => coders.map((own) => Number(own.includes(key))))),
		)
		.flatMap((result) => (result.type === 'alpha' ? [result.alpha] : []))
		.sort((a, b) => a - b);
	if (alphas.length === 0) {
		return null;
	}
	const below = alphas[Math.floor((alphas.length - 1) / 2)] ?? 0;
	const above = alphas[Math.ceil((alphas.length - 1) / 2)] ?? 0;
	return {
		themes: alphas.length,
		median: Math.round(((below + above) / 2) * 100) / 100,
		high: alphas.filter((alpha) => alpha >= HIGH).length,
		fair: alphas.filter((alpha) => alpha >= FAIR && alpha < HIGH).length,
	};
}
