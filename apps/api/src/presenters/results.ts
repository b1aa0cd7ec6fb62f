import { localText } from '@throughline/survey-engine';
import { type AttributeId, attributeIds } from '../results/attributes.ts';
import { buildChart } from '../results/charts/build-chart.ts';
import type { ChartFacts } from '../results/charts/chart-facts.ts';
import { chartId, listChartIds, parseChartId, scaleQuestions } from '../results/charts/chart-id.ts';
import { type ChartLanguage, chartWords } from '../results/charts/words.ts';
import type { CountedWindow } from '../results/read-window.ts';
import { teamCsvUrl } from '../routes/results/routes.ts';
import type { WindowResults } from '../routes/results/schema.ts';

interface Options {
	by: AttributeId | null;
	language: ChartLanguage;
}

/** Every chart of a window by section: over everyone, or broken down by one attribute. */
export function presentResults(facts: ChartFacts, options: Options): WindowResults {
	const { window, coverage } = facts;
	const { by, language } = options;
	const words = chartWords(language);
	const sections: WindowResults['sections'] = [];
	for (const [id, ids] of bySection(window, by)) {
		const charts = ids.map((chart) =>
			buildChart(facts, chart, {
				language,
				csvUrl: (own) => teamCsvUrl(window, own),
				themeUrl: () => null,
			}),
		);
		sections.push({ id, title: sectionTitle(window, id, language), charts });
	}
	return {
		window: { id: window.windowId, label: window.label },
		by,
		attributes: attributeIds.map((attribute) => ({
			id: attribute,
			label: words(`attribute.${attribute}`),
		})),
		sections,
		coverage,
	};
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
		sections.set(section, [...(sections.get(section) ?? []), ...breakDown(window, kind, by)]);
	}
	return sections;
}

function sectionOf(window: CountedWindow, kind: NonNullable<ReturnType<typeof parseChartId>>) {
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
function breakDown(
	window: CountedWindow,
	kind: NonNullable<ReturnType<typeof parseChartId>>,
	by: AttributeId | null,
): string[] {
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
