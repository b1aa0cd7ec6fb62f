import type { FeasibleRange, LinearSystem } from './simplex.ts';

/** Values this close count as equal. */
export const tolerance = 1e-7;

/*
 * Bounded simplex on a tableau of m rows (the constraints) by n columns. Each constraint has a
 * variable of its own with the constraint's bounds, so every basic variable is a combination of
 * non-basic ones without a constant term (Dutertre & de Moura 2006, "A fast linear-arithmetic
 * solver for DPLL(T)", section 3). Indices are loop bounds of the arrays they index; the `!` below
 * tell the compiler that and nothing else.
 */
export interface Tableau {
	rows: Float64Array[];
	/** Variable that stands in each row, in each column. */
	basic: number[];
	nonBasic: number[];
	low: Float64Array;
	high: Float64Array;
	value: Float64Array;
	pivots: number;
	/** Rounds by the steepest way before the rule by least index, which never goes in circles. */
	patience: number;
}

/** How long a solver trusts what is quick: for tests that try the slow ways on their own. */
export interface Pacing {
	/** See `Tableau`; four times the rows and columns unless it is given. */
	patience?: number;
	/** Exchanges after which a tableau is built anew, because rounding adds up; 1000 unless it is given. */
	freshness?: number;
}

/** All variables at a bound, the constraints' own variables in the rows. */
export function openTableau(
	{ bounds, constraints }: LinearSystem,
	{ patience }: Pick<Pacing, 'patience'> = {},
): Tableau {
	const columns = bounds.length;
	const all = [...bounds, ...constraints];
	const tableau: Tableau = {
		rows: constraints.map(({ terms }) => {
			const row = new Float64Array(columns);
			for (const [variable, coefficient] of terms) {
				row[variable]! += coefficient;
			}
			return row;
		}),
		basic: constraints.map((_, index) => columns + index),
		nonBasic: bounds.map((_, index) => index),
		low: Float64Array.from(all, ({ low }) => low),
		high: Float64Array.from(all, ({ high }) => high),
		value: new Float64Array(all.length),
		pivots: 0,
		// As a rule the steepest way takes about as many rounds as there are rows and columns.
		patience: patience ?? 4 * (bounds.length + constraints.length),
	};
	for (let column = 0; column < columns; column += 1) {
		tableau.value[column] = startValue(bounds[column]!);
	}
	refreshBasic(tableau);
	return tableau;
}

function startValue({ low, high }: FeasibleRange): number {
	if (Number.isFinite(low)) {
		return low;
	}
	return Number.isFinite(high) ? high : 0;
}

/** Recomputes the basic values, which also removes what rounding has added up. */
export function refreshBasic({ rows, basic, nonBasic, value }: Tableau): void {
	for (let i = 0; i < rows.length; i += 1) {
		const row = rows[i]!;
		let sum = 0;
		for (let j = 0; j < row.length; j += 1) {
			const coefficient = row[j]!;
			if (coefficient !== 0) {
				sum += coefficient * value[nonBasic[j]!]!;
			}
		}
		value[basic[i]!] = sum;
	}
}

/** Phase 1: repairs one violated row at a time, the worst first, by least index when it takes long. */
export function makeFeasible(tableau: Tableau): boolean {
	const { rows, basic, low, high, value, patience } = tableau;
	if (low.some((bound, index) => bound > high[index]! + tolerance)) {
		return false;
	}
	for (let round = 0; ; round += 1) {
		const isBland = round >= patience;
		const row = violatedRow(tableau, isBland);
		if (row === -1) {
			return true;
		}
		const variable = basic[row]!;
		const isBelow = value[variable]! < low[variable]!;
		const column = repairColumn(tableau, row, { isBelow, isBland });
		if (column === -1) {
			return false;
		}
		const entering = tableau.nonBasic[column]!;
		const target = isBelow ? low[variable]! : high[variable]!;
		value[entering]! += (target - value[variable]!) / rows[row]![column]!;
		value[variable] = target;
		pivot(tableau, row, column);
		refreshBasic(tableau);
	}
}

function violatedRow({ basic, low, high, value }: Tableau, isBland: boolean): number {
	let found = -1;
	let worst = tolerance;
	for (let i = 0; i < basic.length; i += 1) {
		const variable = basic[i]!;
		const violation = Math.max(
			low[variable]! - value[variable]!,
			value[variable]! - high[variable]!,
		);
		if (isBland && violation > tolerance && (found === -1 || variable < basic[found]!)) {
			found = i;
		}
		if (!isBland && violation > worst) {
			worst = violation;
			found = i;
		}
	}
	return found;
}

function repairColumn(
	{ rows, nonBasic, low, high, value }: Tableau,
	row: number,
	{ isBelow, isBland }: { isBelow: boolean; isBland: boolean },
): number {
	let found = -1;
	for (let j = 0; j < nonBasic.length; j += 1) {
		const coefficient = rows[row]![j]! * (isBelow ? 1 : -1);
		const variable = nonBasic[j]!;
		const canMove =
			coefficient > tolerance
				? value[variable]! < high[variable]! - tolerance
				: coefficient < -tolerance && value[variable]! > low[variable]! + tolerance;
		if (!canMove) {
			continue;
		}
		const isBetter = isBland
			? found === -1 || variable < nonBasic[found]!
			: found === -1 || Math.abs(coefficient) > Math.abs(rows[row]![found]!);
		if (isBetter) {
			found = j;
		}
	}
	return found;
}

/** Exchanges the variable of a row with that of a column. */
export function pivot(tableau: Tableau, row: number, column: number): void {
	const { rows, basic, nonBasic } = tableau;
	tableau.pivots += 1;
	const pivotRow = rows[row]!;
	const inverse = 1 / pivotRow[column]!;
	for (let j = 0; j < pivotRow.length; j += 1) {
		pivotRow[j]! *= -inverse;
	}
	pivotRow[column] = inverse;
	for (let i = 0; i < rows.length; i += 1) {
		const other = rows[i]!;
		const factor = other[column]!;
		if (i === row || factor === 0) {
			continue;
		}
		other[column] = 0;
		for (let j = 0; j < other.length; j += 1) {
			const sum = other[j]! + factor * pivotRow[j]!;
			other[j] = Math.abs(sum) < 1e-11 ? 0 : sum;
		}
	}
	const leaving = basic[row]!;
	basic[row] = nonBasic[column]!;
	nonBasic[column] = leaving;
}
