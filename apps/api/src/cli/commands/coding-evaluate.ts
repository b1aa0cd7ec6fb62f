import {
	type EvaluateInput,
	evaluateCoding,
	type Evaluation,
	type EvaluationSplit,
	evaluationSplit,
	type LabelledExcerpt,
	labelledExcerpt,
	UnusableCorpus,
} from '@throughline/analysis/coding';
import type { z } from 'zod';
import { type Command, type Input, type Io, UsageError } from '../command.ts';
import { readJson, readJsonLines } from '../read-file.ts';

export const codingEvaluate: Command = {
	name: 'coding evaluate',
	summary: 'Train and score coding suggestions on a labelled corpus.',
	usage: '--excerpts FILE --split FILE [--seed N] [--size NAME] [--codebook FILE]',
	details:
		'Trains on the training rows of the split and scores its test rows. Single-label corpora count the\nbest theme, multi-label ones every theme past a threshold chosen on training rows only. Excerpts and split are\nUTF-8; what cannot be used is named by its line. A row whose labels are none of the split’s is left\nout, and so is an id of the split that no excerpt has, which is said on stderr.',
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
		codebook: {
			type: 'string',
			value: 'FILE',
			words: 'JSON { id: text }, or a codebook as for codebook import.',
		},
	},
	examples: ['coding evaluate --excerpts c.jsonl --split c.json --seed 0 --size k10 --json'],
	async run(input, io) {
		const seed = seedOf(input);
		const size = input.text('size') ?? 'full';
		const excerpts = await readExcerpts(io, input.need('excerpts'));
		const split = await readSplit(io, input.need('split'));
		const codebook = input.text('codebook');
		tellOfMissing(io, { excerpts, ids: idsOf(split, seed, size) });
		const scores = evaluate({
			excerpts,
			split,
			seed,
			size,
			...(codebook !== undefined && { codebook: await readJson(io, codebook) }),
		});
		const words = Object.entries(scores).map(([name, figure]) => `${name.padEnd(16)} ${figure}`);
		io.print(scores, words.join('\n'));
	},
};

function evaluate(input: EvaluateInput): Evaluation {
	try {
		return evaluateCoding(input, {
			wallSeconds: () => performance.now() / 1000,
			cpuSeconds: () => {
				const { user, system } = process.cpuUsage();
				return (user + system) / 1e6;
			},
		});
	} catch (error) {
		throw error instanceof UnusableCorpus ? new UsageError(error.message, { cause: error }) : error;
	}
}

function seedOf(input: Input): number {
	const seed = input.text('seed') ?? '0';
	if (!/^\d{1,9}$/.test(seed)) {
		throw new UsageError(`--seed is a whole number such as 0, not '${seed}'.`);
	}
	return Number(seed);
}

async function readExcerpts(io: Io, file: string): Promise<LabelledExcerpt[]> {
	const lineOf = new Map<string, number>();
	const excerpts: LabelledExcerpt[] = [];
	for (const { line, value } of await readJsonLines(io, file)) {
		const excerpt = parse(labelledExcerpt, value, `${file}, line ${line}, is no labelled excerpt`);
		const before = lineOf.get(excerpt.id);
		if (before !== undefined) {
			throw new UsageError(
				`${file}, line ${line}: the id '${excerpt.id}' stands on line ${before} as well.`,
			);
		}
		lineOf.set(excerpt.id, line);
		excerpts.push(excerpt);
	}
	if (excerpts.length === 0) {
		throw new UsageError(`${file} holds no excerpts.`);
	}
	return excerpts;
}

async function readSplit(io: Io, file: string): Promise<EvaluationSplit> {
	return parse(evaluationSplit, await readJson(io, file), `${file} is no split`);
}

function idsOf(split: EvaluationSplit, seed: number, size: string): string[] {
	const plan = split.seeds[String(seed)];
	return [...(plan?.[size] ?? []), ...(plan?.['test'] ?? [])];
}

function tellOfMissing(
	io: Io,
	{ excerpts, ids }: { excerpts: readonly LabelledExcerpt[]; ids: readonly string[] },
): void {
	const known = new Set(excerpts.map(({ id }) => id));
	const missing = ids.filter((id) => !known.has(id));
	if (missing.length > 0 && missing.length < ids.length) {
		const some = missing.slice(0, 5).join(', ');
		io.note(
			`${missing.length} of the split’s ${ids.length} ids are not in the excerpts and were left out: ${some}${missing.length > 5 ? ' …' : ''}`,
		);
	}
}

function parse<Schema extends z.ZodType>(
	schema: Schema,
	value: unknown,
	what: string,
): z.output<Schema> {
	const parsed = schema.safeParse(value);
	if (!parsed.success) {
		const [first] = parsed.error.issues;
		const place = first === undefined || first.path.length === 0 ? '' : `${first.path.join('.')}: `;
		throw new UsageError(`${what} (${place}${first?.message ?? ''}).`);
	}
	return parsed.data;
}
