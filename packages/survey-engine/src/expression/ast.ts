/** A half-open range of UTF-16 offsets into the source of an expression. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

export type BinaryOperator =
	'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod';

/**
 * The tree of an expression. `reference` is `${name}`; `path` is an XPath location path without
 * predicates, of which only the last step counts, because answers are flat.
 */
export type Expression =
	| { readonly type: 'number'; readonly value: number; readonly span: Span }
	| { readonly type: 'string'; readonly value: string; readonly span: Span }
	| { readonly type: 'reference'; readonly name: string; readonly span: Span }
	| { readonly type: 'path'; readonly text: string; readonly span: Span }
	| { readonly type: 'negate'; readonly operand: Expression; readonly span: Span }
	| {
			readonly type: 'binary';
			readonly operator: BinaryOperator;
			readonly left: Expression;
			readonly right: Expression;
			readonly span: Span;
	  }
	| {
			readonly type: 'call';
			readonly name: string;
			readonly args: readonly Expression[];
			readonly span: Span;
	  };

/** The only error that parsing or evaluating an expression may throw. */
export class ExpressionError extends Error {
	override readonly name = 'ExpressionError';
	/** UTF-16 offset into the source, counted from 0. */
	readonly position: number;

	constructor(message: string, position: number) {
		super(message);
		this.position = position;
	}
}

/**
 * Binding strength of each operator, weakest first (XPath 1.0 §3.4, §3.5).
 * All of them associate to the left.
 */
export const precedence: Readonly<Record<BinaryOperator, number>> = {
	or: 1,
	and: 2,
	'=': 3,
	'!=': 3,
	'<': 4,
	'<=': 4,
	'>': 4,
	'>=': 4,
	'+': 5,
	'-': 5,
	'*': 6,
	div: 6,
	mod: 6,
};

/**
 * The name of the question a path points at, or null for `.`, `..` and `/`.
 *
 * @example pathName('../S05') // 'S05'
 */
export function pathName(text: string): string | null {
	const last = text.split('/').at(-1) ?? '';
	return last === '' || last === '.' || last === '..' ? null : last;
}
