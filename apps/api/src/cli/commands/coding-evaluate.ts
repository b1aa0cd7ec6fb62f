import { evaluateCoding, evaluationSplit, labelledExcerpt } from '@throughline/analysis/coding';
import { z } from 'zod';
import { type Command, UsageError } from '../command.ts';
import { readJson, readJsonLines } from '../read-file.ts';

export const codingEvaluate: Command = {
	name: 'coding evaluate',
	summary: 'Train and score coding suggestions on a labelled corpus.',
	usage: '--excerpts FILE --split FILE [--seed N] [--size NAME] [--codebook FILE]',
	details:
		'Trains on the training rows of the split and scores its test rows. Single-label corpora count the\nbest theme, multi-label ones every theme past a threshold chosen on training rows only.',
	options: {
		excerpts: { type: 'string', value: 'FILE', words: 'JSON Lines { id, text, labels }.' },
		split: {
			type: 'string',
			value: 'FILE',
			words: 'JSON { labels, seeds: { "0": { test, k10, … } } }.',
		},
		seed: { type: 'string', value: 'N', words: 'Which seed of the split; 0 unless given.' },
		size: {
			type: 'string',
			value: 'NAME',
			words: 'Which training set of the seed; full unless given.',
		},
		codebook: { type: 'string', value: 'FILE', words: 'JSON { id: text }, or a codebook.' },
	},
	examples: ['coding evaluate --excerpts c.jsonl --split c.json --seed 0 --size k10 --json'],
	async run(input, io) {
		const rows = await readJsonLines(io, input.need('excerpts'));
		const split = await readJson(io, input.need('split'));
		const codebook = input.text('codebook');
		const scores = evaluateCoding(
			{
				excerpts: parse(z.array(labelledExcerpt), rows, '--excerpts'),
				split: parse(evaluationSplit, split, '--split'),
				seed: parse(z.coerce.number().int(), input.text('seed') ?? '0', '--seed'),
				size: input.text('size') ?? 'full',
				...(codebook !== undefined && { codebook: await readJson(io, codebook) }),
			},
			{
				wallSeconds: () => performance.now() / 1000,
				cpuSeconds: () => {
					const { user, system } = process.cpuUsage();
					return (user + system) / 1e6;
				},
			},
		);
		const words = Object.entries(scores).map(([name, figure]) => `${name.padEnd(16)} ${figure}`);
		io.print(scores, words.join('\n'));
	},
};

function parse<Schema extends z.ZodType>(
	schema: Schema,
	value: unknown,
	option: string,
): z.output<Schema> {
	const parsed = schema.safeParse(value);
	if (!parsed.success) {
		const [first] = parsed.error.issues;
		const where = first === undefined ? '' : ` (at ${first.path.join('.')}: ${first.message})`;
		throw new UsageError(`${option} does not have the shape it needs${where}.`);
	}
	return parsed.data;
}
