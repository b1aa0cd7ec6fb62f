/**
 * Compares a model trained at once with one trained further, 20 decisions at a time, on the same
 * rows: `node tooling/bench/suggestions-retrain.ts` prints a table with the F1 of both on test rows.
 */
import { retrain, scoreTexts, trainModel } from '@throughline/analysis/coding';
import type { Example, Model } from '@throughline/analysis/coding';
import { readCorpus } from './suggestions-corpora.ts';
import type { CorpusName } from './suggestions-corpora.ts';

const CORPORA: readonly CorpusName[] = ['nhs_p1_single', 'nhs_p2_multi', 'anes_terrorism'];
const BATCH = 20;
const BATCHES = 10;

for (const name of CORPORA) {
	const { excerpts, split } = readCorpus(name);
	const rows = new Map(excerpts.map((row) => [row.id, row]));
	const pick = (ids: readonly string[] = []): Example[] =>
		ids.flatMap((id) => {
			const row = rows.get(id);
			const themes = row?.labels.filter((label) => split.labels.includes(label)) ?? [];
			return row === undefined || themes.length === 0 ? [] : [{ id, text: row.text, themes }];
		});
	const train = pick(split.seeds['0']?.['full']);
	const test = pick(split.seeds['0']?.['test']);
	const atOnce = trainModel(train, { themes: split.labels });
	let further = trainModel(train.slice(0, -BATCH * BATCHES), { themes: split.labels });
	for (let batch = BATCHES; batch > 0; batch--) {
		const end = train.length - BATCH * (batch - 1);
		further = retrain(further, train.slice(end - BATCH, end));
	}
	const cells = [name, train.length, f1(atOnce, test, atOnce.cut), f1(further, test, atOnce.cut)];
	process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

/** Macro and micro F1 with one cut for both models, so that only their planes are compared. */
function f1(model: Model, test: readonly Example[], cut: number): string {
	const count = model.themes.length;
	const scores = scoreTexts(
		model,
		test.map((example) => example.text),
	);
	const right = new Float64Array(count);
	const off = new Float64Array(count);
	test.forEach((example, at) => {
		const own = scores.subarray(at * count, (at + 1) * count);
		const best = own.indexOf(Math.max(...own));
		model.themes.forEach((theme, place) => {
			const isTaken = place === best || (model.isMultiple && (own[place] ?? 0) > cut);
			const isOn = example.themes.includes(theme);
			right[place] = (right[place] ?? 0) + (isTaken && isOn ? 1 : 0);
			off[place] = (off[place] ?? 0) + (isTaken === isOn ? 0 : 1);
		});
	});
	const of = (hits: number, misses: number): number =>
		hits === 0 ? 0 : (2 * hits) / (2 * hits + misses);
	const sum = (numbers: Float64Array): number =>
		numbers.reduce((total, number) => total + number, 0);
	const macro = sum(right.map((hits, place) => of(hits, off[place] ?? 0))) / count;
	return `${macro.toFixed(4)} / ${of(sum(right), sum(off)).toFixed(4)}`;
}
