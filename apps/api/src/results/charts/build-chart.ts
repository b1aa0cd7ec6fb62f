import type { Chart } from '@throughline/analysis/charts';
import type { ParticipationTable, ProtectedTable } from '@throughline/analysis/disclosure';
import { listThemes } from '@throughline/db/queries/results';
import { listEnrollment } from '@throughline/db/queries/site-enrollment';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { notFound } from '../../errors.ts';
import type { AttributeId } from '../attributes.ts';
import type { Tally } from '../count.ts';
import { countThemes } from '../count-themes.ts';
import { protectTakingPart, protectTally } from '../protect.ts';
import { type CountedWindow, readCodingCoverage } from '../read-window.ts';
import type { ChartContext } from './chart-context.ts';
import { type ChartKind, parseChartId, scaleQuestions } from './chart-id.ts';
import { participationChart } from './participation-chart.ts';
import { likertChart, optionsChart, questionGroupsChart } from './question-charts.ts';
import { themeGroupsChart, themesChart } from './theme-charts.ts';

/** Attributes of who took part: those the enrolment count knows. */
const ENROLLED_BY = ['site', 'grade_band', 'race'] as const;

/** A chart that may be seen, and the protected tables it is made of. */
export interface BuiltChart {
	chart: Chart;
	tables: (ProtectedTable | ParticipationTable)[];
}

interface BuildOptions extends Omit<ChartContext, 'window'> {
	themeUrl: (key: string) => string | null;
	/** Puts another table in place of one: for breakdowns a release must withhold. */
	replace?: (table: ProtectedTable, tally: Tally, by: AttributeId | null) => ProtectedTable;
}

/**
 * Builds one chart by its id: counts, protects, words. The one way for the team's pages, for
 * findings, and for releases.
 * @throws AppError `not_found` when the id addresses nothing in this survey.
 */
export async function buildChart(
	db: Kysely<Schema>,
	window: CountedWindow,
	options: BuildOptions & { id: string },
): Promise<BuiltChart> {
	const kind = parseChartId(window.survey, options.id);
	if (!kind) {
		throw notFound();
	}
	const context: ChartContext = { window, ...options };
	switch (kind.type) {
		case 'participation':
			return buildParticipation(db, context);
		case 'statements':
			return buildStatements(context, kind.sectionId, options);
		case 'question':
			return buildQuestion(context, kind, options);
		case 'themes':
			return buildThemes(db, { ...context, themeUrl: options.themeUrl }, { kind, options });
	}
}

async function buildParticipation(db: Kysely<Schema>, context: ChartContext): Promise<BuiltChart> {
	const enrollment = await listEnrollment(db, context.window.engagementId);
	const tables = ENROLLED_BY.map((attribute) =>
		protectTakingPart(context.window, enrollment, attribute),
	);
	const { schoolYear } = context.window;
	return { chart: participationChart(context, tables, { schoolYear }), tables };
}

function buildStatements(
	context: ChartContext,
	sectionId: string,
	options: BuildOptions,
): BuiltChart {
	const tables = scaleQuestions(context.window.survey, sectionId).map((question) =>
		protectedTable(context.window, tallyOf(context.window, question.id), { by: null, options }),
	);
	return { chart: likertChart(context, tables, { id: `statements-${sectionId}` }), tables };
}

function buildQuestion(
	context: ChartContext,
	kind: Extract<ChartKind, { type: 'question' }>,
	options: BuildOptions,
): BuiltChart {
	const { window } = context;
	const table = protectedTable(window, tallyOf(window, kind.questionId), {
		by: kind.by,
		options,
	});
	const tables = [table];
	if (kind.by !== null) {
		return { chart: questionGroupsChart(context, table, kind.by), tables };
	}
	return window.survey.question(kind.questionId)?.type === 'scale'
		? { chart: likertChart(context, tables, { id: kind.questionId }), tables }
		: { chart: optionsChart(context, table), tables };
}

async function buildThemes(
	db: Kysely<Schema>,
	context: ChartContext & { themeUrl: (key: string) => string | null },
	request: { kind: Extract<ChartKind, { type: 'themes' }>; options: BuildOptions },
): Promise<BuiltChart> {
	const { window } = context;
	const { questionId, by } = request.kind;
	const themes = await listThemes(db, window.engagementId);
	const tally = await countThemes(db, window, { questionId, themes });
	const table = protectedTable(window, tally, { by, options: request.options });
	const coverage = await readCodingCoverage(db, window);
	const themeContext = { ...context, themes, coverage };
	const chart =
		by === null ? themesChart(themeContext, table) : themeGroupsChart(themeContext, table, by);
	return { chart, tables: [table] };
}

function protectedTable(
	window: CountedWindow,
	tally: Tally,
	{ by, options }: { by: AttributeId | null; options: BuildOptions },
): ProtectedTable {
	const table = protectTally(window, tally, by);
	return options.replace ? options.replace(table, tally, by) : table;
}

function tallyOf(window: CountedWindow, questionId: string): Tally {
	const tally = window.questions.get(questionId);
	if (!tally) {
		throw notFound();
	}
	return tally;
}
