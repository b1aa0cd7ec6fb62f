import type { Matrix } from './matrix.ts';
import { microMacro } from './metrics.ts';
import type { Memory, Settings } from './model.ts';
import { seededRandom } from './random.ts';
import { scoreRow, solve } from './solver.ts';
import type { Problem } from './solver.ts';

/** The cut until there are decisions enough to choose one. */
export const STARTING_CUT = -0.3;
/** Where cuts tend to with many decisions; a chosen cut is drawn half way to it. */
const USUAL_CUT = -0.15;
const FOLDS = 5;
const MOST_PASSES = 1000;
const LOWEST = -1;
const HIGHEST = 0.5;
const STEP = 0.02;

export type CutContext = {
	settings: Settings;
	/** How many themes there are. */
	themes: number;
	/** The question whether a theme is on the rows, solved already. */
	ask: (theme: number) => Problem;
};

/**
 * The one cut for all themes that serves best on held-out scores: the highest mean of micro and
 * macro F1, every excerpt keeping its best theme at least. Uses decided excerpts only.
 *
 * The best held-out cut lies too low for the planes it is meant for: held-out planes are solved on
 * fewer rows, which lowers their scores, and decided excerpts are often gathered theme by theme, so
 * they carry rare themes more often than others do. It is therefore drawn half way to the usual
 * cut; on splits of training rows that serves micro and macro F1 better, or as well, from about 200
 * decisions on.
 */
export function chooseCut(memory: Memory, matrix: Matrix, context: CutContext): number {
	const scores = heldOutScores(memory, matrix, context);
	const decided = memory.ids.flatMap((id, row) => (id === null ? [] : [row]));
	let best = STARTING_CUT;
	let highest = -1;
	for (let step = 0; step <= Math.round((HIGHEST - LOWEST) / STEP); step++) {
		const cut = LOWEST + step * STEP;
		const { micro, macro } = f1At(cut, { memory, matrix, scores, decided, ...context });
		if (micro + macro > highest) {
			highest = micro + macro;
			best = cut;
		}
	}
	return (best + USUAL_CUT) / 2;
}

/**
 * Scores of every row by planes that were solved without it: rows fall into folds by a hash of
 * their text, so that repeats of one answer stay together.
 */
function heldOutScores(
	memory: Memory,
	matrix: Matrix,
	{ settings, themes, ask }: CutContext,
): Float64Array {
	const scores = new Float64Array(themes * matrix.rows).fill(-1);
	const fold = Int8Array.from(memory.ids, (id, row) =>
		id === null ? -1 : ((memory.marks[2 * row] ?? 0) >>> 4) % FOLDS,
	);
	for (let theme = 0; theme < themes; theme++) {
		for (let held = 0; held < FOLDS; held++) {
			const problem = ask(theme);
			for (let row = 0; row < matrix.rows; row++) {
				if (fold[row] === held) {
					problem.answers[row] = 0;
					problem.duals[row] = 0;
				}
			}
			if (!problem.answers.includes(1)) {
				continue;
			}
			const random = seededRandom(settings.seed + theme);
			const plane = solve(problem, { random, tolerance: settings.tolerance, passes: MOST_PASSES });
			for (let row = 0; row < matrix.rows; row++) {
				if (fold[row] === held) {
					scores[theme * matrix.rows + row] = scoreRow(matrix, plane, row);
				}
			}
		}
	}
	return scores;
}

function f1At(
	cut: number,
	given: {
		memory: Memory;
		matrix: Matrix;
		scores: Float64Array;
		decided: number[];
		themes: number;
	},
): { micro: number; macro: number } {
	const { memory, matrix, scores, decided, themes } = given;
	const right = new Int32Array(themes);
	const wrong = new Int32Array(themes);
	const missed = new Int32Array(themes);
	for (const row of decided) {
		let top = 0;
		for (let theme = 1; theme < themes; theme++) {
			const isHigher =
				(scores[theme * matrix.rows + row] ?? 0) > (scores[top * matrix.rows + row] ?? 0);
			top = isHigher ? theme : top;
		}
		for (let theme = 0; theme < themes; theme++) {
			const isOn = memory.answers[theme * matrix.rows + row] === 1;
			const isTaken = theme === top || (scores[theme * matrix.rows + row] ?? 0) > cut;
			const found = isTaken ? right : missed;
			const tally = isOn ? found : wrong;
			if (isOn || isTaken) {
				tally[theme] = (tally[theme] ?? 0) + 1;
			}
		}
	}
	return microMacro(right, wrong, missed);
}
