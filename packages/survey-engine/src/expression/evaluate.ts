import { ExpressionError } from './ast.ts';
import { compileExpression, type Scope } from './compile.ts';
import { isKnownZone } from './time.ts';
import { toBoolean, toNumber, toText, type Value } from './value.ts';

/** An answer as it is stored: a code, a list of codes, or text. */
export type Answer = string | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

/** The outside world of an expression; nothing else is consulted. */
export interface ExpressionEnvironment {
	/** What `now()` and `today()` mean; without it they are an error. */
	readonly now?: Date | undefined;
	/** IANA zone for dates; 'UTC' when not given. */
	readonly tz?: string | undefined;
	/** The answer of the question the expression belongs to (`.`). */
	readonly self?: Answer | undefined;
	/** Converts the value before it is returned, as XPath's string(), number() or boolean(). */
	readonly as?: 'string' | 'number' | 'boolean' | undefined;
}

export type ExpressionResult =
	| { readonly value: string | number | boolean; readonly type: ExpressionType }
	| { readonly error: { readonly message: string; readonly position: number } };

export type ExpressionType = 'string' | 'number' | 'boolean' | 'date';

/**
 * Evaluates an expression against answers by question id. Numbers that JSON cannot hold come as
 * the strings 'NaN', 'Infinity' and '-Infinity' with type 'number'; dates as ISO 8601 text.
 * Nothing is thrown: what is wrong comes back with its position (a UTF-16 offset from 0).
 *
 * @example evaluateExpression("selected(${S16}, 'data')", { S16: ['data', 'role'] }, {})
 * // { value: true, type: 'boolean' }
 */
export function evaluateExpression(
	source: string,
	answers: Readonly<Record<string, unknown>>,
	environment: ExpressionEnvironment,
): ExpressionResult {
	const tz = environment.tz ?? 'UTC';
	if (!isKnownZone(tz)) {
		return { error: { message: `'${tz}' is not a known time zone.`, position: 0 } };
	}
	try {
		const read = (name: string): string =>
			Object.hasOwn(answers, name) ? answerText(answers[name]) : '';
		const value = compileExpression(source)(scopeOf(read, environment));
		return present(convert(value, tz, environment.as), tz);
	} catch (error) {
		if (error instanceof ExpressionError) {
			return { error: { message: error.message, position: error.position } };
		}
		throw error;
	}
}

/** What a compiled expression may look at: answers as text, and the environment. */
export function scopeOf(
	answer: (name: string) => string,
	environment: ExpressionEnvironment,
): Scope {
	return {
		answer,
		tz: environment.tz ?? 'UTC',
		now: environment.now?.getTime() ?? null,
		self: answerText(environment.self),
	};
}

/** An answer as an expression sees it: several choices as a list separated by spaces. */
export function answerText(answer: unknown): string {
	if (typeof answer === 'string') {
		return answer;
	}
	if (Array.isArray(answer)) {
		return answer.filter((code) => typeof code === 'string').join(' ');
	}
	return typeof answer === 'number' || typeof answer === 'boolean' ? String(answer) : '';
}

function convert(value: Value, tz: string, as: ExpressionEnvironment['as']): Value {
	switch (as) {
		case 'string':
			return toText(value, tz);
		case 'number':
			return toNumber(value, tz);
		case 'boolean':
			return toBoolean(value);
		default:
			return value;
	}
}

function present(value: Value, tz: string): ExpressionResult {
	if (typeof value === 'object') {
		return { value: toText(value, tz), type: 'date' };
	}
	if (typeof value === 'number') {
		const number = Object.is(value, -0) ? 0 : value;
		return { value: Number.isFinite(number) ? number : String(number), type: 'number' };
	}
	return { value, type: typeof value === 'string' ? 'string' : 'boolean' };
}
