import {
	makeFeasible,
	openTableau,
	type Pacing,
	pivot,
	refreshBasic,
	type Tableau,
	tolerance,
} from './tableau.ts';

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

/* Indices are loop bounds of the arrays they index; the `!` below tell the compiler just that. */

/**
 * Finds a point of the system, or returns null when there is none, and answers range questions by
 * linear programming. Sizes of some hundreds of rows and columns are meant.
 */
export function solveSystem(
	system: LinearSystem,
	{ freshness = 1000, ...pacing }: Pacing = {},
): Polytope | null {
	let tableau = openTableau(system, pacing);
	if (!makeFeasible(tableau)) {
		return null;
	}
	const seek = (terms: LinearConstraint['terms'], sign: 1 | -1): number => {
		const greatest = maximize(tableau, terms, sign);
		if (tableau.pivots > freshness) {
			// Rounding adds up over many exchanges: begin anew from the system as it was written.
			tableau = openTableau(system, pacing);
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

/** Phase 2: the greatest value of sign · terms, by steepest reduced cost, then by least index. */
function maximize(tableau: Tableau, terms: LinearConstraint['terms'], sign: 1 | -1): number {
	for (let round = 0; ; round += 1) {
		const cost = reducedCost(tableau, terms, sign);
		const column = enteringColumn(tableau, cost, round >= tableau.patience);
		if (column === -1) {
			return terms.reduce(
				(sum, [v, coefficient]) => sum + sign * coefficient * tableau.value[v]!,
				0,
			);
		}
		const direction = cost[column]! > 0 ? 1 : -1;
		const step = longestStep(tableau, column, { direction, isBland: round >= tableau.patience });
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
