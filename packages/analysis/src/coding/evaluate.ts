import { z } from 'zod';
import { priorOfCodebook } from './codebook.ts';
import { UnusableCorpus } from './unusable-corpus.ts';
import { microMacro } from './metrics.ts';
import { scoreTexts } from './score.ts';
import { trainModel } from './train.ts';
import type { TrainOptions } from './train.ts';

const id = z
	.union([z.string(), z.number()], { error: 'an id is a text or a number' })
	.transform(String);

/** A labelled excerpt of a corpus; anything else it carries is not looked at. */
export const labelledExcerpt = z.object({ id, text: z.string(), labels: z.array(z.string()) });
export type LabelledExcerpt = z.infer<typeof labelledExcerpt>;

/** Which ids to train and test on, by seed and size, and the themes that count. */
export const evaluationSplit = z.object({
	labels: z.array(z.string()),
	seeds: z.record(z.string(), z.record(z.string(), z.array(id))),
});
export type EvaluationSplit = z.infer<typeof evaluationSplit>;

export type EvaluateInput = {
	excerpts: readonly LabelledExcerpt[];
	split: EvaluationSplit;
	/** Which of the split's seeds; it also seeds the training. */
	seed: number;
	/** Which of the seed's training sets: `k10` … `full`. */
	size: string;
	/** `{ themeId: text }` or the project's codebook shape. */
	codebook?: unknown;
};

export type EvaluateOptions = TrainOptions & {
	/** Seconds on the wall, from any start. */
	wallSeconds: () => number;
	/** Seconds of processor time of this process, from any start. */
	cpuSeconds: () => number;
};

export type Evaluation = {
	micro_f1: number;
	macro_f1: number;
	p_at_1: number;
	recall_at_3: number;
	train_wall_s: number;
	train_cpu_s: number;
	predict_wall_s: number;
	n_train: number;
	n_test: number;
};

/**
 * Trains on the training rows of a split and scores its test rows.
 *
 * Labels outside the split's are dropped, then rows without any. Where every training row has one
 * label the best theme is taken; otherwise every theme past the cut, which is chosen on training
 * rows, and the best at least. Macro F1 is the mean over the split's labels. `p_at_1` is the share
 * of rows whose best theme is right, `recall_at_3` the mean share of a row's themes among its best
 * three.
 *
 * @throws UnusableCorpus when the split has no such seed or size, a row is to be trained and tested
 * on, no row is left to train or test on, or the codebook has neither shape.
 */
export function evaluateCoding(
	{ excerpts, split, seed, size, codebook }: EvaluateInput,
	{ wallSeconds, cpuSeconds, ...trainOptions }: EvaluateOptions,
): Evaluation {
	const { train, test } = rowsOf(excerpts, { split, seed, size });
	const prior = codebook === undefined ? [] : priorOfCodebook(codebook);
	const wall = wallSeconds();
	const cpu = cpuSeconds();
	const model = trainModel(
		train.map((row) => ({ id: row.id, text: row.text, themes: row.labels })),
		{
			...trainOptions,
			seed,
			themes: split.labels,
			prior: prior.filter((text) => split.labels.includes(text.themeId)),
			isMultiple: train.some((row) => row.labels.length > 1),
		},
	);
	const trainWall = wallSeconds() - wall;
	const trainCpu = cpuSeconds() - cpu;
	const predictStart = wallSeconds();
	const scores = scoreTexts(
		model,
		test.map((row) => row.text),
	);
	const predictWall = wallSeconds() - predictStart;
	const cut = model.isMultiple ? model.cut : Infinity;
	return {
		...quality({ test, labels: split.labels, scores, cut }),
		train_wall_s: trainWall,
		train_cpu_s: trainCpu,
		predict_wall_s: predictWall,
		n_train: train.length,
		n_test: test.length,
	};
}

function rowsOf(
	excerpts: readonly LabelledExcerpt[],
	{ split, seed, size }: { split: EvaluationSplit; seed: number; size: string },
): { train: LabelledExcerpt[]; test: LabelledExcerpt[] } {
	const plan = split.seeds[String(seed)];
	const trainIds = plan?.[size];
	const testIds = plan?.['test'];
	if (plan === undefined || trainIds === undefined || testIds === undefined) {
		const known = Object.entries(split.seeds)
			.map(([name, sizes]) => `${name}: ${Object.keys(sizes).join(', ')}`)
			.join('; ');
		throw new UnusableCorpus(
			`The split has no seed ${seed} with size ${size} and a test set (it has ${known}).`,
		);
	}
	const inTest = new Set(testIds);
	const leaked = trainIds.find((wanted) => inTest.has(wanted));
	if (leaked !== undefined) {
		throw new UnusableCorpus(
			`The split trains and tests on the same row, '${leaked}' (seed ${seed}, size ${size}): figures would say nothing.`,
		);
	}
	const counted = new Set(split.labels);
	const rows = new Map<string, LabelledExcerpt>();
	for (const row of excerpts) {
		const labels = [...new Set(row.labels)].filter((label) => counted.has(label));
		if (labels.length > 0) {
			rows.set(row.id, { ...row, labels });
		}
	}
	const pick = (ids: readonly string[]): LabelledExcerpt[] =>
		ids.flatMap((wanted) => rows.get(wanted) ?? []);
	const train = pick(trainIds);
	const test = pick(testIds);
	if (train.length === 0 || test.length === 0) {
		throw new UnusableCorpus(
			`Of the split's ids ${train.length} training and ${test.length} test rows are in the excerpts: the two files do not belong together.`,
		);
	}
	return { train, test };
}

function quality(given: {
	test: readonly LabelledExcerpt[];
	labels: readonly string[];
	scores: Float64Array;
	cut: number;
}): Pick<Evaluation, 'micro_f1' | 'macro_f1' | 'p_at_1' | 'recall_at_3'> {
	const { test, labels, scores, cut } = given;
	const right = new Int32Array(labels.length);
	const wrong = new Int32Array(labels.length);
	const missed = new Int32Array(labels.length);
	let first = 0;
	let recall = 0;
	test.forEach((row, at) => {
		const own = scores.subarray(at * labels.length, (at + 1) * labels.length);
		const order = Array.from(own.keys()).sort(
			(one, other) => (own[other] ?? 0) - (own[one] ?? 0) || one - other,
		);
		const on = new Set(row.labels);
		for (const [rank, theme] of order.entries()) {
			const isOn = on.has(labels[theme] ?? '');
			const isTaken = rank === 0 || (own[theme] ?? 0) > cut;
			if (isOn || isTaken) {
				const found = isTaken ? right : missed;
				const tally = isOn ? found : wrong;
				tally[theme] = (tally[theme] ?? 0) + 1;
			}
			first += isOn && rank === 0 ? 1 : 0;
			recall += isOn && rank < 3 ? 1 / on.size : 0;
		}
	});
	const { micro, macro } = microMacro(right, wrong, missed);
	return {
		micro_f1: micro,
		macro_f1: macro,
		p_at_1: first / test.length,
		recall_at_3: recall / test.length,
	};
}
