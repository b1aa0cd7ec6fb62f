import { ExpressionError, pathName, type BinaryOperator, type Expression } from './ast.ts';
import type { CallContext } from './function.ts';
import { checkCall, findFunction } from './functions.ts';
import { parseExpression } from './parse.ts';
import { areEqual, toBoolean, toNumber, toText, type Value } from './value.ts';

/** Everything outside the expression that its value depends on. */
export interface Scope {
	/** The answer of a question as text; the empty string when it has none. */
	readonly answer: (name: string) => string;
	readonly tz: string;
	/** Milliseconds since 1970-01-01T00:00Z for `now()` and `today()`; null when not given. */
	readonly now: number | null;
	/** The answer of the question the expression belongs to, written `.`. */
	readonly self: string;
}

export type Evaluator = (scope: Scope) => Value;

/**
 * Compiles the source of an expression once, to be evaluated many times.
 *
 * A call of an unknown function or with a wrong number of arguments is an error only when it is
 * reached, as in XPath: `true() or explode()` is true. `checkExpression` finds such calls ahead.
 *
 * @throws ExpressionError when the source is not an expression
 */
export function compileExpression(source: string): Evaluator {
	return compile(parseExpression(source));
}

function compile(expression: Expression): Evaluator {
	switch (expression.type) {
		case 'number':
		case 'string': {
			const { value } = expression;
			return () => value;
		}
		case 'reference': {
			const { name } = expression;
			return (scope) => scope.answer(name);
		}
		case 'path':
			return compilePath(expression.text);
		case 'negate': {
			const operand = compile(expression.operand);
			return (scope) => -toNumber(operand(scope), scope.tz);
		}
		case 'binary':
			return compileBinary(expression);
		case 'call':
			return compileCall(expression);
	}
}

function compilePath(text: string): Evaluator {
	if (text === '.') {
		return (scope) => scope.self;
	}
	const name = pathName(text);
	return name === null ? () => '' : (scope) => scope.answer(name);
}

function compileBinary(expression: Expression & { type: 'binary' }): Evaluator {
	const left = compile(expression.left);
	const right = compile(expression.right);
	switch (expression.operator) {
		case 'or':
			return (scope) => toBoolean(left(scope)) || toBoolean(right(scope));
		case 'and':
			return (scope) => toBoolean(left(scope)) && toBoolean(right(scope));
		case '=':
			return (scope) => areEqual(left(scope), right(scope), scope.tz);
		case '!=':
			return (scope) => !areEqual(left(scope), right(scope), scope.tz);
		default: {
			const combine = arithmetic[expression.operator];
			return (scope) => combine(toNumber(left(scope), scope.tz), toNumber(right(scope), scope.tz));
		}
	}
}

type NumberOperator = Exclude<BinaryOperator, 'or' | 'and' | '=' | '!='>;

const arithmetic: Readonly<Record<NumberOperator, (left: number, right: number) => Value>> = {
	'<': (left, right) => left < right,
	'<=': (left, right) => left <= right,
	'>': (left, right) => left > right,
	'>=': (left, right) => left >= right,
	'+': (left, right) => left + right,
	'-': (left, right) => left - right,
	'*': (left, right) => left * right,
	div: (left, right) => left / right,
	mod: (left, right) => left % right,
};

function compileCall(expression: Expression & { type: 'call' }): Evaluator {
	const { name } = expression;
	const position = expression.span.start;
	const problem = checkCall(name, expression.args.length);
	if (problem !== null) {
		return () => {
			throw new ExpressionError(problem, position);
		};
	}
	const args = expression.args.map(compile);
	const known = findFunction(name);
	if (known === undefined) {
		return compileLazyCall(name, args);
	}
	return (scope) => {
		const context: CallContext = { tz: scope.tz, now: scope.now, self: scope.self, position };
		return known.call(
			args.map((argument) => argument(scope)),
			context,
		);
	};
}

/** `if`, `coalesce` and `once` evaluate only the arguments they need. */
function compileLazyCall(name: string, args: readonly Evaluator[]): Evaluator {
	const blank: Evaluator = () => '';
	const [first = blank, second = blank, third = blank] = args;
	if (name === 'if') {
		return (scope) => (toBoolean(first(scope)) ? second(scope) : third(scope));
	}
	if (name === 'once') {
		return (scope) => (scope.self === '' ? first(scope) : scope.self);
	}
	return (scope) => {
		let value: Value = '';
		for (const argument of args) {
			value = argument(scope);
			if (!isEmpty(value, scope.tz)) {
				return value;
			}
		}
		return value;
	};
}

function isEmpty(value: Value, tz: string): boolean {
	return Number.isNaN(value) || toText(value, tz) === '';
}
