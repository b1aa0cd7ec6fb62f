import type { Chart } from '@throughline/analysis/charts';
import type {
	ParticipationTable,
	ProtectedTable,
	ReleaseTable,
} from '@throughline/analysis/disclosure';
import { notFound } from '../../errors.ts';
import type { ChartContext } from './chart-context.ts';
import type { ChartFacts } from './chart-facts.ts';
import { type ChartKind, isTableOf, parseChartId } from './chart-id.ts';
import { participationChart } from './participation-chart.ts';
import { likertChart, optionsChart, questionGroupsChart } from './question-charts.ts';
import { themeGroupsChart, themesChart } from './theme-charts.ts';

export interface BuildOptions extends Omit<ChartContext, 'window'> {
	/** Where a theme has a page of its own, by its key. */
	themeUrl: (key: string) => string | null;
}

/**
 * Puts words around tables that are protected already, each with all others a reader may have: those
 * of a release, or those of the team.
 * @throws AppError `not_found` when the id addresses nothing in this survey.
 */
export function renderChart(
	facts: ChartFacts,
	id: string,
	options: BuildOptions & { tables: readonly ReleaseTable[] },
): Chart {
	const kind = parseChartId(facts.window.survey, id);
	if (!kind) {
		throw notFound();
	}
	const context: ChartContext = { window: facts.window, ...options };
	const own = options.tables.filter((table) => isTableOf(facts.window.survey, kind, table.id));
	if (kind.type === 'participation') {
		const tables = own.filter((table): table is ParticipationTable => {
			return table.kind === 'participation';
		});
		return participationChart(context, tables, { schoolYear: facts.window.schoolYear });
	}
	const tables = own.filter((table): table is ProtectedTable => table.kind === 'results');
	if (kind.type === 'statements') {
		return likertChart(context, tables, { id });
	}
	const [table] = tables;
	if (!table) {
		throw notFound();
	}
	return kind.type === 'themes'
		? renderThemes(facts, table, { kind, context: { ...context, themeUrl: options.themeUrl } })
		: renderQuestion(context, table, kind);
}

function renderQuestion(
	context: ChartContext,
	table: ProtectedTable,
	kind: Extract<ChartKind, { type: 'question' }>,
): Chart {
	if (kind.by !== null) {
		return questionGroupsChart(context, table, kind.by);
	}
	return context.window.survey.question(kind.questionId)?.type === 'scale'
		? likertChart(context, [table], { id: kind.questionId })
		: optionsChart(context, table);
}

function renderThemes(
	facts: ChartFacts,
	table: ProtectedTable,
	request: {
		kind: Extract<ChartKind, { type: 'themes' }>;
		context: ChartContext & { themeUrl: (key: string) => string | null };
	},
): Chart {
	const context = { ...request.context, themes: facts.themes, coverage: facts.coverage };
	return request.kind.by === null
		? themesChart(context, table)
		: themeGroupsChart(context, table, request.kind.by);
}
