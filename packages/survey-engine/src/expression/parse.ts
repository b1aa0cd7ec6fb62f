import { ExpressionError, precedence, type Expression, type Span } from './ast.ts';
import { tokenize, type Token } from './tokenize.ts';

/** Most nodes in one expression: bounds the depth of every walk over the tree. */
export const maxNodes = 2_000;
/** Most parentheses, calls and minus signs inside one another. */
export const maxNesting = 200;

/**
 * Parses an XLSForm expression (a subset of XPath 1.0 with `${name}`) into its tree.
 *
 * @throws ExpressionError, and nothing else, on any text that is not an expression
 * @example parseExpression("${S05} = 'name'").type // 'binary'
 */
export function parseExpression(source: string): Expression {
	const parser: Parser = { tokens: tokenize(source), index: 0, nodes: 0, nesting: 0 };
	const expression = parseBinary(parser, 1);
	const rest = peek(parser);
	if (rest.type !== 'end') {
		throw new ExpressionError('The expression was complete before this point.', rest.span.start);
	}
	return expression;
}

interface Parser {
	readonly tokens: readonly Token[];
	index: number;
	nodes: number;
	nesting: number;
}

/** Precedence climbing: reads operators that bind at least as strongly as `minimum`. */
function parseBinary(parser: Parser, minimum: number): Expression {
	let left = parseUnary(parser);
	for (;;) {
		const token = peek(parser);
		if (token.type !== 'operator' || precedence[token.operator] < minimum) {
			return left;
		}
		parser.index += 1;
		const right = parseBinary(parser, precedence[token.operator] + 1);
		left = node(parser, {
			type: 'binary',
			operator: token.operator,
			left,
			right,
			span: { start: left.span.start, end: right.span.end },
		});
	}
}

function parseUnary(parser: Parser): Expression {
	const token = peek(parser);
	if (token.type !== 'operator') {
		return parseOperand(parser);
	}
	if (token.operator !== '-') {
		throw new ExpressionError(`A value is missing before '${token.operator}'.`, token.span.start);
	}
	parser.index += 1;
	const operand = nested(parser, token.span, () => parseUnary(parser));
	const span = { start: token.span.start, end: operand.span.end };
	return node(parser, { type: 'negate', operand, span });
}

function parseOperand(parser: Parser): Expression {
	const token = peek(parser);
	parser.index += 1;
	switch (token.type) {
		case 'number':
		case 'string':
		case 'reference':
		case 'path':
			return node(parser, token);
		case 'function':
			return parseCall(parser, token);
		case 'punctuation':
			if (token.text === '(') {
				return parseGroup(parser, token.span);
			}
			throw new ExpressionError(`A value is missing before '${token.text}'.`, token.span.start);
		default:
			throw new ExpressionError(
				'The expression ends where a value should follow.',
				token.span.start,
			);
	}
}

function parseGroup(parser: Parser, open: Span): Expression {
	const inner = nested(parser, open, () => parseBinary(parser, 1));
	expectClose(parser, open.start);
	return inner;
}

function parseCall(parser: Parser, token: Token & { type: 'function' }): Expression {
	const open = peek(parser);
	parser.index += 1;
	const args: Expression[] = [];
	if (!isPunctuation(peek(parser), ')')) {
		nested(parser, open.span, () => {
			args.push(parseBinary(parser, 1));
			while (isPunctuation(peek(parser), ',')) {
				parser.index += 1;
				args.push(parseBinary(parser, 1));
			}
		});
	}
	const end = expectClose(parser, open.span.start);
	return node(parser, {
		type: 'call',
		name: token.name,
		args,
		span: { start: token.span.start, end },
	});
}

function nested<Result>(parser: Parser, span: Span, read: () => Result): Result {
	parser.nesting += 1;
	if (parser.nesting > maxNesting) {
		throw new ExpressionError(`More than ${maxNesting} levels inside one another.`, span.start);
	}
	const result = read();
	parser.nesting -= 1;
	return result;
}

function node(parser: Parser, expression: Expression): Expression {
	parser.nodes += 1;
	if (parser.nodes > maxNodes) {
		throw new ExpressionError(
			`More than ${maxNodes} parts in one expression.`,
			expression.span.start,
		);
	}
	return expression;
}

function expectClose(parser: Parser, open: number): number {
	const token = peek(parser);
	if (!isPunctuation(token, ')')) {
		throw new ExpressionError(
			`A ')' is missing for the '(' at character ${open + 1}.`,
			token.span.start,
		);
	}
	parser.index += 1;
	return token.span.end;
}

function isPunctuation(token: Token, text: '(' | ')' | ','): boolean {
	return token.type === 'punctuation' && token.text === text;
}

function peek(parser: Parser): Token {
	const token = parser.tokens[parser.index] ?? parser.tokens.at(-1);
	if (token === undefined) {
		throw new ExpressionError('The expression is empty.', 0);
	}
	return token;
}
