import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codingEvaluate } from './coding-evaluate.ts';
import { readInput } from '../read-input.ts';

let folder = '';

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-evaluate-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const rows = Array.from({ length: 40 }, (_, index) => ({
	id: index,
	text: index % 2 === 0 ? `the café at lunch is cold ${index}` : `the bus came late ${index}`,
	labels: [index % 2 === 0 ? 'food' : 'bus'],
}));
const lines = rows.map((row) => JSON.stringify(row));
const ids = rows.map(({ id }) => id);
const split = {
	labels: ['food', 'bus'],
	seeds: { 0: { test: ids.slice(30), full: ids.slice(0, 30) } },
};

/** Runs the command on these files. @returns what it printed and said beside it. */
async function evaluate(
	excerpts: string | Buffer,
	change: { split?: string; codebook?: string; args?: string[] } = {},
) {
	await writeFile(join(folder, 'c.jsonl'), excerpts);
	await writeFile(join(folder, 'c.json'), change.split ?? JSON.stringify(split));
	const args = ['--excerpts', 'c.jsonl', '--split', 'c.json', ...(change.args ?? [])];
	if (change.codebook !== undefined) {
		await writeFile(join(folder, 'b.json'), change.codebook);
		args.push('--codebook', 'b.json');
	}
	const printed: unknown[] = [];
	const notes: string[] = [];
	await codingEvaluate.run(readInput(codingEvaluate, args), {
		isJson: true,
		print: (document) => printed.push(document),
		fail: () => notes.push('failed'),
		note: (words) => notes.push(words),
		path: (file) => join(folder, file),
		env: {},
	});
	return { figures: printed[0], notes };
}

test('a byte order mark and line ends of any kind change nothing but the times', async () => {
	const plain = await evaluate(lines.join('\n'));
	const marked = await evaluate(`\uFEFF${lines.join('\r\n')}\r\n\r\n`);

	expect(plain).toEqual({
		notes: [],
		figures: {
			micro_f1: 1,
			macro_f1: 1,
			p_at_1: 1,
			recall_at_3: 1,
			train_wall_s: expect.any(Number),
			train_cpu_s: expect.any(Number),
			predict_wall_s: expect.any(Number),
			n_train: 30,
			n_test: 10,
		},
	});
	expect(marked).toMatchObject({ figures: { micro_f1: 1, n_train: 30, n_test: 10 }, notes: [] });
});

test.each<[string, string | Buffer, string]>([
	['nothing', '\uFEFF\n \n', 'c.jsonl holds no excerpts.'],
	['half a line', ['', lines[0], '{"id": 3, "te'].join('\n'), 'c.jsonl, line 3 is not JSON'],
	[
		'no id',
		['', lines[0], '{"text": "a", "labels": []}'].join('\r\n'),
		'c.jsonl, line 3, is no labelled excerpt (id: an id is a text or a number).',
	],
	['labels that are none', '{"id": 1, "text": "a", "labels": "bus"}', 'line 1, is no labelled'],
	['the file as one list', `[${lines.join()}]`, 'c.jsonl, line 1, is no labelled excerpt'],
	['an id twice', [...lines, lines[0]].join('\n'), "line 41: the id '0' stands on line 1 as well"],
	['Latin-1', Buffer.from(`${lines[1]}\n${lines[0]}\n`, 'latin1'), 'c.jsonl, line 2 is not UTF-8'],
])('excerpts that are %s are refused by line', async (_name, excerpts, why) => {
	await expect(evaluate(excerpts)).rejects.toMatchObject({
		name: 'UsageError',
		message: expect.stringContaining(why),
	});
});

test.each<[string, Parameters<typeof evaluate>[1], string]>([
	[
		'a size it has not',
		{ args: ['--size', 'k9'] },
		'no seed 0 with size k9 and a test set (it has 0',
	],
	['a seed it has not', { args: ['--seed', '7'] }, 'no seed 7 with size full'],
	[
		'a seed that is none',
		{ args: ['--seed', 'x'] },
		"--seed is a whole number such as 0, not 'x'.",
	],
	['an empty seed', { args: ['--seed', ''] }, "--seed is a whole number such as 0, not ''."],
	['a split without seeds', { split: '{"labels": []}' }, 'c.json is no split (seeds: '],
	['a split that is empty', { split: '' }, 'c.json is not JSON'],
	[
		'a split of other excerpts',
		{ split: JSON.stringify({ ...split, seeds: { 0: { test: ['x'], full: ['y'] } } }) },
		'the two files do not belong together',
	],
	['a codebook of no shape', { codebook: '{"bus": 3}' }, 'The codebook has neither shape'],
])('%s is bad input, said in words', async (_name, change, why) => {
	await expect(evaluate(lines.join('\n'), change)).rejects.toMatchObject({
		name: 'UsageError',
		message: expect.stringContaining(why),
	});
});

test('ids of the split that no excerpt has are told, and left out', async () => {
	const seeds = { 0: { test: [...ids.slice(30), 'p'], full: [...ids.slice(0, 30), 'q'] } };

	const { figures, notes } = await evaluate(lines.join('\n'), {
		split: JSON.stringify({ ...split, seeds }),
	});

	expect(figures).toMatchObject({ n_train: 30, n_test: 10 });
	expect(notes).toEqual([
		'2 of the split’s 42 ids are not in the excerpts and were left out: q, p',
	]);
});
