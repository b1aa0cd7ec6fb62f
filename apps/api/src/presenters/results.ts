import type { Chart } from '@throughline/analysis/charts';
import { localText } from '@throughline/survey-engine';
import { notFound } from '../errors.ts';
import type { AttributeId } from '../results/attributes.ts';
import { renderChart } from '../results/charts/build-chart.ts';
import {
	chartId,
	type ChartKind,
	listChartIds,
	parseChartId,
	scaleQuestions,
} from '../results/charts/chart-id.ts';
import { type ChartLanguage, chartWords } from '../results/charts/words.ts';
import type { CountedWindow } from '../results/read-window.ts';
import { isTeamChart, type TeamResults } from '../results/team-results.ts';
import type { WindowResults } from '../routes/results/schema.ts';

interface Options {
	by: AttributeId | null;
	language: ChartLanguage;
}

/** Every chart of a window by section: over everyone, or broken down by one attribute. */
export function presentResults(results: TeamResults, options: Options): WindowResults {
	const { window, coverage } = results.facts;
	const { by, language } = options;
	const words = chartWords(language);
	const sections: WindowResults['sections'] = [];
	for (const [id, ids] of bySection(window, by)) {
		const charts = ids.map((chart) => teamChart(results, chart, language));
		sections.push({ id, title: sectionTitle(window, id, language), charts });
	}
	return {
		window: presentWindowOf(window),
		by,
		attributes: results.attributes.map((attribute) => ({
			id: attribute,
			label: words(`attribute.${attribute}`),
		})),
		sections,
		coverage,
		minN: window.minN,
	};
}

/** The window results are of, in words and days. */
export function presentWindowOf(window: CountedWindow): WindowResults['window'] {
	const day = new Intl.DateTimeFormat('en-CA', { timeZone: window.timezone });
	return {
		id: window.windowId,
		label: window.label,
		opensOn: day.format(window.opensAt),
		closesOn: day.format(window.closesAt),
	};
}

/**
 * One chart of the team's results, from tables protected together.
 * @throws AppError `not_found` for anything the team is not offered.
 */
export function teamChart(results: TeamResults, id: string, language: ChartLanguage): Chart {
	const { window } = results.facts;
	if (!isTeamChart(window, id)) {
		throw notFound();
	}
	return renderChart(results.facts, id, {
		tables: results.tables,
		language,
		csvUrl: (own) => `${resultsPage(window)}/${own}.csv`,
		themeUrl: (key) => `${resultsPage(window)}/themes/${key}`,
	});
}

/** The page of a window's results. */
function resultsPage(window: Pick<CountedWindow, 'slug' | 'windowId'>): string {
	return `/team/${window.slug}/results/${window.windowId}`;
}

/** Chart ids by section id; `participation` and `themes` are sections of their own. */
function bySection(window: CountedWindow, by: AttributeId | null): Map<string, string[]> {
	const { survey } = window;
	const sections = new Map<string, string[]>();
	for (const id of listChartIds(survey)) {
		const kind = parseChartId(survey, id);
		if (!kind || (kind.type === 'participation' && by !== null)) {
			continue;
		}
		const section = sectionOf(window, kind);
		const own = breakDown(window, kind, by).filter((chart) => isTeamChart(window, chart));
		sections.set(section, [...(sections.get(section) ?? []), ...own]);
	}
	return sections;
}

function sectionOf(window: CountedWindow, kind: ChartKind): string {
	switch (kind.type) {
		case 'participation':
		case 'themes':
			return kind.type;
		case 'statements':
			return kind.sectionId;
		case 'question':
			return window.survey.question(kind.questionId)?.section.id ?? '';
	}
}

/** One statement at a time when broken down; otherwise the chart as it is. */
function breakDown(window: CountedWindow, kind: ChartKind, by: AttributeId | null): string[] {
	if (kind.type === 'statements' && by !== null) {
		return scaleQuestions(window.survey, kind.sectionId).map((question) =>
			chartId({ type: 'question', questionId: question.id, by }),
		);
	}
	return [chartId(kind.type === 'question' || kind.type === 'themes' ? { ...kind, by } : kind)];
}

function sectionTitle(window: CountedWindow, id: string, language: ChartLanguage): string {
	const words = chartWords(language);
	if (id === 'participation') {
		return words('participation.title');
	}
	if (id === 'themes') {
		return words('themes.measure');
	}
	const section = window.survey.sections.find((candidate) => candidate.id === id);
	const fallback = window.survey.definition.defaultLanguage;
	return section ? localText(section.title, language, fallback).text : id;
}
