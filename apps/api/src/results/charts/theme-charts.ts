import type { Cell, GroupsChart, PeopleCount, ThemesChart } from '@throughline/analysis/charts';
import type { ProtectedTable } from '@throughline/analysis/disclosure';
import { wilsonInterval } from '@throughline/analysis/statistics';
import type { AttributeId } from '../attributes.ts';
import { type ChartContext, frame, population } from './chart-context.ts';
import { byShownShare, extremes, figureText } from './figures.ts';
import { groupHeads, groupNotes, groupsSummary } from './question-charts.ts';
import { chartWords } from './words.ts';

/** Below this many people a range says more than the figure may. */
const SMALLEST_FOR_RANGE = 40;

export interface ThemeLabel {
	key: string;
	label: string;
	definition: string;
}

interface ThemeContext extends ChartContext {
	themes: readonly ThemeLabel[];
	/** How many answers there are, and how many have been coded. */
	coverage: { answers: number; decided: number };
	themeUrl: (key: string) => string | null;
}

/** C2: how many students raised each theme, highest first, with the range of the sample. */
export function themesChart(context: ThemeContext, table: ProtectedTable): ThemesChart {
	const words = chartWords(context.language);
	const isSample = context.coverage.decided < context.coverage.answers;
	const rows = table.options.map((option, index) => {
		const theme = context.themes.find((candidate) => candidate.key === option.id);
		const cell = table.total.cells[index] ?? ({ type: 'hidden' } as const);
		return {
			id: option.id,
			label: theme?.label ?? option.id,
			definition: theme?.definition ?? '',
			cell,
			range: isSample ? rangeOf(cell, table.total.people) : null,
			url: context.themeUrl(option.id),
		};
	});
	const [top] = extremes(rows);
	return {
		kind: 'themes',
		...frame(context, {
			id: table.id,
			title: top
				? words('themes.title', { top: top.label, topFigure: figureText(top.cell) })
				: words('themes.titleNone'),
			measure: words('themes.measure'),
			population: population(context, 'population.coded'),
			people: table.total.people,
			summary: top
				? words('themes.summary', {
						count: rows.length,
						top: top.label,
						topFigure: figureText(top.cell),
					})
				: words('themes.summaryNone', { count: rows.length }),
			notes: [
				words('themes.multiple'),
				words('themes.counting'),
				...(isSample ? [words('themes.sample', context.coverage)] : []),
			],
		}),
		unit: words('themes.unit'),
		rows: byShownShare(rows),
	};
}

/** C3: themes × the groups of one attribute. */
export function themeGroupsChart(
	context: ThemeContext,
	table: ProtectedTable,
	attribute: AttributeId,
): GroupsChart {
	const words = chartWords(context.language);
	const attributeName = words(`attribute.${attribute}`);
	const people: PeopleCount = table.total.people;
	return {
		kind: 'groups',
		...frame(context, {
			id: table.id,
			title: words('groups.titleThemes', { attribute: attributeName }),
			measure: words('themes.measure'),
			population: population(context, 'population.coded'),
			people,
			summary: groupsSummary(context, table),
			notes: [words('themes.multiple'), ...groupNotes(context, table, attribute)],
		}),
		groupLabel: attributeName,
		groups: groupHeads(context, table, attribute),
		rows: table.options.map((option, index) => ({
			id: option.id,
			label: context.themes.find((theme) => theme.key === option.id)?.label ?? option.id,
			cells: table.groups.map((group) => group.cells[index] ?? { type: 'hidden' }),
			url: context.themeUrl(option.id),
		})),
	};
}

/**
 * The 95 % Wilson interval around the figure as it is shown, in whole percent rounded outward: it
 * is made of what the reader sees, so it tells nothing more about the count.
 */
function rangeOf(cell: Cell, people: PeopleCount): { low: number; high: number } | null {
	if (cell.type === 'hidden' || people.type !== 'exact' || people.n < SMALLEST_FOR_RANGE) {
		return null;
	}
	const least = wilsonInterval(Math.floor((cell.figure.low / 100) * people.n), people.n);
	const most = wilsonInterval(Math.ceil((cell.figure.high / 100) * people.n), people.n);
	return { low: Math.floor(100 * least.low), high: Math.ceil(100 * most.high) };
}
