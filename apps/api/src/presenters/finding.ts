import type { Cell } from '@throughline/analysis/charts';
import type { FindingRow, listRecommendations } from '@throughline/db/queries/decisions';
import { localText } from '@throughline/survey-engine';
import { type FindingEvidence, missingEvidence } from '../decisions/team-evidence.ts';
import type { TeamQuote } from '../decisions/team-quotes.ts';
import { listChartIds, parseChartId, scaleQuestions } from '../results/charts/chart-id.ts';
import { chartWords } from '../results/charts/words.ts';
import { ALL_OPEN } from '../results/count-themes.ts';
import type { TeamResults } from '../results/team-results.ts';
import { teamChart } from './results.ts';
import type {
	FindingOptions,
	FindingQuote,
	FindingSummary,
	FindingView,
} from '../routes/findings/schema.ts';

type RecommendationRow = Awaited<ReturnType<typeof listRecommendations>>[number];

/** A finding in a list, with how much of its evidence stands. */
export function presentFindingSummary(
	finding: FindingRow,
	{ quotes, recommendations }: { quotes: TeamQuote[]; recommendations: RecommendationRow[] },
): FindingSummary {
	const own = quotes.filter((quote) => finding.quoteIds.includes(quote.id));
	return {
		id: finding.id,
		sentence: finding.sentence,
		status: finding.status,
		tables: finding.tables.length,
		quotes: finding.quoteIds.length,
		clearedQuotes: own.filter((quote) => quote.status === 'cleared').length,
		hasMinorityView: finding.minorityView.trim() !== '',
		recommendations: recommendations
			.filter((row) => finding.recommendationIds.includes(row.id))
			.map(({ id, key }) => ({ id, key })),
	};
}

/** A finding whole: its sentence beside the charts and quotes it rests on, as they stand now. */
export function presentFinding(
	finding: FindingRow,
	from: {
		evidence: FindingEvidence;
		windows: readonly TeamResults[];
		recommendations: RecommendationRow[];
		/** Whether this person may know of recommendations. */
		seesRecommendations: boolean;
	},
): FindingView {
	const { evidence, windows } = from;
	return {
		id: finding.id,
		sentence: finding.sentence,
		minorityView: finding.minorityView,
		status: finding.status,
		version: finding.version,
		isArchived: finding.isArchived,
		tables: finding.tables.map((address, index) => ({
			// The column holds what this API wrote: an attribute or nothing.
			address: address as FindingView['tables'][number]['address'],
			chart: evidence.charts[index] ?? null,
		})),
		otherGroups: otherGroups(finding, windows),
		themes: finding.themeKeys.map((key) => presentTheme(key, windows)),
		quotes: evidence.quotes.map((quote) => presentFindingQuote(quote, windows)),
		recommendations: from.recommendations
			.filter((row) => from.seesRecommendations && finding.recommendationIds.includes(row.id))
			.map(({ id, key, text, status }) => ({ id, key, text, status })),
		missing: missingEvidence(finding, evidence),
		hasDigits: /\d/u.test(finding.sentence),
		minN: windows[0]?.facts.window.minN ?? null,
	};
}

/** What a finding may rest on. */
export function presentFindingOptions(
	windows: readonly TeamResults[],
	quotes: readonly TeamQuote[],
): FindingOptions {
	const themes = windows[0]?.facts.themes ?? [];
	return {
		windows: windows.map((results) => ({
			id: results.facts.window.windowId,
			label: results.facts.window.label,
			sections: sectionsOf(results),
			attributes: results.attributes.map((id) => ({
				id,
				label: chartWords('en')(`attribute.${id}`),
			})),
		})),
		themes: themes.map(({ key, label, group_label: group }) => ({ key, label, group })),
		quotes: quotes
			.filter((quote) => quote.card !== null)
			.map((quote) => presentFindingQuote(quote, windows)),
	};
}

/** A quote with the codebook's names for its themes. */
export function presentFindingQuote(
	{ id, status, question, card }: TeamQuote,
	windows: readonly TeamResults[],
): FindingQuote {
	const themes = windows[0]?.facts.themes ?? [];
	const labelOf = (key: string) => themes.find((theme) => theme.key === key)?.label ?? key;
	return {
		id,
		status,
		question,
		card: card && {
			...card,
			themes: card.themes.map((theme) => ({ id: theme.id, label: labelOf(theme.id) })),
		},
	};
}

function sectionsOf(results: TeamResults): FindingOptions['windows'][number]['sections'] {
	const { survey } = results.facts.window;
	const fallback = survey.definition.defaultLanguage;
	const say = (text: Parameters<typeof localText>[0]) => localText(text, 'en', fallback).text;
	const ids = new Set(
		listChartIds(survey).flatMap((id) => {
			const kind = parseChartId(survey, id);
			return kind?.type === 'statements'
				? scaleQuestions(survey, kind.sectionId).map((question) => question.id)
				: [id];
		}),
	);
	const sections = survey.sections.map((section) => ({
		id: section.id,
		title: say(section.title),
		tables: survey.questions
			.filter((question) => question.section.id === section.id && ids.has(question.id))
			.map((question) => ({
				kind: 'question' as const,
				ref: question.id,
				label: say(question.definition.text),
			})),
	}));
	const words = chartWords('en');
	const themes = {
		id: 'themes',
		title: words('themes.measure'),
		tables: [{ kind: 'themes' as const, ref: ALL_OPEN, label: words('themes.all') }],
	};
	return [...sections.filter(({ tables }) => tables.length > 0), themes];
}

/** How common a theme is, in the newest window that has it. */
function presentTheme(key: string, windows: readonly TeamResults[]): FindingView['themes'][number] {
	const [newest] = windows;
	const theme = newest?.facts.themes.find((candidate) => candidate.key === key);
	return {
		key,
		label: theme?.label ?? key,
		windowId: newest?.facts.window.windowId ?? null,
		cell: newest ? themeCell(newest, key) : { type: 'hidden' },
	};
}

/** The share of students who raised a theme, as it may be shown. */
export function themeCell(results: TeamResults, key: string): Cell {
	const chart = teamChart(results, `themes-${ALL_OPEN}`, 'en');
	const row = chart.kind === 'themes' ? chart.rows.find((own) => own.id === key) : undefined;
	return row?.cell ?? { type: 'hidden' };
}

/** Breakdowns beside the field for the minority view: where to look who saw it differently. */
function otherGroups(
	finding: FindingRow,
	windows: readonly TeamResults[],
): FindingView['otherGroups'] {
	const used = new Set(finding.tables.map((table) => table.windowId));
	return windows
		.filter((results) => used.has(results.facts.window.windowId))
		.flatMap((results) =>
			results.attributes.map((by) => ({
				windowId: results.facts.window.windowId,
				by,
				label: chartWords('en')(`attribute.${by}`),
			})),
		);
}
