import type { Cell, Chart, PeopleCount } from '@throughline/analysis/charts';
import { writeCsv } from '../../csv/write-csv.ts';
import { type ChartLanguage, type ChartWords, chartWords } from './words.ts';

type Row = (string | number)[];

/**
 * A chart as CSV: exactly the figures and words on the screen, one table, a title line above.
 */
export function chartCsv(chart: Chart, language: ChartLanguage = 'en'): string {
	const words = chartWords(language);
	const rows: Row[] = [
		[chart.title],
		[chart.measure],
		[chart.population],
		...(chart.people ? [[words('csv.people'), peopleOf(chart.people, words)]] : []),
		[],
		...tableOf(chart, words),
		[],
		...chart.notes.map((note) => [note]),
	];
	// A byte order mark: spreadsheets read Arabic and Spanish right only with it.
	return `\uFEFF${writeCsv(rows)}`;
}

function tableOf(chart: Chart, words: ChartWords): Row[] {
	const people = (count: PeopleCount | { type: 'hidden' }) => peopleOf(count, words);
	const cell = (own: Cell) => cellOf(own, words);
	switch (chart.kind) {
		case 'participation':
			return participationTable(chart, words);
		case 'likert':
			return [
				[
					words('csv.statement'),
					words('csv.people'),
					...chart.steps.map((step) => step.label),
					words('csv.notSure'),
					words('csv.disagree'),
					words('csv.agree'),
				],
				...chart.rows.map((row) => [
					row.label,
					people(row.people),
					...row.cells.map(cell),
					cell(row.notSure),
					cell(row.disagree),
					cell(row.agree),
				]),
			];
		case 'options':
			return [
				[words('csv.option'), words('csv.share')],
				...chart.rows.map((row) => [row.label, cell(row.cell)]),
			];
		case 'themes':
			return [
				[
					words('csv.theme'),
					words('csv.share'),
					words('csv.low'),
					words('csv.high'),
					words('csv.meaning'),
				],
				...chart.rows.map((row) => [
					row.label,
					cell(row.cell),
					row.range?.low ?? '',
					row.range?.high ?? '',
					row.definition,
				]),
			];
		case 'groups':
			return [
				['', ...chart.groups.map((group) => group.label)],
				[words('csv.people'), ...chart.groups.map((group) => people(group.people))],
				...chart.rows.map((row) => [row.label, ...row.cells.map(cell)]),
			];
	}
}

function participationTable(
	chart: Extract<Chart, { kind: 'participation' }>,
	words: ChartWords,
): Row[] {
	return [
		[
			words('csv.attribute'),
			words('csv.group'),
			words('csv.tookPart'),
			words('csv.enrolled'),
			words('csv.gap'),
		],
		...chart.attributes.flatMap((attribute) =>
			attribute.rows.map((row) => [
				attribute.label,
				row.label,
				cellOf(row.tookPart, words),
				row.enrolled.text,
				row.gap ?? words(row.tookPart.type === 'shown' ? 'csv.even' : 'csv.hidden'),
			]),
		),
	];
}

/** A hidden cell says the same for every reason. */
function cellOf(cell: Cell, words: ChartWords): string {
	return cell.type === 'shown' ? cell.figure.text : words('csv.hidden');
}

function peopleOf(count: PeopleCount | { type: 'hidden' }, words: ChartWords): string | number {
	switch (count.type) {
		case 'exact':
			return count.n;
		case 'band':
			// A dash: spreadsheets take 10-19 for a day in October.
			return count.band.replace('-', '–');
		case 'hidden':
			return words('csv.hidden');
	}
}
