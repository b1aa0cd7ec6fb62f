import { ExpressionError } from './ast.ts';

/** Most states of a compiled pattern: with the length of the text it bounds the time to match. */
export const maxPatternStates = 2_000;

/** One step of the automaton: read a code point, or go on without reading. */
type State =
	| { readonly type: 'read'; readonly matches: (point: number) => boolean; next: number }
	| { readonly type: 'split'; readonly next: number[] }
	| { readonly type: 'start' | 'end'; next: number }
	| { readonly type: 'accept' };

type Node =
	| { readonly type: 'read'; readonly matches: (point: number) => boolean }
	| { readonly type: 'start' | 'end' }
	| { readonly type: 'sequence' | 'choice'; readonly parts: readonly Node[] }
	| { readonly type: 'repeat'; readonly part: Node; readonly least: number; readonly most: number };

/**
 * Compiles a regular expression to a test that a whole text matches it. The test walks a
 * nondeterministic automaton, so its time is linear in the length of the text for every pattern
 * (Thompson 1968); backreferences and lookaround do not exist here.
 *
 * @throws ExpressionError with the position inside the pattern
 * @example compilePattern('[0-9]{3}-[0-9]{4}')('555-0100') // true
 */
export function compilePattern(pattern: string): (text: string) => boolean {
	const reader: Reader = { points: Array.from(pattern), index: 0, depth: 0 };
	const tree = readChoice(reader);
	if (reader.index < reader.points.length) {
		throw new ExpressionError("The pattern has a ')' too many.", reader.index);
	}
	const states: State[] = [{ type: 'accept' }];
	const start = build(tree, 0, states);
	return (text) => run(states, start, Array.from(text));
}

interface Reader {
	readonly points: readonly string[];
	index: number;
	depth: number;
}

function readChoice(reader: Reader): Node {
	reader.depth += 1;
	if (reader.depth > 50) {
		throw new ExpressionError(
			'The pattern has more than 50 groups inside one another.',
			reader.index,
		);
	}
	const parts = [readSequence(reader)];
	while (reader.points[reader.index] === '|') {
		reader.index += 1;
		parts.push(readSequence(reader));
	}
	reader.depth -= 1;
	return { type: 'choice', parts };
}

function readSequence(reader: Reader): Node {
	const parts: Node[] = [];
	for (;;) {
		const character = reader.points[reader.index];
		if (character === undefined || character === '|' || character === ')') {
			return { type: 'sequence', parts };
		}
		parts.push(readRepeats(reader, readAtom(reader, character)));
	}
}

function readRepeats(reader: Reader, part: Node): Node {
	const bounds = readBounds(reader);
	if (bounds === null) {
		return part;
	}
	// A lazy or possessive mark changes which match is found, never whether there is one.
	if (reader.points[reader.index] === '?' || reader.points[reader.index] === '+') {
		reader.index += 1;
	}
	return { type: 'repeat', part, least: bounds.least, most: bounds.most };
}

function readBounds(reader: Reader): { least: number; most: number } | null {
	const character = reader.points[reader.index];
	if (character === '*' || character === '+' || character === '?') {
		reader.index += 1;
		return { least: character === '+' ? 1 : 0, most: character === '?' ? 1 : Infinity };
	}
	const rest = reader.points.slice(reader.index, reader.index + 12).join('');
	const counted = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(rest);
	if (counted === null) {
		return null;
	}
	const least = Number(counted[1]);
	const upper = counted[3] === '' || counted[3] === undefined ? Infinity : Number(counted[3]);
	const most = counted[2] === '' ? least : upper;
	if (most < least) {
		throw new ExpressionError('A repeat in the pattern ends before it begins.', reader.index);
	}
	reader.index += counted[0].length;
	return { least, most };
}

function readAtom(reader: Reader, character: string): Node {
	reader.index += 1;
	switch (character) {
		case '(':
			return readGroup(reader);
		case '[':
			return { type: 'read', matches: readClass(reader) };
		case '.':
			return { type: 'read', matches: (point) => point !== 10 && point !== 13 };
		case '^':
			return { type: 'start' };
		case '$':
			return { type: 'end' };
		case '\\':
			return { type: 'read', matches: readEscape(reader) };
		case '*':
		case '+':
		case '?':
			throw new ExpressionError(`Nothing stands before '${character}'.`, reader.index - 1);
		default:
			return { type: 'read', matches: equals(character) };
	}
}

function readGroup(reader: Reader): Node {
	const open = reader.index - 1;
	if (reader.points[reader.index] === '?') {
		if (reader.points[reader.index + 1] !== ':') {
			throw new ExpressionError('Lookaround and named groups are not supported.', open);
		}
		reader.index += 2;
	}
	const inner = readChoice(reader);
	if (reader.points[reader.index] !== ')') {
		throw new ExpressionError("A '(' in the pattern is not closed.", open);
	}
	reader.index += 1;
	return inner;
}

