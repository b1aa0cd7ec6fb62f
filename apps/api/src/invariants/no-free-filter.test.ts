import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemasOfHandler } from '../http/valid.ts';
import { testApp } from '../testing/test-app.ts';
import { databaseWithoutRows } from '../testing/without-rows.ts';

// Nothing is asked of this database: only what the routes take is looked at.
const sut = testApp(databaseWithoutRows());

/** What each GET route takes behind the question mark, by its path. */
function queriesOf(paths: RegExp): Record<string, unknown> {
	const found = sut.app.routes
		.filter(({ method, path }) => method === 'GET' && paths.test(path))
		.flatMap(({ path, handler }): [string, unknown][] => {
			const own = schemasOfHandler(handler);
			return own?.target === 'query' ? [[path, z.toJSONSchema(own.schema, { io: 'input' })]] : [];
		});
	return Object.fromEntries(found);
}

/** The names a query may have, by path. */
function namesOf(paths: RegExp): string[] {
	const names = Object.values(queriesOf(paths)).flatMap((schema) =>
		Object.keys((schema as { properties?: object }).properties ?? {}),
	);
	return [...new Set(names)].toSorted();
}

const figures =
	/^\/api\/(public|engagements\/:engagementId\/(results|releases|rates|fairness))(\/|$)/;

// A page of a list holds the same figures as the list.
test('figures are asked for by language, page and one fixed breakdown: no filter to subtract', () => {
	expect(Object.keys(queriesOf(figures)).length).toBeGreaterThan(3);
	expect(namesOf(figures)).toEqual(['by', 'language', 'page']);
});

test('a breakdown is one of a list, never two at once and never words of a reader', () => {
	const all = Object.values(queriesOf(figures)).map(
		(schema) => (schema as { properties?: { by?: object } }).properties?.by,
	);
	const breakdowns = all.filter((by) => by !== undefined);
	expect(breakdowns.length).toBeGreaterThan(0);
	for (const by of breakdowns) {
		expect(by).toMatchObject({ type: 'string', enum: expect.arrayContaining(['site', 'race']) });
	}
});

test('other lists do take queries, and this walk sees them (the control)', () => {
	expect(namesOf(/\/coding(\/|$)/).length).toBeGreaterThan(0);
	expect(namesOf(/^\/api\//).length).toBeGreaterThan(namesOf(figures).length);
});
