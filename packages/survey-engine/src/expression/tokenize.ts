import { ExpressionError, type BinaryOperator, type Span } from './ast.ts';

export type Token =
	| { readonly type: 'number'; readonly value: number; readonly span: Span }
	| { readonly type: 'string'; readonly value: string; readonly span: Span }
	| { readonly type: 'reference'; readonly name: string; readonly span: Span }
	| { readonly type: 'path'; readonly text: string; readonly span: Span }
	| { readonly type: 'function'; readonly name: string; readonly span: Span }
	| { readonly type: 'operator'; readonly operator: BinaryOperator; readonly span: Span }
	| { readonly type: 'punctuation'; readonly text: '(' | ')' | ','; readonly span: Span }
	| { readonly type: 'end'; readonly span: Span };

/** Longest source accepted, in UTF-16 units: a bound for memory and time. */
export const maxSourceLength = 20_000;

const spacePattern = /[ \t\r\n]*/y;
const numberPattern = /\d+(?:\.\d*)?|\.\d+/y;
const namePattern = /[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?/uy;
const stepPattern =
	/\.\.?(?![\p{L}\p{N}_.])|[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?/uy;
const referencePattern = /\$\{([^{}]*)\}/y;
const operatorPattern = /and|or|div|mod|!=|<=|>=|[=<>+\-*]/y;
const nodeTests = new Set(['node', 'text', 'comment', 'processing-instruction']);

/**
 * Splits the source of an expression into tokens.
 *
 * As in XPath 1.0 §3.7, `and`, `or`, `div` and `mod` are operators only where an operator can
 * stand, so that `1or1` is an operation and a question may be called `order`.
 *
 * @throws ExpressionError with the position of the first character that cannot be read
 */
export function tokenize(source: string): Token[] {
	if (source.length > maxSourceLength) {
		throw new ExpressionError(
			`The expression is ${source.length} characters long; ${maxSourceLength} is the most that is read.`,
			maxSourceLength,
		);
	}
	const tokens: Token[] = [];
	let position = skipSpace(source, 0);
	while (position < source.length) {
		const token = expectsOperand(tokens.at(-1))
			? readOperand(source, position)
			: readOperator(source, position);
		tokens.push(token);
		position = skipSpace(source, token.span.end);
	}
	tokens.push({ type: 'end', span: { start: source.length, end: source.length } });
	return tokens;
}

function expectsOperand(previous: Token | undefined): boolean {
	if (previous === undefined || previous.type === 'operator') {
		return true;
	}
	return previous.type === 'function' || (previous.type === 'punctuation' && previous.text !== ')');
}

function readOperand(source: string, start: number): Token {
	const character = source.charAt(start);
	if (character === '(' || character === ')' || character === ',') {
		return { type: 'punctuation', text: character, span: { start, end: start + 1 } };
	}
	if (character === '-') {
		return { type: 'operator', operator: '-', span: { start, end: start + 1 } };
	}
	if (character === '"' || character === "'") {
		return readString(source, start, character);
	}
	if (character === '$') {
		return readReference(source, start);
	}
	const digits = match(numberPattern, source, start);
	if (digits !== null) {
		return readNumber(digits, start);
	}
	return readFunction(source, start) ?? readPath(source, start);
}

function readNumber(digits: string, start: number): Token {
	const value = Number(digits);
	if (!Number.isFinite(value)) {
		throw new ExpressionError('This number is too large.', start);
	}
	return { type: 'number', value, span: { start, end: start + digits.length } };
}

function readString(source: string, start: number, quote: string): Token {
	const close = source.indexOf(quote, start + 1);
	if (close === -1) {
		throw new ExpressionError(`The text that starts here has no closing ${quote}.`, start);
	}
	return { type: 'string', value: source.slice(start + 1, close), span: { start, end: close + 1 } };
}

function readReference(source: string, start: number): Token {
	const text = match(referencePattern, source, start);
	if (text === null) {
		throw new ExpressionError('A question is named as ${name}; the braces are missing.', start);
	}
	const name = text.slice(2, -1).trim();
	if (match(namePattern, name, 0) !== name || name === '') {
		throw new ExpressionError(`'${name}' is not a name of a question.`, start);
	}
	return { type: 'reference', name, span: { start, end: start + text.length } };
}

/** A name is a function when `(` follows it, with or without space between. */
function readFunction(source: string, start: number): Token | null {
	const name = match(namePattern, source, start);
	if (name === null) {
		return null;
	}
	const end = start + name.length;
	if (source.charAt(skipSpace(source, end)) !== '(') {
		return null;
	}
	if (nodeTests.has(name)) {
		throw new ExpressionError(`${name}() is a node test, which surveys do not have.`, start);
	}
	return { type: 'function', name, span: { start, end } };
}

function readPath(source: string, start: number): Token {
	let end = start;
	let mustStep = true;
	if (source.startsWith('//', start)) {
		end += 2;
	} else if (source.startsWith('/', start)) {
		end += 1;
		mustStep = match(stepPattern, source, end) !== null;
	}
	while (mustStep) {
		const step = match(stepPattern, source, end);
		if (step === null) {
			throw unreadable(source, end);
		}
		end += step.length;
		const slash = source.startsWith('//', end) ? 2 : 1;
		mustStep = source.charAt(end) === '/';
		end += mustStep ? slash : 0;
	}
	if (source.startsWith('::', end) || source.charAt(end) === '[') {
		throw new ExpressionError('Axes and predicates are not part of survey expressions.', end);
	}
	return { type: 'path', text: source.slice(start, end), span: { start, end } };
}

function readOperator(source: string, start: number): Token {
	const character = source.charAt(start);
	if (character === '(' || character === ')' || character === ',') {
		return { type: 'punctuation', text: character, span: { start, end: start + 1 } };
	}
	const operator = match(operatorPattern, source, start);
	if (operator === null) {
		throw unreadable(source, start);
	}
	return {
		type: 'operator',
		// The pattern matches exactly the members of BinaryOperator.
		operator: operator as BinaryOperator,
		span: { start, end: start + operator.length },
	};
}

function unreadable(source: string, position: number): ExpressionError {
	if (position >= source.length) {
		return new ExpressionError('The expression ends where a value should follow.', position);
	}
	const character = String.fromCodePoint(source.codePointAt(position) ?? 0);
	return new ExpressionError(`'${character}' cannot stand here.`, position);
}

function skipSpace(source: string, start: number): number {
	return start + (match(spacePattern, source, start) ?? '').length;
}

function match(pattern: RegExp, source: string, start: number): string | null {
	pattern.lastIndex = start;
	return pattern.exec(source)?.[0] ?? null;
}
