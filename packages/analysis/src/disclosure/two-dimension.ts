import { auditGrid } from './grid-audit.ts';
import { type DisclosureParams, isPrimary } from './params.ts';

/** A table of counts. Margins are the sums of its cells; which of them are public is said here. */
export interface CountGrid {
	rows: readonly string[];
	columns: readonly string[];
	/** counts[row][column], whole numbers. */
	counts: readonly (readonly number[])[];
	areRowTotalsShown: boolean;
	areColumnTotalsShown: boolean;
	isGrandTotalShown: boolean;
}

/**
 * A position of the grid with its margins: row index = rows.length is the row of column totals,
 * column index = columns.length the column of row totals, both together the grand total.
 */
export interface Position {
	row: number;
	column: number;
}

/** What an attacker can say about a hidden cell from everything shown. */
export interface HiddenRange extends Position {
	low: number;
	high: number;
}

/** What to hide of a table of counts. Positions are in table order and may be margins. */
export interface TwoDimensionProtection {
	primary: Position[];
	complementary: Position[];
	/** Hidden inner cells that follow exactly from what is shown. Empty once protected. */
	determined: Position[];
	/** The range of every hidden inner cell. */
	ranges: HiddenRange[];
}

/** Where each position stands: `absent` margins were never published and need no protection. */
export type Mark = 'shown' | 'primary' | 'complementary' | 'absent';

/** The grid with its margins written out, and one mark per position. */
export interface MarkedGrid {
	values: number[][];
	marks: Mark[][];
	rowCount: number;
	columnCount: number;
}

/**
 * Marks the cells and margins of a table (domain steps 2 to 5): primary cells; a complement in each
 * line that gives them away, the smallest positive cell whose other line already has a mark, else
 * the smallest; then the audit, and a further complement while a hidden cell is still exposed.
 */
export function protectTwoDimension(
	grid: CountGrid,
	params: DisclosureParams,
): TwoDimensionProtection {
	const marked = markPrimary(grid, params);
	markComplements(marked, params);
	let audit = auditGrid(marked, params);
	while (audit.exposed !== null) {
		hideAround(marked, audit.exposed);
		markComplements(marked, params);
		audit = auditGrid(marked, params);
	}
	return {
		primary: positionsOf(marked, 'primary'),
		complementary: positionsOf(marked, 'complementary'),
		determined: audit.determined,
		ranges: audit.ranges,
	};
}

/** Writes out the margins and marks what is small by itself, totals included. */
export function markPrimary(grid: CountGrid, params: DisclosureParams): MarkedGrid {
	const rowCount = grid.rows.length;
	const columnCount = grid.columns.length;
	const values = grid.counts.map((row) => [...row, sum(row)]);
	values.push(
		Array.from({ length: columnCount + 1 }, (_, column) =>
			sum(values.map((row) => row[column] ?? 0)),
		),
	);
	const isPublished = (row: number, column: number): boolean => {
		if (row < rowCount) {
			return column < columnCount || grid.areRowTotalsShown;
		}
		return column < columnCount ? grid.areColumnTotalsShown : grid.isGrandTotalShown;
	};
	const marks = values.map((line, row) =>
		line.map((value, column): Mark => {
			if (!isPublished(row, column)) {
				return 'absent';
			}
			return isPrimary(value, params) ? 'primary' : 'shown';
		}),
	);
	return { values, marks, rowCount, columnCount };
}

/** Repeats step 4 over all lines, the margins' own lines included, until none needs a mark. */
function markComplements(marked: MarkedGrid, params: DisclosureParams): void {
	let hasChanged = true;
	while (hasChanged) {
		hasChanged = false;
		for (const line of linesOf(marked)) {
			while (needsComplement(marked, line, params)) {
				setMark(marked, choose(marked, line.cells) ?? line.total, 'complementary');
				hasChanged = true;
			}
		}
	}
}

interface Line {
	cells: Position[];
	total: Position;
}

