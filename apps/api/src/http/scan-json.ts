/** What a JSON text may hold. */
export interface JsonLimits {
	/** Objects and lists inside each other. */
	depth: number;
	/** Names in all objects together. */
	keys: number;
	/** UTF-16 units of one string. */
	string: number;
	/** Whoever reads them takes half characters and NUL out. */
	isCleaned?: boolean;
}

const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Says what a JSON text holds that no request of ours does, before it is parsed: JSON.parse takes
 * 200,000 lists in each other, keeps the last of two equal names and sets prototypes' names.
 * @returns null when nothing is wrong; also for a text that is no JSON, which the parser refuses.
 */
export function scanJson(text: string, limits: JsonLimits): string | null {
	/** The names so far of each open object; null for a list. */
	const open: (Set<string> | null)[] = [];
	let keys = 0;
	let isName = false;
	for (let at = 0; at < text.length; at++) {
		const mark = text[at];
		if (mark === '{' || mark === '[') {
			open.push(mark === '{' ? new Set() : null);
			isName = mark === '{';
			if (open.length > limits.depth) {
				return `It nests deeper than ${limits.depth} levels.`;
			}
		} else if (mark === '}' || mark === ']') {
			open.pop();
			isName = false;
		} else if (mark === ',') {
			isName = open.at(-1) instanceof Set;
		} else if (mark === '"') {
			const end = endOfString(text, at);
			const value = unescaped(text.slice(at, end));
			if (value === null) {
				return null;
			}
			const names = isName ? open.at(-1) : null;
			keys += names ? 1 : 0;
			const problem = wrongName(value, names) ?? wrongString(value, limits);
			if (problem !== null) {
				return problem;
			}
			if (keys > limits.keys) {
				return `It has more than ${limits.keys} names.`;
			}
			isName = false;
			at = end - 1;
		}
	}
	return null;
}

function wrongName(name: string, names: Set<string> | null | undefined): string | null {
	if (!names) {
		return null;
	}
	if (POLLUTING.has(name)) {
		return `It has a field called ${name}.`;
	}
	if (names.has(name)) {
		return 'It has the same field twice.';
	}
	names.add(name);
	return null;
}

function wrongString(value: string, limits: JsonLimits): string | null {
	if (value.length > limits.string) {
		return `It has a text of more than ${limits.string} characters.`;
	}
	if (limits.isCleaned) {
		return null;
	}
	if (!value.isWellFormed()) {
		return 'It has half a character in it.';
	}
	return value.includes('\0') ? 'It has a NUL character in it.' : null;
}

/** Where the string that begins here ends, its last quote included; the text's end without one. */
function endOfString(text: string, start: number): number {
	let end = text.indexOf('"', start + 1);
	while (end !== -1 && isEscaped(text, end)) {
		end = text.indexOf('"', end + 1);
	}
	return end === -1 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
	let slashes = 0;
	while (text[at - 1 - slashes] === '\\') {
		slashes++;
	}
	return slashes % 2 === 1;
}

/** A string's value; null when it is none. */
function unescaped(literal: string): string | null {
	if (!literal.includes('\\')) {
		return literal.slice(1, -1);
	}
	try {
		return String(JSON.parse(literal));
	} catch {
		return null;
	}
}
