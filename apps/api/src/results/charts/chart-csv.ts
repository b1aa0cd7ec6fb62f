import type { Cell, Chart, PeopleCount } from '@throughline/analysis/charts';
import { stringify } from 'csv-stringify/sync';

type Row = (string | number)[];

/** What a hidden cell says in a file: the same for every reason. */
const HIDDEN = 'not shown';

/**
 * A chart as CSV: exactly the figures and words on the screen, one table, a title line above.
 * Cells that a spreadsheet would take for a formula are escaped.
 */
export function chartCsv(chart: Chart): string {
	const rows: Row[] = [
		[chart.title],
		[chart.measure],
		[chart.population],
		['people', people(chart.people)],
		[],
		...tableOf(chart),
		[],
		...chart.notes.map((note) => [note]),
	];
	// A byte order mark: spreadsheets read Arabic and Spanish right only with it.
	return `\uFEFF${stringify(rows, { escape_formulas: true, record_delimiter: '\r\n' })}`;
}

function tableOf(chart: Chart): Row[] {
	switch (chart.kind) {
		case 'participation':
			return [
				['attribute', 'group', 'share of enrolled', 'share of those who took part', 'gap'],
				...chart.attributes.flatMap((attribute) =>
					attribute.rows.map((row) => [
						attribute.label,
						row.label,
						row.enrolled.text,
						words(row.tookPart),
						row.gap ?? '',
					]),
				),
			];
		case 'likert':
			return [
				['statement', 'people', ...chart.steps.map((step) => step.label), 'not sure'],
				...chart.rows.map((row) => [
					row.label,
					people(row.people),
					...row.cells.map(words),
					words(row.notSure),
				]),
			];
		case 'options':
			return [['option', 'share'], ...chart.rows.map((row) => [row.label, words(row.cell)])];
		case 'themes':
			return [
				['theme', 'share', 'range low', 'range high', 'definition'],
				...chart.rows.map((row) => [
					row.label,
					words(row.cell),
					row.range?.low ?? '',
					row.range?.high ?? '',
					row.definition,
				]),
			];
		case 'groups':
			return [
				['', ...chart.groups.map((group) => group.label)],
				['people', ...chart.groups.map((group) => people(group.people))],
				...chart.rows.map((row) => [row.label, ...row.cells.map(words)]),
			];
	}
}

function words(cell: Cell): string {
	return cell.type === 'shown' ? cell.figure.text : HIDDEN;
}

function people(count: PeopleCount | { type: 'hidden' }): string | number {
	switch (count.type) {
		case 'exact':
			return count.n;
		case 'band':
			return count.band;
		case 'hidden':
			return HIDDEN;
	}
}
