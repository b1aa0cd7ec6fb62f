import type { Row, RowsInput } from '@throughline/analysis/disclosure';
import { writeCsv } from '../csv/write-csv.ts';

/**
 * Protected rows as a CSV file: a column per attribute and question, codes in the cells, nothing
 * where there is nothing. Cells that a spreadsheet would take for a formula are escaped.
 */
export function rowFile(
	{ attributes, questions }: Pick<RowsInput, 'attributes' | 'questions'>,
	rows: readonly Row[],
): string {
	const lines = [
		[...attributes, ...questions].map(({ id }) => id),
		...rows.map((row) => [...row.attributes, ...row.answers].map((cell) => cell ?? '')),
	];
	// A byte order mark: spreadsheets read Arabic and Spanish right only with it.
	return `\uFEFF${writeCsv(lines)}`;
}
