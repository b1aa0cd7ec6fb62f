/**
 * Measures the suggestions on every test corpus, size and seed and prints the table of
 * docs/coding-figures.md: `node tooling/bench/suggestions-figures.ts [corpus …]`
 */
import { evaluateCoding } from '@throughline/analysis/coding';
import type { Evaluation } from '@throughline/analysis/coding';
import { cpuSeconds, readCorpus, wallSeconds } from './suggestions-corpora.ts';
import type { CorpusName } from './suggestions-corpora.ts';

const CORPORA: readonly CorpusName[] = [
	'nhs_p1_single',
	'nhs_p2_multi',
	'anes_terrorism',
	'banking77',
	'stackoverflow20',
];
const SIZES = ['k10', 'k25', 'k50', 'k100', 'full'];
const SEEDS = [0, 1, 2];

const wanted = process.argv.slice(2);
for (const name of CORPORA.filter((corpus) => wanted.length === 0 || wanted.includes(corpus))) {
	const { excerpts, split } = readCorpus(name);
	for (const size of SIZES) {
		const runs = SEEDS.map((seed) =>
			evaluateCoding({ excerpts, split, seed, size }, { cpuSeconds, wallSeconds }),
		);
		process.stdout.write(`${row(name, size, runs)}\n`);
	}
}

function row(name: string, size: string, runs: readonly Evaluation[]): string {
	const mean = (field: keyof Evaluation): number =>
		runs.reduce((sum, run) => sum + run[field], 0) / runs.length;
	const scores = (['macro_f1', 'micro_f1', 'p_at_1', 'recall_at_3'] as const).map((field) =>
		mean(field).toFixed(3),
	);
	const cells = [name, size, mean('n_train').toFixed(0), ...scores, mean('train_cpu_s').toFixed(2)];
	return `| ${cells.join(' | ')} |`;
}
