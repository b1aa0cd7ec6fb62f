import { pathName, type Expression } from './ast.ts';
import { checkCall } from './functions.ts';
import { parseExpression } from './parse.ts';

/** A name in an expression, with its UTF-16 offset in the source. */
export interface NameUse {
	/** The name of a question, or `.` for the question the expression belongs to. */
	readonly name: string;
	readonly position: number;
}

/** A question compared with a constant, which should be one of its codes. */
export interface CodeUse extends NameUse {
	readonly code: string;
}

export interface Inspection {
	readonly names: readonly NameUse[];
	readonly codes: readonly CodeUse[];
	/** Calls of unknown functions or with a wrong number of arguments. */
	readonly badCalls: readonly { readonly message: string; readonly position: number }[];
}

/**
 * What an expression mentions, found without evaluating it.
 *
 * @throws ExpressionError when the source is not an expression
 * @example inspectExpression("${S05} = 'name'").codes // [{ name: 'S05', code: 'name', position: 9 }]
 */
export function inspectExpression(source: string): Inspection {
	const found = { names: [], codes: [], badCalls: [] } satisfies Inspection;
	walk(parseExpression(source), found);
	return found;
}

interface Findings {
	readonly names: NameUse[];
	readonly codes: CodeUse[];
	readonly badCalls: { message: string; position: number }[];
}

function walk(expression: Expression, found: Findings): void {
	switch (expression.type) {
		case 'reference':
		case 'path': {
			const name = nameOf(expression);
			if (name !== null) {
				found.names.push({ name, position: expression.span.start });
			}
			return;
		}
		case 'negate':
			return walk(expression.operand, found);
		case 'binary':
			if (expression.operator === '=' || expression.operator === '!=') {
				noteCode(expression.left, expression.right, found);
				noteCode(expression.right, expression.left, found);
			}
			walk(expression.left, found);
			return walk(expression.right, found);
		case 'call':
			return walkCall(expression, found);
		default:
			return;
	}
}

function walkCall(expression: Expression & { type: 'call' }, found: Findings): void {
	const { name, args, span } = expression;
	const message = checkCall(name, args.length);
	if (message !== null) {
		found.badCalls.push({ message, position: span.start });
	}
	const [list, item] = args;
	if (name === 'selected' && list !== undefined && item !== undefined) {
		noteCode(list, item, found);
	}
	for (const argument of args) {
		walk(argument, found);
	}
}

function noteCode(question: Expression, constant: Expression, found: Findings): void {
	const name = nameOf(question);
	if (name !== null && constant.type === 'string' && constant.value.trim() !== '') {
		found.codes.push({ name, code: constant.value.trim(), position: constant.span.start });
	}
}

function nameOf(expression: Expression): string | null {
	if (expression.type === 'reference') {
		return expression.name;
	}
	if (expression.type !== 'path') {
		return null;
	}
	return expression.text === '.' ? '.' : pathName(expression.text);
}
