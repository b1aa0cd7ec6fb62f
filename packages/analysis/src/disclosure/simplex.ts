/** `low ≤ Σ coefficient · variable ≤ high`; equal bounds make an equation. */
export interface LinearConstraint {
	terms: readonly (readonly [variable: number, coefficient: number])[];
	low: number;
	high: number;
}

/** Variables by index with their bounds (a bound may be infinite), and what ties them together. */
export interface LinearSystem {
	bounds: readonly { low: number; high: number }[];
	constraints: readonly LinearConstraint[];
}

/** The least and greatest value an expression takes over a system; infinite when unbounded. */
export interface FeasibleRange {
	low: number;
	high: number;
}

/** A solved system, ready to be asked for ranges. Each answer starts from where the last ended. */
export interface Polytope {
	rangeOf: (terms: LinearConstraint['terms']) => FeasibleRange;
	/** The greatest (sign 1) or least (sign -1) value; the point that has it becomes the current one. */
	seek: (terms: LinearConstraint['terms'], sign: 1 | -1) => number;
	/** The value at the current point: a witness that this value is possible. */
	valueOf: (terms: LinearConstraint['terms']) => number;
}

const tolerance = 1e-7;

/** Exchanges after which a tableau is rebuilt. */
const freshness = 1000;

/*
 * Bounded simplex on a tableau of m rows (the constraints) by n columns. Each constraint has a
 * variable of its own with the constraint's bounds, so every basic variable is a combination of
 * non-basic ones without a constant term (Dutertre & de Moura 2006, "A fast linear-arithmetic
 * solver for DPLL(T)", section 3). Indices are loop bounds of the arrays they index; the `!` below
 * tell the compiler that and nothing else.
 */
interface Tableau {
	rows: Float64Array[];
	/** Variable that stands in each row, in each column. */
	basic: number[];
	nonBasic: number[];
	low: Float64Array;
	high: Float64Array;
	value: Float64Array;
	pivots: number;
}

/**
 * Finds a point of the system, or returns null when there is none, and answers range questions by
 * linear programming. Sizes of some hundreds of rows and columns are meant.
 */
export function solveSystem(system: LinearSystem): Polytope | null {
	let tableau = openTableau(system);
	if (!makeFeasible(tableau)) {
		return null;
	}
	const seek = (terms: LinearConstraint['terms'], sign: 1 | -1): number => {
		const greatest = maximize(tableau, terms, sign);
		if (tableau.pivots > freshness) {
			// Rounding adds up over many exchanges: begin anew from the system as it was written.
			tableau = openTableau(system);
			makeFeasible(tableau);
			return 0 + sign * maximize(tableau, terms, sign);
		}
		return 0 + sign * greatest;
	};
	return {
		seek,
		rangeOf: (terms) => ({ low: seek(terms, -1), high: seek(terms, 1) }),
		valueOf: (terms) =>
			terms.reduce((sum, [variable, factor]) => sum + factor * tableau.value[variable]!, 0),
	};
}

function openTableau({ bounds, constraints }: LinearSystem): Tableau {
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
function refreshBasic({ rows, basic, nonBasic, value }: Tableau): void {
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
function makeFeasible(tableau: Tableau): boolean {
	const { rows, basic, low, high, value } = tableau;
	if (low.some((bound, index) => bound > high[index]! + tolerance)) {
		return false;
	}
	const patience = 4 * (rows.length + tableau.nonBasic.length);
	for (let round = 0; ; round += 1) {
		const isBland = round > patience;
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
function pivot(tableau: Tableau, row: number, column: number): void {
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

/** Phase 2: the greatest value of sign · terms, by steepest reduced cost, then by least index. */
function maximize(tableau: Tableau, terms: LinearConstraint['terms'], sign: 1 | -1): number {
	const patience = 4 * (tableau.rows.length + tableau.nonBasic.length);
	for (let round = 0; ; round += 1) {
		const cost = reducedCost(tableau, terms, sign);
		const column = enteringColumn(tableau, cost, round > patience);
		if (column === -1) {
			return terms.reduce(
				(sum, [v, coefficient]) => sum + sign * coefficient * tableau.value[v]!,
				0,
			);
		}
		const direction = cost[column]! > 0 ? 1 : -1;
		const step = longestStep(tableau, column, { direction, isBland: round > patience });
		if (step.length === Infinity) {
			return Infinity;
		}
		tableau.value[tableau.nonBasic[column]!]! += direction * step.length;
		if (step.row !== -1) {
			tableau.value[tableau.basic[step.row]!] = step.bound;
			pivot(tableau, step.row, column);
		}
		refreshBasic(tableau);
	}
}

function reducedCost(
	{ rows, basic, nonBasic }: Tableau,
	terms: LinearConstraint['terms'],
	sign: 1 | -1,
): Float64Array {
	const cost = new Float64Array(nonBasic.length);
	for (const [variable, coefficient] of terms) {
		const column = nonBasic.indexOf(variable);
		if (column !== -1) {
			cost[column]! += sign * coefficient;
			continue;
		}
		const row = rows[basic.indexOf(variable)]!;
		for (let j = 0; j < cost.length; j += 1) {
			cost[j]! += sign * coefficient * row[j]!;
		}
	}
	return cost;
}

function enteringColumn(
	{ nonBasic, low, high, value }: Tableau,
	cost: Float64Array,
	isBland: boolean,
): number {
	let found = -1;
	for (let j = 0; j < cost.length; j += 1) {
		const variable = nonBasic[j]!;
		const canMove =
			cost[j]! > tolerance
				? value[variable]! < high[variable]! - tolerance
				: cost[j]! < -tolerance && value[variable]! > low[variable]! + tolerance;
		if (!canMove) {
			continue;
		}
		const isBetter = isBland
			? found === -1 || variable < nonBasic[found]!
			: found === -1 || Math.abs(cost[j]!) > Math.abs(cost[found]!);
		if (isBetter) {
			found = j;
		}
	}
	return found;
}

/** How far the column may move before a bound stops it; row -1 when its own bound is the first. */
function longestStep(
	{ rows, basic, nonBasic, low, high, value }: Tableau,
	column: number,
	{ direction, isBland }: { direction: 1 | -1; isBland: boolean },
): { length: number; row: number; bound: number } {
	const entering = nonBasic[column]!;
	const step = { length: high[entering]! - low[entering]!, row: -1, bound: 0 };
	let strength = 0;
	for (let i = 0; i < rows.length; i += 1) {
		const rate = rows[i]![column]! * direction;
		if (Math.abs(rate) < tolerance) {
			continue;
		}
		const variable = basic[i]!;
		const bound = rate > 0 ? high[variable]! : low[variable]!;
		const length = Math.max(0, (bound - value[variable]!) / rate);
		const isTie = step.row !== -1 && Math.abs(length - step.length) < 1e-12;
		const winsTie = isBland ? variable < basic[step.row]! : Math.abs(rate) > strength;
		if (length < step.length - 1e-12 || (isTie && winsTie)) {
			step.length = length;
			step.row = i;
			step.bound = bound;
			strength = Math.abs(rate);
		}
	}
	return step;
}