function readClass(reader: Reader): (point: number) => boolean {
	const open = reader.index - 1;
	const isNegated = reader.points[reader.index] === '^';
	reader.index += isNegated ? 1 : 0;
	const members: ((point: number) => boolean)[] = [];
	while (reader.points[reader.index] !== ']' || members.length === 0) {
		const character = reader.points[reader.index];
		if (character === undefined) {
			throw new ExpressionError("A '[' in the pattern is not closed.", open);
		}
		reader.index += 1;
		members.push(character === '\\' ? readEscape(reader) : readRange(reader, character));
	}
	reader.index += 1;
	return (point) => members.some((matches) => matches(point)) !== isNegated;
}

function readRange(reader: Reader, from: string): (point: number) => boolean {
	const to = reader.points[reader.index + 1];
	if (reader.points[reader.index] !== '-' || to === undefined || to === ']' || to === '\\') {
		return equals(from);
	}
	const first = codePoint(from);
	const last = codePoint(to);
	if (last < first) {
		throw new ExpressionError(`The range ${from}-${to} runs backwards.`, reader.index - 1);
	}
	reader.index += 2;
	return (point) => point >= first && point <= last;
}

const escapes: Readonly<Record<string, RegExp>> = {
	d: /^[0-9]$/,
	D: /^[^0-9]$/u,
	w: /^[A-Za-z0-9_]$/,
	W: /^[^A-Za-z0-9_]$/u,
	s: /^\s$/u,
	S: /^\S$/u,
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readEscape(reader: Reader): (point: number) => boolean {
	const character = reader.points[reader.index];
	if (character === undefined) {
		throw new ExpressionError('The pattern ends in a backslash.', reader.index - 1);
	}
	reader.index += 1;
	const known = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
	if (known !== undefined) {
		return (point) => known.test(String.fromCodePoint(point));
	}
	if (Object.hasOwn(controls, character)) {
		return equals(controls[character] ?? character);
	}
	if (/[\p{L}\p{N}]/u.test(character)) {
		throw new ExpressionError(`\\${character} is not supported in a pattern.`, reader.index - 2);
	}
	return equals(character);
}

function build(node: Node, next: number, states: State[]): number {
	if (states.length > maxPatternStates) {
		throw new ExpressionError(`The pattern needs more than ${maxPatternStates} states.`, 0);
	}
	switch (node.type) {
		case 'read':
			return states.push({ type: 'read', matches: node.matches, next }) - 1;
		case 'start':
		case 'end':
			return states.push({ type: node.type, next }) - 1;
		case 'sequence':
			return node.parts.reduceRight((after, part) => build(part, after, states), next);
		case 'choice': {
			const starts = node.parts.map((part) => build(part, next, states));
			return states.push({ type: 'split', next: starts }) - 1;
		}
		case 'repeat':
			return buildRepeat(node, next, states);
	}
}

function buildRepeat(node: Node & { type: 'repeat' }, next: number, states: State[]): number {
	let start = next;
	if (node.most === Infinity) {
		const loop = { type: 'split' as const, next: [next] };
		start = states.push(loop) - 1;
		loop.next.push(build(node.part, start, states));
	} else {
		for (let count = node.least; count < node.most; count += 1) {
			start = states.push({ type: 'split', next: [next, build(node.part, start, states)] }) - 1;
		}
	}
	for (let count = 0; count < node.least; count += 1) {
		start = build(node.part, start, states);
	}
	return start;
}

function run(states: readonly State[], start: number, text: readonly string[]): boolean {
	let current = closure(states, [start], { isStart: true, isEnd: text.length === 0 });
	for (const [index, character] of text.entries()) {
		const point = codePoint(character);
		const reached: number[] = [];
		for (const id of current) {
			const state = states[id];
			if (state?.type === 'read' && state.matches(point)) {
				reached.push(state.next);
			}
		}
		current = closure(states, reached, { isStart: false, isEnd: index === text.length - 1 });
	}
	return current.has(0);
}

/** All states that can be reached without reading; state 0 accepts. */
function closure(
	states: readonly State[],
	from: readonly number[],
	place: { isStart: boolean; isEnd: boolean },
): Set<number> {
	const seen = new Set<number>();
	const open = [...from];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (seen.has(id)) {
			continue;
		}
		seen.add(id);
		const state = states[id];
		if (state?.type === 'split') {
			open.push(...state.next);
		}
		const isPassed = state?.type === 'start' ? place.isStart : place.isEnd;
		if ((state?.type === 'start' || state?.type === 'end') && isPassed) {
			open.push(state.next);
		}
	}
	return seen;
}

function equals(character: string): (point: number) => boolean {
	const expected = codePoint(character);
	return (point) => point === expected;
}

function codePoint(character: string): number {
	return character.codePointAt(0) ?? 0;
}
