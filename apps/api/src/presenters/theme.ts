import type { Cell, Chart } from '@throughline/analysis/charts';
import type { FindingRow } from '@throughline/db/queries/decisions';
import type { TeamQuote } from '../decisions/team-quotes.ts';
import { notFound } from '../errors.ts';
import type { AttributeId } from '../results/attributes.ts';
import { chartId } from '../results/charts/chart-id.ts';
import { chartWords } from '../results/charts/words.ts';
import { ALL_OPEN } from '../results/count-themes.ts';
import type { TeamResults } from '../results/team-results.ts';
import type { ThemeResults } from '../routes/results/schema.ts';
import { presentFindingQuote, themeCell } from './finding.ts';
import { presentWindowOf, teamChart } from './results.ts';

/**
 * One theme of a window: its definition, how many raised it, who said so, what rests on it.
 * @throws AppError `not_found` for a key that the codebook does not have.
 */
export function presentTheme(
	results: TeamResults,
	key: string,
	from: { quotes: readonly TeamQuote[]; findings: readonly FindingRow[] },
): ThemeResults {
	const { window, themes, coverage } = results.facts;
	const theme = themes.find((candidate) => candidate.key === key);
	if (!theme) {
		throw notFound();
	}
	const { label, definition, include, exclude, examples, group_label: group } = theme;
	const everyone = chartBy(results, null);
	const row = everyone.kind === 'themes' ? everyone.rows.find((own) => own.id === key) : undefined;
	return {
		window: presentWindowOf(window),
		theme: { key, label, definition, include, exclude, examples, group },
		share: themeCell(results, key),
		range: row?.range ?? null,
		people: everyone.people ?? { type: 'band', band: `<${window.minN}` },
		population: everyone.population,
		notes: everyone.notes,
		breakdowns: results.attributes.map((by) => breakdown(results, key, by)),
		quotes: quotesOf(results, key, from.quotes),
		findings: from.findings
			.filter((finding) => finding.themeKeys.includes(key))
			.map(({ id, sentence, status }) => ({ id, sentence, status })),
		coverage,
		minN: window.minN,
	};
}

function chartBy(results: TeamResults, by: AttributeId | null): Chart {
	return teamChart(results, chartId({ type: 'themes', questionId: ALL_OPEN, by }), 'en');
}

function breakdown(
	results: TeamResults,
	key: string,
	by: AttributeId,
): ThemeResults['breakdowns'][number] {
	const chart = chartBy(results, by);
	const groups = chart.kind === 'groups' ? chart.groups : [];
	const cells =
		chart.kind === 'groups' ? (chart.rows.find((row) => row.id === key)?.cells ?? []) : [];
	return {
		by,
		label: chartWords('en')(`attribute.${by}`),
		rows: groups.map((group, index) => ({
			...group,
			cell: cells[index] ?? ({ type: 'hidden' } satisfies Cell),
		})),
		notes: chart.notes,
	};
}

/** Cleared quotes of this window and of dialog sessions that carry the theme, one of each person. */
function quotesOf(
	results: TeamResults,
	key: string,
	quotes: readonly TeamQuote[],
): ThemeResults['quotes'] {
	const { windowId } = results.facts.window;
	const own = quotes.filter(
		(quote) =>
			quote.status === 'cleared' &&
			(quote.windowId === windowId || quote.windowId === null) &&
			quote.themeKeys.includes(key),
	);
	const onePerPerson = new Map(own.map((quote) => [quote.personIds.join(), quote]));
	return [...onePerPerson.values()].flatMap(
		(quote) => presentFindingQuote(quote, [results]).card ?? [],
	);
}
