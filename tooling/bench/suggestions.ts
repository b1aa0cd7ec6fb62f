/**
 * How fast the suggestions train, retrain and suggest, and how they compare with scikit-learn:
 * `node tooling/bench/suggestions.ts` prints a table.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { retrain, scoreTexts, suggest, trainModel } from '@throughline/analysis/coding';
import type { Example } from '@throughline/analysis/coding';
import { corpusFiles, readCorpus } from './suggestions-corpora.ts';

/** One line of a bench table; a figure over its limit or under its floor is a failure. */
export type BenchRow = {
	name: string;
	figure: number;
	unit: string;
	limit?: number | null;
	/** The least a figure may be, where more is better. */
	floor?: number | null;
	peer?: { name: string; figure: number } | null;
	ratio?: number | null;
	note?: string;
};

const SIZES = [500, 5_000, 20_000];
const RUNS = 3;
const NEW_DECISIONS = 20;
const PYTHON = '/usr/bin/python3';

/** Every figure on the suggestions; needs the test corpora, and python3-sklearn for the comparison. */
export function benchSuggestions(): BenchRow[] {
	const examples = titles();
	return [
		...SIZES.flatMap((size) => trainAndPredict(examples.slice(0, size))),
		retrainRow(examples.slice(0, 5_000 + NEW_DECISIONS)),
		oneSuggestion(examples.slice(0, 5_000)),
		...comparison(),
	];
}

/** The 20,000 titles of stackoverflow20 in the order of the split's first seed, which is shuffled. */
function titles(): Example[] {
	const { excerpts, split } = readCorpus('stackoverflow20');
	const rows = new Map(excerpts.map((row) => [row.id, row]));
	const plan = split.seeds['0'];
	const ids = [...(plan?.['full'] ?? []), ...(plan?.['test'] ?? [])];
	return spread(ids).flatMap((id) => {
		const row = rows.get(id);
		return row === undefined ? [] : [{ id, text: row.text, themes: row.labels }];
	});
}

/** The same ids, neighbours taken apart, so that every beginning holds every theme. */
function spread(ids: readonly string[]): string[] {
	const step = 7_919;
	return ids.map((_, at) => ids[(at * step) % ids.length] ?? '');
}

function trainAndPredict(examples: readonly Example[]): BenchRow[] {
	const size = examples.length.toLocaleString('en');
	const texts = examples.map((example) => example.text);
	const model = trainModel(examples);
	const train = median(() => trainModel(examples));
	const predict = median(() => scoreTexts(model, texts));
	return [
		{ name: `train on ${size} excerpts × 20 themes`, figure: train, unit: 'ms' },
		{ name: `score ${size} excerpts × 20 themes`, figure: predict, unit: 'ms' },
	];
}

function retrainRow(examples: readonly Example[]): BenchRow {
	const known = examples.slice(0, -NEW_DECISIONS);
	const model = trainModel(known);
	const fresh = examples.slice(-NEW_DECISIONS);
	return {
		name: `retrain after ${NEW_DECISIONS} decisions on ${known.length.toLocaleString('en')} × 20`,
		figure: median(() => retrain(model, fresh)),
		unit: 'ms',
		limit: 300,
	};
}

function oneSuggestion(examples: readonly Example[]): BenchRow {
	const model = trainModel(examples);
	const texts = examples.slice(0, 1_000).map((example) => example.text);
	const all = median(() => {
		for (const text of texts) {
			suggest(model, text);
		}
	});
	return {
		name: 'one suggestion, with its words',
		figure: all / texts.length,
		unit: 'ms',
		limit: 2,
	};
}

/** Ours and scikit-learn's in turn, each in a process of its own, on nhs_p1_single's full split. */
function comparison(): BenchRow[] {
	const name = 'train on nhs_p1_single full from nothing';
	if (!existsSync(PYTHON) || !canImportSklearn()) {
		return [
			{ name, figure: ours().train_cpu_s, unit: 'CPU s', note: 'python3-sklearn is not installed' },
		];
	}
	const runs = Array.from({ length: RUNS }, () => ({ own: ours(), peer: peers() }));
	const own = middle(runs.map((run) => run.own.train_cpu_s));
	const peer = middle(runs.map((run) => run.peer.train_cpu_s));
	const [first] = runs;
	return [
		{
			name,
			figure: own,
			unit: 'CPU s',
			limit: peer,
			peer: { name: 'scikit-learn LinearSVC', figure: peer },
			ratio: own / peer,
			note: `micro/macro F1 ${f1(first?.own)} against ${f1(first?.peer)}`,
		},
	];
}

type Run = { train_cpu_s: number; micro_f1: number; macro_f1: number };

function ours(): Run {
	const script = fileURLToPath(new URL('suggestions-evaluate.ts', import.meta.url));
	return run(process.execPath, [script, 'nhs_p1_single', '0', 'full']);
}

function peers(): Run {
	const script = fileURLToPath(new URL('../sklearn-baseline.py', import.meta.url));
	const { excerpts, split } = corpusFiles('nhs_p1_single');
	return run(PYTHON, [script, '--excerpts', excerpts, '--split', split]);
}

function run(command: string, options: string[]): Run {
	// Both scripts print one JSON object with these fields.
	return JSON.parse(execFileSync(command, options, { encoding: 'utf8' })) as Run;
}

function canImportSklearn(): boolean {
	try {
		execFileSync(PYTHON, ['-c', 'import sklearn'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

function f1(figures: Run | undefined): string {
	return figures === undefined
		? '–'
		: `${figures.micro_f1.toFixed(3)}/${figures.macro_f1.toFixed(3)}`;
}

/** Milliseconds on the wall, the middle of some runs. */
function median(work: () => unknown): number {
	return middle(
		Array.from({ length: RUNS }, () => {
			const start = performance.now();
			work();
			return performance.now() - start;
		}),
	);
}

function middle(figures: readonly number[]): number {
	return (
		figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Number.NaN
	);
}

function tableOf(rows: readonly BenchRow[]): string {
	const cells = rows.map(({ name, figure, unit, limit, peer, ratio, note }) => [
		name,
		`${figure.toPrecision(3)} ${unit}`,
		limit === undefined || limit === null ? '' : `≤ ${limit.toPrecision(3)}`,
		peer === undefined || peer === null ? '' : `${peer.name} ${peer.figure.toPrecision(3)}`,
		ratio === undefined || ratio === null ? '' : `× ${ratio.toFixed(2)}`,
		note ?? '',
	]);
	const head = ['figure', 'measured', 'limit', 'peer', 'ratio', 'note'];
	const lines = [head, head.map(() => '---'), ...cells];
	return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

if (import.meta.main) {
	process.stdout.write(`${tableOf(benchSuggestions())}\n`);
}
