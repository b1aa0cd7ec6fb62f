import type { Cell } from '@throughline/analysis/charts';

/** The words of a cell, or a dash where it is not shown. */
export function figureText(cell: Cell | undefined): string {
	return cell?.type === 'shown' ? cell.figure.text : '–';
}

/**
 * The rows with the highest and the lowest shown figure, by the middle of what is shown; the
 * first of equals. Nothing when no row is shown.
 */
export function extremes<Row extends { cell: Cell }>(
	rows: readonly Row[],
): [Row, Row] | [undefined, undefined] {
	let top: Row | undefined;
	let bottom: Row | undefined;
	for (const row of rows) {
		if (row.cell.type === 'hidden') {
			continue;
		}
		top = top && middle(top) >= middle(row) ? top : row;
		bottom = bottom && middle(bottom) <= middle(row) ? bottom : row;
	}
	return top && bottom ? [top, bottom] : [undefined, undefined];
}

/** Highest shown first, what is not shown last; equals keep their order. */
export function byShownShare<Row extends { cell: Cell }>(rows: readonly Row[]): Row[] {
	return rows.toSorted((a, b) => middle(b) - middle(a));
}

function middle(row: { cell: Cell }): number {
	return row.cell.type === 'shown' ? (row.cell.figure.low + row.cell.figure.high) / 2 : -1;
}
