import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemasOfHandler } from '../http/valid.ts';
import { testApp } from '../testing/test-app.ts';
import { databaseWithoutRows } from '../testing/without-rows.ts';

const { app } = testApp(databaseWithoutRows());

const schemas = app.routes.flatMap(({ method, path, handler }) => {
	const found = schemasOfHandler(handler);
	return found ? [{ name: `${method} ${path} (${found.target})`, schema: found.schema }] : [];
});

/** Texts that slow patterns stumble over, and values of every kind. */
const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc
		.tuple(fc.constantFrom('a', '0', '-', '@', 'a@', 'a.', ' ', 'é'), fc.nat(3000))
		.map(([part, n]) => part.repeat(n)),
);
const anything = fc.oneof(
	fc.jsonValue({ maxDepth: 4 }),
	fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 3 }),
	text,
);

/** Objects with the schema's own names, whatever stands under them. */
function likeIt(schema: z.ZodType): fc.Arbitrary<unknown> {
	const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
	return fc.record(Object.fromEntries(names.map((name) => [name, fc.oneof(anything, text)])), {
		requiredKeys: [],
	});
}

test('the walk finds the schemas', () => {
	expect(schemas.length).toBeGreaterThan(100);
});

test.each(schemas)('$name says no in words, whatever comes', async ({ schema }) => {
	await fc.assert(
		fc.asyncProperty(fc.oneof(anything, likeIt(schema)), async (value) => {
			const { success, error } = await schema.safeParseAsync(value);
			expect(success || error instanceof z.ZodError).toBe(true);
		}),
		{ numRuns: 40 },
	);
});

test('a schema that fails otherwise is noticed (the control)', async () => {
	const careless = z.string().transform((value) => decodeURIComponent(value));

	await expect(careless.safeParseAsync('%')).rejects.toThrow(URIError);
});
