import type { Matrix } from './matrix.ts';
import { shuffle } from './random.ts';
import type { Random } from './random.ts';

/** One yes-or-no question put to the rows of a matrix. */
export type Problem = {
	matrix: Matrix;
	/** 1 for yes, -1 for no, 0 for a row left out; by row. */
	answers: Int8Array;
	/** What an error costs (C); by row. */
	cost: Float64Array;
	/** Dual variables, ≥ 0; by row. Where solving starts, and changed to where it ends. */
	duals: Float64Array;
};

export type SolverOptions = {
	random: Random;
	/** Stop when the projected gradients differ by no more than this. */
	tolerance: number;
	/** Most passes over the rows. */
	passes: number;
};

/** A separating plane: a weight by column and a constant. */
export type Plane = { weights: Float64Array; bias: number };

/**
 * Solves a linear support vector machine with squared hinge loss by dual coordinate descent with
 * shrinking: min ½‖w‖² + Σ C max(0, 1 − y(w·x + b))², the constant counted as a weight of an
 * always-present feature. Hsieh, Chang, Lin, Keerthi and Sundararajan (2008), algorithm 3.
 *
 * Started from earlier dual variables, the first pass goes from the last row to the first: what is
 * new stands last, and moves the plane most.
 */
export function solve(problem: Problem, { random, tolerance, passes }: SolverOptions): Plane {
	const { weights, bias } = planeOf(problem);
	const sweep: Sweep = {
		problem,
		weights,
		bias,
		curvature: curvatures(problem),
		active: rowsAsked(problem.answers),
		activeCount: 0,
		shrinkFrom: Infinity,
		highest: 0,
		lowest: 0,
	};
	sweep.activeCount = sweep.active.length;
	const isFresh = problem.duals.every((dual) => dual === 0);
	for (let pass = 0; pass < passes; pass++) {
		if (pass > 0 || isFresh) {
			shuffle(sweep.active.subarray(0, sweep.activeCount), random);
		}
		passOver(sweep);
		if (sweep.highest - sweep.lowest > tolerance) {
			sweep.shrinkFrom = sweep.highest > 0 ? sweep.highest : Infinity;
			continue;
		}
		if (sweep.activeCount === sweep.active.length) {
			break;
		}
		sweep.activeCount = sweep.active.length;
		sweep.shrinkFrom = Infinity;
	}
	return { weights, bias: sweep.bias };
}

type Sweep = {
	problem: Problem;
	weights: Float64Array;
	bias: number;
	/** By row: the second derivative of the dual objective. */
	curvature: Float64Array;
	/** Rows; those before activeCount are looked at, the others are shrunk away. */
	active: Int32Array;
	activeCount: number;
	/** A row at its bound with a gradient above this is shrunk away. */
	shrinkFrom: number;
	/** Bounds of the projected gradient met in the last pass. */
	highest: number;
	lowest: number;
};

/** One step for every active row. One loop, for speed: a training spends its time here. */
function passOver(sweep: Sweep): void {
	const { problem, weights, curvature, active, shrinkFrom } = sweep;
	const { matrix, answers, cost, duals } = problem;
	const { start, column, value } = matrix;
	let { bias, activeCount } = sweep;
	let highest = -Infinity;
	let lowest = Infinity;
	for (let at = 0; at < activeCount; at++) {
		const row = active[at] ?? 0;
		const answer = answers[row] ?? 0;
		const dual = duals[row] ?? 0;
		const end = start[row + 1] ?? 0;
		let sum = bias;
		for (let entry = start[row] ?? 0; entry < end; entry++) {
			sum += (weights[column[entry] ?? 0] ?? 0) * (value[entry] ?? 0);
		}
		const gradient = answer * sum - 1 + dual / (2 * (cost[row] ?? 1));
		const isAtBound = dual === 0 && gradient > 0;
		highest = Math.max(highest, isAtBound ? 0 : gradient);
		lowest = Math.min(lowest, isAtBound ? 0 : gradient);
		if (isAtBound) {
			if (gradient > shrinkFrom) {
				activeCount--;
				active[at] = active[activeCount] ?? 0;
				active[activeCount] = row;
				at--;
			}
			continue;
		}
		const moved = Math.max(dual - gradient / (curvature[row] ?? 1), 0);
		const step = (moved - dual) * answer;
		duals[row] = moved;
		bias += step;
		for (let entry = start[row] ?? 0; step !== 0 && entry < end; entry++) {
			const place = column[entry] ?? 0;
			weights[place] = (weights[place] ?? 0) + step * (value[entry] ?? 0);
		}
	}
	Object.assign(sweep, { bias, activeCount, highest, lowest });
}

/** The plane that given dual variables stand for: Σ dual × answer × row. */
function planeOf({ matrix, answers, duals }: Problem): Plane {
	const weights = new Float64Array(matrix.columns);
	let bias = 0;
	for (let row = 0; row < matrix.rows; row++) {
		const step = (duals[row] ?? 0) * (answers[row] ?? 0);
		if (step === 0) {
			continue;
		}
		bias += step;
		const end = matrix.start[row + 1] ?? 0;
		for (let entry = matrix.start[row] ?? 0; entry < end; entry++) {
			const place = matrix.column[entry] ?? 0;
			weights[place] = (weights[place] ?? 0) + step * (matrix.value[entry] ?? 0);
		}
	}
	return { weights, bias };
}

/** The rows that are asked, last first. */
function rowsAsked(answers: Int8Array): Int32Array {
	const rows: number[] = [];
	for (let row = answers.length - 1; row >= 0; row--) {
		if (answers[row] !== 0) {
			rows.push(row);
		}
	}
	return Int32Array.from(rows);
}

/** By row: ‖x‖² + 1 for the constant + 1 / 2C. */
function curvatures({ matrix, cost }: Problem): Float64Array {
	return matrix.squares.map((sum, row) => sum + 1 + 1 / (2 * (cost[row] ?? 1)));
}

/** How far a row of the matrix lies on the plane's yes side. */
export function scoreRow(matrix: Matrix, plane: Plane, row: number): number {
	let sum = plane.bias;
	const end = matrix.start[row + 1] ?? 0;
	for (let entry = matrix.start[row] ?? 0; entry < end; entry++) {
		sum += (plane.weights[matrix.column[entry] ?? 0] ?? 0) * (matrix.value[entry] ?? 0);
	}
	return sum;
}
