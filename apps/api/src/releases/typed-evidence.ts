import type { Chart } from '@throughline/analysis/charts';

/** A share as a person types it: `56%`, `50–59 %`, `≤5%`, `12 percent`. */
const SHARE = /([≤≥]?)\s?(\d+(?:[.,]\d+)?)(?:\s?[–-]\s?(\d+))?\s?(?:%|percent\b|per cent\b)/giu;
/** Words inside quotation marks, at least three of them: fewer is a term, not a quote. */
const QUOTED = /["“”„«]([^"“”„«»]*\s[^"“”„«»]*\s[^"“”„«»]*)["”“»]/gu;

/** What a sentence may lean on. */
export interface Evidence {
	charts: readonly Chart[];
	/** The words of its quotes. */
	quotes: readonly string[];
}

/**
 * The evidence rule for sentences a person wrote: a share they state must stand in a chart they
 * rest on, and words they quote must be those of a quote or of the survey. Pure.
 * @returns what is wrong and how to put it right, one message each.
 */
export function typedProblems(sentence: string, evidence: Evidence): string[] {
	const shown = new Set(evidence.charts.flatMap((chart) => figureTexts(chart)));
	const shares = [...sentence.matchAll(SHARE)].map(([, sign = '', low = '', high]) =>
		high === undefined ? `${sign}${low}%` : `${sign}${low}–${high}%`,
	);
	const wrongShares = shares
		.filter((share) => !shown.has(share))
		.map(
			(share) =>
				`It states ${share}, and no chart it rests on shows that. Link the chart, or write the figure as it is shown.`,
		);
	const sources = [...evidence.quotes, ...evidence.charts.flatMap(wordsOf)].map(plain);
	const wrongQuotes = [...sentence.matchAll(QUOTED)]
		.map(([, words = '']) => words)
		.filter((words) => !sources.some((source) => source.includes(plain(words))))
		.map(
			(words) =>
				`It quotes “${words}”, and none of its quotes says that. Link the quote, or leave the words out.`,
		);
	return [...wrongShares, ...wrongQuotes];
}

function figureTexts(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) {
		return [];
	}
	const own = 'low' in value && 'text' in value ? [String(value.text)] : [];
	return [...own, ...Object.values(value).flatMap(figureTexts)];
}

function wordsOf(chart: Chart): string[] {
	const rows = chart.kind === 'participation' ? [] : chart.rows.map((row) => row.label);
	return [chart.measure, ...rows];
}

function plain(words: string): string {
	return words
		.toLowerCase()
		.replace(/[.,;:!?…]+$/u, '')
		.replace(/[’‘]/gu, "'")
		.replace(/\s+/gu, ' ')
		.trim();
}