/** Every row with its total, then every column with its total; the margins are lines too. */
function linesOf({ rowCount, columnCount }: MarkedGrid): Line[] {
	const rowNumbers = Array.from({ length: rowCount + 1 }, (_, row) => row);
	const columnNumbers = Array.from({ length: columnCount + 1 }, (_, column) => column);
	return [
		...rowNumbers.map((row) => ({
			cells: columnNumbers.slice(0, -1).map((column) => ({ row, column })),
			total: { row, column: columnCount },
		})),
		...columnNumbers.map((column) => ({
			cells: rowNumbers.slice(0, -1).map((row) => ({ row, column })),
			total: { row: rowCount, column },
		})),
	];
}

function needsComplement(marked: MarkedGrid, line: Line, params: DisclosureParams): boolean {
	if (markAt(marked, line.total) !== 'shown') {
		return false;
	}
	const hidden = line.cells.filter((cell) => markAt(marked, cell) !== 'shown');
	if (hidden.length === 0 || hidden.some((cell) => markAt(marked, cell) === 'absent')) {
		return false;
	}
	return hidden.length === 1 || sum(hidden.map((cell) => valueAt(marked, cell))) < params.minN;
}

/** The smallest positive shown cell, one that serves its other line too before any other. */
function choose(marked: MarkedGrid, cells: readonly Position[]): Position | null {
	const candidates = cells.filter(
		(cell) => markAt(marked, cell) === 'shown' && valueAt(marked, cell) > 0,
	);
	const serving = candidates.filter((cell) => otherCellIsMarked(marked, cell, cells));
	return (serving.length > 0 ? serving : candidates).reduce<Position | null>(
		(best, cell) => (best === null || valueAt(marked, cell) < valueAt(marked, best) ? cell : best),
		null,
	);
}

/** True when the line that crosses `line` at this cell already hides something. */
function otherCellIsMarked(marked: MarkedGrid, cell: Position, line: readonly Position[]): boolean {
	const isRow = line.every(({ row }) => row === cell.row);
	const crossing = linesOf(marked).filter(({ cells }) =>
		cells.some(({ row, column }) => row === cell.row && column === cell.column),
	);
	return crossing.some(({ cells }) => {
		const isSameDirection = cells.every(({ row }) => row === cell.row) === isRow;
		return !isSameDirection && cells.some((other) => isHidden(marked, other));
	});
}

/** A hidden cell failed the audit: hide one more cell of its lines, or their totals at the last. */
function hideAround(marked: MarkedGrid, exposed: Position): void {
	const lines = linesOf(marked).filter(({ cells }) =>
		cells.some(({ row, column }) => row === exposed.row && column === exposed.column),
	);
	const cells = lines.flatMap((line) => {
		const best = choose(marked, line.cells);
		return best === null ? [] : [best];
	});
	const totals = lines.map(({ total }) => total);
	const next =
		choose(marked, cells) ??
		totals.find((total) => markAt(marked, total) === 'shown') ??
		positionsOf(marked, 'shown')[0];
	if (next === undefined) {
		throw new Error('Everything is hidden and a cell is still exposed: the audit is wrong.');
	}
	setMark(marked, next, 'complementary');
}

/** All positions with this mark, row by row. */
export function positionsOf(marked: MarkedGrid, mark: Mark): Position[] {
	return marked.marks.flatMap((line, row) =>
		line.flatMap((found, column) => (found === mark ? [{ row, column }] : [])),
	);
}

function isHidden(marked: MarkedGrid, position: Position): boolean {
	const mark = markAt(marked, position);
	return mark === 'primary' || mark === 'complementary';
}

function markAt({ marks }: MarkedGrid, { row, column }: Position): Mark {
	return marks[row]?.[column] ?? 'absent';
}

function valueAt({ values }: MarkedGrid, { row, column }: Position): number {
	return values[row]?.[column] ?? 0;
}

function setMark({ marks }: MarkedGrid, { row, column }: Position, mark: Mark): void {
	const line = marks[row];
	if (line !== undefined) {
		line[column] = mark;
	}
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
