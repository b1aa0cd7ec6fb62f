import { evaluateExpression, type ExpressionResult } from '@throughline/survey-engine';
import { z } from 'zod';
import { type Command, type Input, type Io, UsageError } from '../command.ts';
import { parseJson, readJsonLines } from '../read-file.ts';

const answersSchema = z.record(z.string(), z.unknown());
const caseSchema = z.looseObject({
	id: z.union([z.string(), z.number()]),
	expression: z.string(),
	context: answersSchema.nullish(),
	tz: z.string().optional(),
	type: z.string().optional(),
});

export const expressionEval: Command = {
	name: 'expression eval',
	summary: 'Evaluate an expression of the survey language.',
	usage: 'EXPR [--answers JSON] [--tz ZONE] | --cases FILE',
	details:
		'The language is that of XLSForm: ${S05} is the answer to question S05.\nWith --cases each line of FILE is { "id", "expression", "context" } (context: answers by name), with\n"tz" and "type" (string, number or boolean) if wanted, and one line of JSON is printed for each.',
	options: {
		answers: { type: 'string', value: 'JSON', words: 'Answers by question: {"S05": "name"}.' },
		tz: { type: 'string', value: 'ZONE', words: 'Time zone of dates; UTC unless given.' },
		cases: { type: 'string', value: 'FILE', words: 'Evaluate every case of a JSON Lines file.' },
	},
	examples: [
		`expression eval '\${S05} = "name"' --answers '{"S05": "name"}' --json`,
		'expression eval --cases cases.jsonl',
	],
	async run(input, io) {
		const file = input.text('cases');
		if (file === undefined) {
			evaluateOne(input, io);
			return;
		}
		for (const { value, line: place } of await readJsonLines(io, file)) {
			const line = JSON.stringify(evaluateCase(value, `${file}, line ${place},`));
			process.stdout.write(`${line}\n`);
		}
	},
};

function evaluateOne(input: Input, io: Io): void {
	const [expression, ...more] = input.positionals;
	if (expression === undefined || more.length > 0) {
		throw new UsageError('Give one expression, in quotes.');
	}
	const answers = answersSchema.safeParse(parseJson(input.text('answers') ?? '{}', '--answers'));
	if (!answers.success) {
		throw new UsageError('--answers must be a JSON object: answers by question.');
	}
	const result = evaluateExpression(expression, answers.data, {
		now: new Date(),
		tz: input.text('tz'),
	});
	io.print(result, inWords(result));
	if ('error' in result) {
		io.fail();
	}
}

function evaluateCase(value: unknown, where: string): object {
	const parsed = caseSchema.safeParse(value);
	if (!parsed.success) {
		throw new UsageError(`${where} is no case: ${z.prettifyError(parsed.error)}`);
	}
	const { id, expression, context, tz, type } = parsed.data;
	return {
		id,
		...evaluateExpression(expression, context ?? {}, { now: new Date(), tz, as: typeOf(type) }),
	};
}

function typeOf(type: string | undefined): 'string' | 'number' | 'boolean' | undefined {
	return type === 'string' || type === 'number' || type === 'boolean' ? type : undefined;
}

function inWords(result: ExpressionResult): string {
	if ('error' in result) {
		return `Not an expression (at ${result.error.position + 1}): ${result.error.message}`;
	}
	return `${result.value} (${result.type})`;
}
