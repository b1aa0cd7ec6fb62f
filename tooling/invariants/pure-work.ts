/**
 * Does a bit of everything the pure packages do and prints what came out, so that a test can run it
 * with traps laid (traps.mjs) and compare two runs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { retrain, serialiseModel, suggest, trainModel } from '@throughline/analysis/coding';
import {
	protectResponseRates,
	protectVectorFile,
	surveyParams,
} from '@throughline/analysis/disclosure';
import {
	bootstrapAlpha,
	krippendorffAlpha,
	wilsonInterval,
} from '@throughline/analysis/statistics';
import { isNonAnswer, redact, sentences, stemmerOf, words } from '@throughline/analysis/text';
import {
	compileSurvey,
	definitionHash,
	evaluateExpression,
	functionNames,
	nextQuestion,
	optionsFor,
	surveyDefinitionSchema,
	validateResponse,
} from '@throughline/survey-engine';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

async function survey(): Promise<unknown> {
	const definition = surveyDefinitionSchema.parse(
		JSON.parse(read('apps/api/sample/surveys/student.json')),
	);
	const compiled = compileSurvey(definition);
	const answers = { S01: '1', S20: 'Someone to talk to.' };
	return {
		hash: await definitionHash(definition),
		first: nextQuestion(compiled, answers, { from: null, context: {} }),
		orders: compiled.questions.map((question) =>
			question.kind === 'closed' ? optionsFor(question, 'seed').map(({ code }) => code) : null,
		),
		valid: validateResponse(compiled, answers, { context: {} }),
	};
}

function expressions(): unknown {
	const published = read('packages/survey-engine/vectors/portable-scalar.jsonl')
		.trimEnd()
		.split('\n');
	const given = { now: new Date('2026-01-05T12:00:00Z') };
	return [
		...published.map((line) => {
			const { expression, tz }: { expression: string; tz: string } = JSON.parse(line);
			return evaluateExpression(expression, {}, { tz });
		}),
		// Functions of the clock and of chance, with and without what they need.
		...functionNames.flatMap((name) => [
			evaluateExpression(`${name}()`, {}, {}),
			evaluateExpression(`${name}()`, {}, given),
			evaluateExpression(`${name}(1, 2)`, {}, given),
		]),
	];
}

function disclosure(): unknown {
	const vectors: Record<string, unknown> = JSON.parse(
		read('packages/analysis/test-data/disclosure_test_vectors.json'),
	);
	const tables = ['one_dimension', 'two_dimension', 'bands', 'differencing'].flatMap((kind) => {
		const entries: unknown = vectors[kind];
		return (Array.isArray(entries) ? entries : [entries]).map((entry: object) => ({
			kind,
			...entry,
		}));
	});
	const rates = protectResponseRates(
		[{ id: 'north', cohorts: [{ id: '9', eligible: 40, answered: 31 }] }],
		surveyParams,
	);
	return { tables: tables.map((table) => protectVectorFile(table)), rates };
}

function coding(): unknown {
	const examples = [
		'safe in the hall',
		'the bus is late',
		'adults in the hall listen',
		'late again',
	].map((text, index) => ({
		id: String(index),
		text,
		themes: [index % 2 === 0 ? 'safety' : 'bus'],
	}));
	const model = retrain(trainModel(examples), [{ id: '9', text: 'bus', themes: ['bus'] }]);
	return { bytes: [...serialiseModel(model)].length, found: suggest(model, 'the hall is safe') };
}

function language(): unknown {
	let at = 0;
	const random = () => ((at += 7) % 100) / 100;
	const units = [
		['a', 'a'],
		['a', 'b'],
		['b', 'b'],
	];
	return {
		redacted: redact('Call me at 218-555-0134, I am Ana Lopez.', {
			names: ['Ana Lopez'],
			language: 'en',
		}),
		words: words('El niño no está'),
		sentences: sentences('One. Two? Three', 'en'),
		stem: stemmerOf('es')?.('seguridad'),
		blank: isNonAnswer('idk', 'en'),
		alpha: krippendorffAlpha(units),
		interval: bootstrapAlpha(units, { random, draws: 50 }),
		wilson: wilsonInterval(4, 10),
	};
}

const done = { survey: await survey(), expressions: expressions(), disclosure: disclosure() };
process.stdout.write(JSON.stringify({ ...done, coding: coding(), words: language() }));
