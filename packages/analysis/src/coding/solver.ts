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
 */
export function solve(problem: Problem, { random, tolerance, passes }: SolverOptions): Plane {
	const { matrix, answers, cost, duals } = problem;
	const { start, column, value } = matrix;
	const plane = planeOf(problem);
	const { weights } = plane;
	let bias = plane.bias;
	const active = rowsAsked(answers);
	const curvature = curvatures(problem);
	let activeCount = active.length;
	let highestBefore = Infinity;
	for (let pass = 0; pass < passes; pass++) {
		let highest = -Infinity;
		let lowest = Infinity;
		shuffle(active.subarray(0, activeCount), random);
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
			if (dual === 0 && gradient > 0) {
				if (gradient > highestBefore) {
					activeCount--;
					active[at] = active[activeCount] ?? 0;
					active[activeCount] = row;
					at--;
				}
				highest = Math.max(highest, 0);
				lowest = Math.min(lowest, 0);
				continue;
			}
			highest = Math.max(highest, gradient);
			lowest = Math.min(lowest, gradient);
			const moved = Math.max(dual - gradient / (curvature[row] ?? 1), 0);
			duals[row] = moved;
			const step = (moved - dual) * answer;
			if (step !== 0) {
				bias += step;
				for (let entry = start[row] ?? 0; entry < end; entry++) {
					const place = column[entry] ?? 0;
					weights[place] = (weights[place] ?? 0) + step * (value[entry] ?? 0);
				}
			}
		}
		if (highest - lowest <= tolerance) {
			if (activeCount === active.length) {
				break;
			}
			activeCount = active.length;
			highestBefore = Infinity;
			continue;
		}
		highestBefore = highest > 0 ? highest : Infinity;
	}
	return { weights, bias };
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

function rowsAsked(answers: Int8Array): Int32Array {
	const rows: number[] = [];
	for (let row = 0; row < answers.length; row++) {
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
