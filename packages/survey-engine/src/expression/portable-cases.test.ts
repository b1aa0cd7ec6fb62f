import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { evaluateExpression } from './evaluate.ts';

interface PortableCase {
	readonly id: string;
	readonly expression: string;
	readonly type: 'string' | 'number' | 'boolean';
	readonly expected: string | number | boolean;
	readonly tolerance?: number;
	readonly tz: string;
}

const file = resolve(import.meta.dirname, '../../vectors/portable-scalar.jsonl');

test('every case of ODK Web Forms and JavaRosa gives the published value', () => {
	const cases = readFileSync(file, 'utf8')
		.trimEnd()
		.split('\n')
		.map((line): PortableCase => JSON.parse(line));
	expect(cases.length).toBe(682);
	expect(failures(cases)).toEqual([]);
});

function failures(cases: readonly PortableCase[]): unknown[] {
	return cases.flatMap((line) => {
		const result = evaluateExpression(line.expression, {}, { tz: line.tz, as: line.type });
		return 'value' in result && isSame(result.value, line) ? [] : [{ line, result }];
	});
}

function isSame(value: string | number | boolean, line: PortableCase): boolean {
	if (typeof value === 'number' && typeof line.expected === 'number') {
		return Math.abs(value - line.expected) <= (line.tolerance ?? 0);
	}
	return value === line.expected;
}
