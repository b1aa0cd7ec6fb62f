import { clip } from './clock.ts';
import { TRANSCRIPT_LIMITS, UnreadableError } from './transcript.ts';

export interface ParsedJson {
	/** One value, or several after each other as in JSON Lines. */
	values: unknown[];
	/** Where each object begins. */
	lineOf: (object: object) => number;
}

const MOST_VALUES = 2_000_000;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING_STOP = /["\\\r\n]/g;
const ESCAPES: Readonly<Record<string, string>> = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

/**
 * JSON with the line of every object, which `JSON.parse` does not tell, and with limits: levels,
 * values. {@link https://www.rfc-editor.org/rfc/rfc8259}
 * @throws UnreadableError naming the line that is no JSON.
 */
export function parseJsonWithLines(text: string): ParsedJson {
	const parser = new JsonParser(text);
	const values = parser.all();
	return { values, lineOf: (object) => parser.lines.get(object) ?? 1 };
}

class JsonParser {
	readonly #text: string;
	readonly lines = new Map<object, number>();
	#at = 0;
	#line = 1;
	#values = 0;

	constructor(text: string) {
		this.#text = text;
	}

	all(): unknown[] {
		const values: unknown[] = [];
		this.#space();
		while (this.#at < this.#text.length) {
			values.push(this.#value(0));
			this.#space();
		}
		return values;
	}

	#value(depth: number): unknown {
		this.#values++;
		if (depth > TRANSCRIPT_LIMITS.depth) {
			throw this.#error(`There are more than ${TRANSCRIPT_LIMITS.depth} levels inside each other`);
		}
		if (this.#values > MOST_VALUES) {
			throw this.#error(`There are more than ${MOST_VALUES.toLocaleString('en')} values`);
		}
		switch (this.#text[this.#at]) {
			case '{':
				return this.#object(depth);
			case '[':
				return this.#array(depth);
			case '"':
				return this.#string();
			default:
				return this.#word();
		}
	}

	#object(depth: number): object {
		const object: Record<string, unknown> = {};
		this.lines.set(object, this.#line);
		this.#at++;
		this.#space();
		while (!this.#take('}')) {
			if (this.#text[this.#at] !== '"') {
				throw this.#error('Here should be the name of a field in double quotation marks');
			}
			const name = this.#string();
			this.#space();
			this.#need(':', 'after the name of a field');
			const value = this.#value(depth + 1);
			if (name === '__proto__') {
				Object.defineProperty(object, name, { value, enumerable: true });
			} else {
				object[name] = value;
			}
			this.#comma('}');
		}
		return object;
	}

	#array(depth: number): unknown[] {
		const items: unknown[] = [];
		this.#at++;
		this.#space();
		while (!this.#take(']')) {
			items.push(this.#value(depth + 1));
			this.#comma(']');
		}
		return items;
	}

	/** Between two of a list: a comma with more after it, or the end right here. */
	#comma(end: string): void {
		this.#space();
		if (this.#text[this.#at] === end) {
			return;
		}
		this.#need(',', `or “${end}” after a value`);
		if (this.#text[this.#at] === end) {
			throw this.#error('Here is a comma too many, before the end of a list');
		}
	}

	#string(): string {
		let value = '';
		let from = this.#at + 1;
		for (;;) {
			STRING_STOP.lastIndex = from;
			const stop = STRING_STOP.exec(this.#text);
			if (stop?.[0] !== '"' && stop?.[0] !== '\\') {
				throw this.#error('A string is not closed on the line it begins');
			}
			value += this.#text.slice(from, stop.index);
			if (stop[0] === '"') {
				this.#at = stop.index + 1;
				return value;
			}
			const [escaped, length] = this.#escape(stop.index + 1);
			value += escaped;
			from = stop.index + 1 + length;
		}
	}

	#escape(at: number): [string, number] {
		const sign = this.#text[at] ?? '';
		const hex = sign === 'u' ? /^[\da-f]{4}$/i.exec(this.#text.slice(at + 1, at + 5)) : null;
		if (hex !== null) {
			return [String.fromCharCode(Number.parseInt(hex[0], 16)), 5];
		}
		const escaped = ESCAPES[sign];
		if (escaped === undefined) {
			throw this.#error(`“\\${sign}” means nothing in a string. Write “\\\\${sign}”`);
		}
		return [escaped, 1];
	}

	#word(): unknown {
		for (const [word, value] of [
			['true', true],
			['false', false],
			['null', null],
		] as const) {
			if (this.#text.startsWith(word, this.#at)) {
				this.#at += word.length;
				return value;
			}
		}
		NUMBER.lastIndex = this.#at;
		const number = NUMBER.exec(this.#text);
		if (number === null) {
			const found = this.#text.slice(this.#at, this.#at + 20).split(/[\r\n]/)[0] ?? '';
			throw this.#error(
				found === '' ? 'The file ends in the middle of a value' : `“${clip(found)}” is no value`,
			);
		}
		this.#at += number[0].length;
		return Number(number[0]);
	}

	#take(sign: string): boolean {
		const isThere = this.#text[this.#at] === sign;
		this.#at += isThere ? 1 : 0;
		return isThere;
	}

	#need(sign: string, where: string): void {
		if (!this.#take(sign)) {
			throw this.#error(`Here should be “${sign}” ${where}`);
		}
		this.#space();
	}

	#space(): void {
		for (; this.#at < this.#text.length; this.#at++) {
			const unit = this.#text.charCodeAt(this.#at);
			const isReturn = unit === 13 && this.#text.charCodeAt(this.#at + 1) !== 10;
			if (unit === 10 || isReturn) {
				this.#line++;
			} else if (unit !== 32 && unit !== 9 && unit !== 13) {
				return;
			}
		}
	}

	#error(message: string): UnreadableError {
		return new UnreadableError(this.#line, `This is not JSON: ${message}.`);
	}
}
