import type { ExpressionFunction } from './function.ts';
import { dateFunctions } from './functions-date.ts';
import { listFunctions } from './functions-list.ts';
import { numberFunctions } from './functions-number.ts';
import { textFunctions } from './functions-text.ts';

/**
 * The functions whose arguments are all evaluated first. `if`, `once` and `coalesce` are not
 * here: compile.ts evaluates only the arguments they need.
 */
const functions: ReadonlyMap<string, ExpressionFunction> = new Map([
	...Object.entries(textFunctions),
	...Object.entries(numberFunctions),
	...Object.entries(listFunctions),
	...Object.entries(dateFunctions),
]);

const lazyFunctions: ReadonlyMap<string, { least: number; most: number }> = new Map([
	['if', { least: 3, most: 3 }],
	['coalesce', { least: 1, most: Infinity }],
	['once', { least: 1, most: 1 }],
]);

/** The names of all functions of the language, sorted. */
export const functionNames: readonly string[] = [
	...functions.keys(),
	...lazyFunctions.keys(),
].toSorted();

export function findFunction(name: string): ExpressionFunction | undefined {
	return functions.get(name);
}

/**
 * What is wrong with a call, or null: no such function, or a wrong number of arguments.
 *
 * @example checkCall('if', 2) // 'if() takes 3 arguments, not 2.'
 */
export function checkCall(name: string, count: number): string | null {
	const known = functions.get(name) ?? lazyFunctions.get(name);
	if (known === undefined) {
		return `There is no function ${name}().`;
	}
	if (count >= known.least && count <= known.most) {
		return null;
	}
	return `${name}() takes ${describeCount(known)}, not ${count}.`;
}

function describeCount({ least, most }: { least: number; most: number }): string {
	if (most === Infinity) {
		return `at least ${least} argument${least === 1 ? '' : 's'}`;
	}
	const count = least === most ? String(least) : `${least} to ${most}`;
	return most === 0 ? 'no arguments' : `${count} argument${most === 1 ? '' : 's'}`;
}
