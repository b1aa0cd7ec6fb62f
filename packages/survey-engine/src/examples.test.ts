import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Every `@example expression // value` in a doc comment is run against the exported functions. */
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
	(file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);
const pattern = /@example (.+?)\s*(?:\n \* )?\/\/ (.+?)(?: \*\/)?$/gm;

const examples = files.flatMap((file) => {
	const source = readFileSync(resolve(import.meta.dirname, file), 'utf8');
	return Array.from(source.matchAll(pattern), ([, code = '', value = '']) => ({
		file,
		code,
		value,
	}));
});

test('there are examples', () => {
	expect(examples.length).toBeGreaterThan(10);
});

test.each(examples)('$file: $code', async ({ file, code, value }) => {
	const exported: Record<string, unknown> = await import(resolve(import.meta.dirname, file));
	const parse = await import('./expression/parse.ts');
	const scope = { ...parse, ...exported };
	const run = (text: string): unknown =>
		new Function(...Object.keys(scope), `return (${text});`)(...Object.values(scope));
	expect(run(code)).toEqual(run(value));
});
