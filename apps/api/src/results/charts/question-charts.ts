import type { Cell, GroupsChart, LikertChart, OptionsChart } from '@throughline/analysis/charts';
import type { ProtectedTable } from '@throughline/analysis/disclosure';
import type { AttributeId } from '../attributes.ts';
import { scaleSides } from '../protect.ts';
import {
	type ChartContext,
	frame,
	groupLabel,
	optionLabel,
	population,
	questionText,
} from './chart-context.ts';
import { extremes, figureText } from './figures.ts';
import { notesOnAsked } from './who-was-asked.ts';
import { chartWords } from './words.ts';

/** C1: scale questions over everyone, one row per statement. The tables are protected already. */
export function likertChart(
	context: ChartContext,
	tables: readonly ProtectedTable[],
	options: { id: string },
): LikertChart {
	const words = chartWords(context.language);
	const rows = tables.map((table) => likertRow(context, table));
	const [first] = tables;
	return {
		kind: 'likert',
		...frame(context, {
			id: options.id,
			title: likertTitle(context, rows),
			measure: words('likert.measure'),
			population: population(context, 'population.statements'),
			people: null,
			summary: rows.map((row) => likertSummary(context, row)).join(' '),
			notes: [
				...notesOnAsked(
					context,
					tables.map((table) => table.questionId),
				),
				words('note.base'),
			],
		}),
		steps: first ? stepsOf(context, first.questionId) : [],
		rows,
	};
}

function likertTitle(context: ChartContext, rows: LikertChart['rows']): string {
	const words = chartWords(context.language);
	const [top, bottom] = extremes(rows.map((row) => ({ label: row.label, cell: row.agree })));
	if (!top) {
		return words('likert.none');
	}
	return top === bottom
		? words('likert.one', { agree: figureText(top.cell), statement: top.label })
		: words('likert.title', {
				top: top.label,
				topFigure: figureText(top.cell),
				bottom: bottom.label,
				bottomFigure: figureText(bottom.cell),
			});
}

function likertRow(context: ChartContext, table: ProtectedTable): LikertChart['rows'][number] {
	const steps = stepsOf(context, table.questionId);
	const cell = (id: string): Cell => {
		const index = table.options.findIndex((option) => option.id === id);
		return table.total.cells[index] ?? { type: 'hidden' };
	};
	return {
		id: table.questionId,
		label: questionText(context, table.questionId),
		people: table.total.people,
		cells: steps.map((step) => cell(step.id)),
		notSure: cell('not_sure'),
		agree: cell('agree'),
		disagree: cell('disagree'),
	};
}

function stepsOf(context: ChartContext, questionId: string): LikertChart['steps'] {
	const sides = scaleSides(context.window, questionId);
	const step = (side: LikertChart['steps'][number]['side']) => (id: string) => ({
		id,
		label: optionLabel(context, questionId, id),
		side,
	});
	return [
		...sides.disagree.map(step('disagree')),
		...sides.neutral.map(step('neutral')),
		...sides.agree.map(step('agree')),
	];
}

function likertSummary(context: ChartContext, row: LikertChart['rows'][number]): string {
	const values = {
		// A colon follows.
		statement: row.label.replace(/[.。]$/u, ''),
		agree: figureText(row.agree),
		disagree: figureText(row.disagree),
		notSure: figureText(row.notSure),
	};
	return chartWords(context.language)(
		row.notSure.type === 'shown' ? 'likert.summary' : 'likert.summaryNoUnsure',
		values,
	);
}

/** A choice question over everyone: one bar per option. */
export function optionsChart(context: ChartContext, table: ProtectedTable): OptionsChart {
	const words = chartWords(context.language);
	const rows = table.options.map((option, index) => ({
		id: option.id,
		label: optionLabel(context, table.questionId, option.id),
		cell: table.total.cells[index] ?? ({ type: 'hidden' } as const),
	}));
	const [top, bottom] = extremes(rows);
	return {
		kind: 'options',
		...frame(context, {
			id: table.id,
			title: top
				? words('options.title', { top: top.label, topFigure: figureText(top.cell) })
				: words('options.none'),
			measure: questionText(context, table.questionId),
			population: population(context, 'population.answered'),
			people: table.total.people,
			summary: top
				? words('options.summary', {
						count: rows.length,
						top: top.label,
						topFigure: figureText(top.cell),
						bottom: bottom.label,
						bottomFigure: figureText(bottom.cell),
					})
				: words('options.summaryNone', { count: rows.length }),
			notes: [
				...notesOnAsked(context, [table.questionId]),
				...(table.isMultiple ? [words('options.multiple')] : []),
				words('note.base'),
			],
		}),
		isMultiple: table.isMultiple,
		rows,
	};
}

/** C3 for a question: options (or agreement) × groups of one attribute. */
export function questionGroupsChart(
	context: ChartContext,
	table: ProtectedTable,
	attribute: AttributeId,
): GroupsChart {
	const words = chartWords(context.language);
	const measure = questionText(context, table.questionId);
	const agreeAt = table.options.findIndex((option) => option.id === 'agree' && option.of !== null);
	const isScale = agreeAt !== -1;
	const kept = table.options
		.map((option, index) => ({ option, index }))
		.filter(({ option }) => !isScale || option.of !== null || option.id === 'not_sure');
	const attributeName = words(`attribute.${attribute}`);
	return {
		kind: 'groups',
		...frame(context, {
			id: table.id,
			title: isScale
				? words('groups.titleLikert', { statement: measure, attribute: attributeName })
				: words('groups.title', { measure, attribute: attributeName }),
			measure,
			population: population(context, 'population.answered'),
			people: table.total.people,
			summary: groupsSummary(context, table),
			notes: [
				...notesOnAsked(context, [table.questionId]),
				...groupNotes(context, table, attribute),
			],
		}),
		groupLabel: attributeName,
		groups: groupHeads(context, table, attribute),
		rows: kept.map(({ option, index }) => ({
			id: option.id,
			label: rowLabel(context, table, option.id),
			cells: table.groups.map((group) => group.cells[index] ?? { type: 'hidden' }),
			url: null,
		})),
	};
}

/** The heads of a breakdown's columns. */
export function groupHeads(
	context: ChartContext,
	table: ProtectedTable,
	attribute: AttributeId,
): GroupsChart['groups'] {
	return table.groups.map((group) => ({
		id: group.id,
		label: groupLabel(context, attribute, group.id),
		people: group.people,
	}));
}

/** Bands, and who is in the pool. */
export function groupNotes(
	context: ChartContext,
	table: ProtectedTable,
	attribute: AttributeId,
): string[] {
	const words = chartWords(context.language);
	const { pool } = table;
	const format = new Intl.ListFormat(context.language, { type: 'conjunction' });
	const members = pool?.members.map((member) => groupLabel(context, attribute, member)) ?? [];
	const pooled = pool
		? [
				words('note.pooled', {
					pool: words('group.pooled'),
					members: format.format(members),
				}),
			]
		: [];
	return [...pooled, words('note.bands')];
}

export function groupsSummary(context: ChartContext, table: ProtectedTable): string {
	const words = chartWords(context.language);
	const shown = table.groups.filter((group) => group.people.type !== 'hidden').length;
	return shown === 0
		? words('groups.none')
		: words('groups.summary', { shown, all: table.groups.length });
}

function rowLabel(context: ChartContext, table: ProtectedTable, optionId: string): string {
	const words = chartWords(context.language);
	if (optionId === 'agree') {
		return words('groups.agree');
	}
	return optionId === 'disagree'
		? words('groups.disagree')
		: optionLabel(context, table.questionId, optionId);
}
