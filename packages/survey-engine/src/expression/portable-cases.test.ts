import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { evaluateExpression } from './evaluate.ts';

interface PortableCase {
	readonly id: string;
	readonly source: string;
	readonly expression: string;
	readonly type: 'string' | 'number' | 'boolean';
	readonly expected: string | number | boolean;
	readonly functions: readonly string[];
	readonly tolerance?: number;
	readonly tz?: string;
}

/** Not part of the language: geography, digests and base64. */
const outOfScope = new Set(['area', 'distance', 'geofence', 'digest', 'base64-decode']);

/** The zone each engine's tests ran in, for cases that do not carry one. */
const zones: Readonly<Record<string, string>> = {
	'getodk/web-forms': 'America/Phoenix',
	'getodk/javarosa': 'GMT',
};

const cases = readSharedLines('survey/expressions/portable-scalar.jsonl').filter(
	(line) => !line.functions.some((name) => outOfScope.has(name)),
);

test('every portable scalar case of ODK Web Forms and JavaRosa gives the published value', () => {
	const failures = cases.flatMap((line) => {
		const result = evaluateExpression(line.expression, {}, { tz: zoneOf(line), as: line.type });
		return 'value' in result && isSame(result.value, line)
			? []
			: [{ id: line.id, expression: line.expression, expected: line.expected, result }];
	});
	expect(failures).toEqual([]);
	expect(cases.length).toBeGreaterThan(600);
});

function zoneOf(line: PortableCase): string {
	return line.tz ?? zones[line.source] ?? 'UTC';
}

function isSame(value: string | number | boolean, line: PortableCase): boolean {
	if (typeof value === 'number' && typeof line.expected === 'number') {
		return Math.abs(value - line.expected) <= (line.tolerance ?? 0);
	}
	return value === line.expected;
}

function readSharedLines(path: string): PortableCase[] {
	const file = resolve(import.meta.dirname, '../../../../../shared/data', path);
	if (!existsSync(file)) {
		throw new Error(`The shared case file ${file} is missing; these cases cannot be checked.`);
	}
	return readFileSync(file, 'utf8')
		.trimEnd()
		.split('\n')
		.map((line): PortableCase => JSON.parse(line));
}
