import { ExpressionError } from './ast.ts';
import { define, type CallContext } from './function.ts';
import { compilePattern } from './regex.ts';

/** Text functions: XPath 1.0 §4.2 and the ODK XForms additions. Lengths count code points. */
export const textFunctions = {
	string: define(1, 1, { call: (args) => args.text(0) }),
	concat: define(0, Infinity, { call: (args) => allTexts(args.count, args.text).join('') }),
	join: define(1, Infinity, {
		call: (args) => allTexts(args.count, args.text).slice(1).join(args.text(0)),
	}),
	contains: define(2, 2, { call: (args) => args.text(0).includes(args.text(1)) }),
	'starts-with': define(2, 2, { call: (args) => args.text(0).startsWith(args.text(1)) }),
	'ends-with': define(2, 2, { call: (args) => args.text(0).endsWith(args.text(1)) }),
	'string-length': define(1, 1, { call: (args) => Array.from(args.text(0)).length }),
	'normalize-space': define(1, 1, {
		call: (args) =>
			args
				.text(0)
				.replace(/[ \t\r\n]+/g, ' ')
				.replace(/^ | $/g, ''),
	}),
	'substring-before': define(2, 2, { call: (args) => before(args.text(0), args.text(1)) }),
	'substring-after': define(2, 2, { call: (args) => after(args.text(0), args.text(1)) }),
	substring: define(2, 3, {
		call: (args) =>
			substring(args.text(0), args.number(1), args.count > 2 ? args.number(2) : Infinity),
	}),
	substr: define(2, 3, {
		call: (args) =>
			Array.from(args.text(0))
				.slice(index(args.number(1)), args.count > 2 ? index(args.number(2)) : undefined)
				.join(''),
	}),
	translate: define(3, 3, {
		call: (args) => translate(args.text(0), args.text(1), args.text(2)),
	}),
	regex: define(2, 2, {
		call: (args, context) => matchesPattern(args.text(0), args.text(1), context),
	}),
};

function allTexts(count: number, text: (index: number) => string): string[] {
	return Array.from({ length: count }, (_, position) => text(position));
}

function before(text: string, part: string): string {
	return text.slice(0, Math.max(0, text.indexOf(part)));
}

function after(text: string, part: string): string {
	const found = text.indexOf(part);
	return found === -1 ? '' : text.slice(found + part.length);
}

/** XPath 1.0 §4.2: positions count from 1 and are rounded, NaN selects nothing. */
function substring(text: string, start: number, length: number): string {
	const first = Math.round(start);
	const end = first + Math.round(length);
	return Array.from(text)
		.filter((_, position) => position + 1 >= first && position + 1 < end)
		.join('');
}

function translate(text: string, from: string, to: string): string {
	const target = Array.from(to);
	const map = new Map<string, string>();
	for (const [position, character] of Array.from(from).entries()) {
		if (!map.has(character)) {
			map.set(character, target[position] ?? '');
		}
	}
	return Array.from(text, (character) => map.get(character) ?? character).join('');
}

/** The whole text must match, as the XLSForm reference says of `regex`. */
function matchesPattern(text: string, pattern: string, context: CallContext): boolean {
	try {
		return compilePattern(pattern)(text);
	} catch (error) {
		if (error instanceof ExpressionError) {
			const place = `character ${error.position + 1} of the pattern`;
			throw new ExpressionError(`${error.message} (${place})`, context.position);
		}
		throw error;
	}
}

function index(value: number): number {
	return Number.isNaN(value) ? 0 : Math.trunc(value);
}
