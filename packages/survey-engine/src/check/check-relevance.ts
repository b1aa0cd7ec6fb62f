import { isClosed, refusalCode, type Question, type SurveyDefinition } from '../definition.ts';
import { ExpressionError } from '../expression/ast.ts';
import { inspectExpression, type CodeUse, type Inspection } from '../expression/inspect.ts';
import type { Problem } from '../problem.ts';

/**
 * Relevance expressions: they must parse, call functions that exist, look only at earlier
 * questions, and compare with codes those questions have. Looking only back rules out cycles.
 */
export function checkRelevance(definition: SurveyDefinition): Problem[] {
	const inspections = inspectAll(definition);
	const places = new Map(definition.questions.map(({ id }, index) => [id, index]));
	return definition.questions.flatMap((question, index) => {
		const path = `questions[${index}].relevance`;
		const inspection = inspections.get(index);
		if (inspection === undefined) {
			return [];
		}
		if (inspection instanceof ExpressionError) {
			return [problem(path, 'bad_expression', inspection.position, inspection.message)];
		}
		const calls = inspection.badCalls.map(({ message, position }) =>
			problem(path, 'bad_call', position, message),
		);
		const names = checkNames({ question, index, inspection, inspections, places });
		const codes = inspection.codes.flatMap((use) => checkCode(definition, use, { path }));
		return [...calls, ...names, ...codes];
	});
}

type Inspections = ReadonlyMap<number, Inspection | ExpressionError>;

function inspectAll({ questions }: SurveyDefinition): Inspections {
	const found = new Map<number, Inspection | ExpressionError>();
	for (const [index, { relevance }] of questions.entries()) {
		if (relevance === undefined) {
			continue;
		}
		try {
			found.set(index, inspectExpression(relevance));
		} catch (error) {
			if (!(error instanceof ExpressionError)) {
				throw error;
			}
			found.set(index, error);
		}
	}
	return found;
}

interface NameCheck {
	readonly question: Question;
	readonly index: number;
	readonly inspection: Inspection;
	readonly inspections: Inspections;
	/** Where each question stands, by id. */
	readonly places: ReadonlyMap<string, number>;
}

function checkNames({ question, index, inspection, ...all }: NameCheck): Problem[] {
	const path = `questions[${index}].relevance`;
	return inspection.names.flatMap(({ name, position }) => {
		const target = name === '.' ? index : all.places.get(name);
		if (target === undefined) {
			const message = `There is no question '${name}'.`;
			return [problem(path, 'unknown_name', position, message, 'Correct the name in ${…}.')];
		}
		if (target < index) {
			return [];
		}
		const isCycle = reaches(all, { from: target, to: index });
		const message = isCycle
			? `Whether ${question.id} is shown depends, in a circle, on its own answer.`
			: `${question.id} looks at ${name}, which is asked later.`;
		const fix = 'Look only at questions asked before, or move the question.';
		return [problem(path, isCycle ? 'cycle' : 'forward_reference', position, message, fix)];
	});
}

/** Whether the relevance of one question depends, directly or not, on another. */
function reaches(
	{ inspections, places }: Pick<NameCheck, 'inspections' | 'places'>,
	{ from, to }: { from: number; to: number },
): boolean {
	const open = [from];
	const seen = new Set<number>();
	for (let current = open.pop(); current !== undefined; current = open.pop()) {
		if (current === to) {
			return true;
		}
		const inspection = inspections.get(current);
		if (seen.has(current) || inspection === undefined || inspection instanceof ExpressionError) {
			continue;
		}
		seen.add(current);
		open.push(...inspection.names.flatMap(({ name }) => places.get(name) ?? []));
	}
	return false;
}

function checkCode(
	definition: SurveyDefinition,
	{ name, code, position }: CodeUse,
	{ path }: { path: string },
): Problem[] {
	const question = definition.questions.find(({ id }) => id === name);
	if (question === undefined || !isClosed(question)) {
		return [];
	}
	const scales = definition.scales ?? {};
	const options = question.type === 'scale' ? scales[question.scale]?.options : question.options;
	const codes = (options ?? []).map((option) => option.code);
	if (question.allowsRefusal !== false) {
		codes.push(refusalCode);
	}
	if (codes.includes(code)) {
		return [];
	}
	const message = `Question ${name} has no option '${code}'.`;
	return [problem(path, 'unknown_option', position, message, `Use one of: ${codes.join(', ')}.`)];
}

function problem(
	path: string,
	code: string,
	position: number,
	message: string,
	fix = 'Correct the expression at this character.',
): Problem {
	const text = `Character ${position + 1}: ${message}`;
	return { path, severity: 'error', code, message: text, fix };
}
