import type { DisclosureParams } from './params.ts';
import { findDetermined } from './rank.ts';
import { type LinearConstraint, solveSystem } from './simplex.ts';
import type { HiddenRange, MarkedGrid, Position } from './two-dimension.ts';

/** What an attacker who sees the shown cells and margins of one table knows of the hidden ones. */
export interface GridAudit {
	/** Hidden inner cells that follow exactly from what is shown. */
	determined: Position[];
	ranges: HiddenRange[];
	/** The first hidden cell that is determined or whose range is narrower than minN. */
	exposed: Position | null;
}

/**
 * Step 5 for one table: hidden inner cells are unknown whole numbers of 0 or more, every shown
 * cell and margin is an equation. (a) no hidden cell or margin in the row space of the equations;
 * (b) each one's least and greatest value at least minN apart.
 */
export function auditGrid(marked: MarkedGrid, params: DisclosureParams): GridAudit {
	const unknowns = hiddenPositions(marked).filter((position) => isInner(marked, position));
	const indexOf = new Map(unknowns.map(({ row, column }, index) => [`${row},${column}`, index]));
	const termsOf = (position: Position): [number, number][] =>
		innerOf(marked, position).flatMap(({ row, column }) => {
			const index = indexOf.get(`${row},${column}`);
			return index === undefined ? [] : [[index, 1]];
		});
	const equations = shownMargins(marked).map((margin): LinearConstraint => {
		const shownPart = innerOf(marked, margin)
			.filter(({ row, column }) => !indexOf.has(`${row},${column}`))
			.reduce((sum, position) => sum + valueAt(marked, position), 0);
		const rest = valueAt(marked, margin) - shownPart;
		return { terms: termsOf(margin), low: rest, high: rest };
	});
	const targets = hiddenPositions(marked);
	const isDetermined = findDetermined(
		equations.map(({ terms }) => terms),
		targets.map(termsOf),
		unknowns.length,
	);
	const ranges = rangesOf(targets, { termsOf, unknownCount: unknowns.length, equations });
	const exposed = ranges.findIndex(
		({ low, high }, index) => isDetermined[index] === true || high - low < params.minN,
	);
	return {
		determined: targets.filter(
			(target, index) => isInner(marked, target) && isDetermined[index] === true,
		),
		ranges: ranges.filter((range) => isInner(marked, range)),
		exposed: targets[exposed] ?? null,
	};
}

function rangesOf(
	targets: readonly Position[],
	options: {
		termsOf: (position: Position) => [number, number][];
		unknownCount: number;
		equations: LinearConstraint[];
	},
): HiddenRange[] {
	const polytope = solveSystem({
		bounds: Array.from({ length: options.unknownCount }, () => ({ low: 0, high: Infinity })),
		constraints: options.equations,
	});
	if (polytope === null) {
		throw new Error('The margins of a table contradict its cells: its totals are not its sums.');
	}
	return targets.map(({ row, column }) => {
		const { low, high } = polytope.rangeOf(options.termsOf({ row, column }));
		// Vertices of a two-dimensional table with margins are whole numbers; this drops the rounding.
		return { row, column, low: Math.round(low), high: Math.round(high) };
	});
}

function hiddenPositions({ marks }: MarkedGrid): Position[] {
	return marks.flatMap((line, row) =>
		line.flatMap((mark, column) =>
			mark === 'primary' || mark === 'complementary' ? [{ row, column }] : [],
		),
	);
}

function shownMargins(marked: MarkedGrid): Position[] {
	return marked.marks.flatMap((line, row) =>
		line.flatMap((mark, column) =>
			mark === 'shown' && !isInner(marked, { row, column }) ? [{ row, column }] : [],
		),
	);
}

function isInner({ rowCount, columnCount }: MarkedGrid, { row, column }: Position): boolean {
	return row < rowCount && column < columnCount;
}

/** The inner cells a position is the sum of: itself, a row, a column, or all. */
function innerOf({ rowCount, columnCount }: MarkedGrid, { row, column }: Position): Position[] {
	const rows = row < rowCount ? [row] : Array.from({ length: rowCount }, (_, index) => index);
	const columns =
		column < columnCount ? [column] : Array.from({ length: columnCount }, (_, index) => index);
	return rows.flatMap((r) => columns.map((c) => ({ row: r, column: c })));
}

function valueAt({ values }: MarkedGrid, { row, column }: Position): number {
	return values[row]?.[column] ?? 0;
}
