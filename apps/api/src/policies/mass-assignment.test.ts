import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { schemasOfHandler } from '../http/valid.ts';
import { smallestBody } from '../testing/fill-route.ts';
import { testApp } from '../testing/test-app.ts';
import { databaseWithoutRows } from '../testing/without-rows.ts';

const { app } = testApp(databaseWithoutRows());

/** What somebody would add to a body to be more than they are. */
const privileged = {
	id: '019aa000-0000-7000-8000-000000000001',
	engagement_id: '019aa000-0000-7000-8000-000000000001',
	personId: '019aa000-0000-7000-8000-000000000001',
	isAdministrator: true,
	is_synthetic: true,
	isTrial: true,
	createdBy: 'x',
	approvedBy: ['x', 'y'],
	decidedBy: 'x',
	secondFactor: 'proved',
	isFresh: true,
	min_n: 1,
	constructor: 'x',
	throughlineCanary: 'x',
};

const bodies = app.routes.flatMap(({ method, path, handler }) => {
	const found = schemasOfHandler(handler);
	return found && ['json', 'form', 'query'].includes(found.target)
		? [{ name: `${method} ${path} (${found.target})`, schema: found.schema }]
		: [];
});

/** Places of a schema that let any key through: loose objects, and records named here. */
function openPlaces(schema: z.core.$ZodType, at = 'body', seen = new Set<unknown>()): string[] {
	if (seen.has(schema)) {
		return [];
	}
	seen.add(schema);
	const { def } = schema._zod;
	const own: string[] = [];
	if (def.type === 'object' && 'catchall' in def && def.catchall) {
		const { type } = (def.catchall as z.core.$ZodType)._zod.def;
		own.push(...(type === 'never' ? [] : [`${at}: any key`]));
	}
	if (def.type === 'any' || def.type === 'unknown') {
		own.push(`${at}: anything`);
	}
	if (def.type === 'record') {
		own.push(`${at}: keys of the sender`);
	}
	const below = Object.entries(def).flatMap(([name, value]) =>
		inside(value, `${at}.${name}`, seen),
	);
	return [...own, ...below];
}

function inside(value: unknown, at: string, seen: Set<unknown>): string[] {
	if (typeof value !== 'object' || value === null) {
		return [];
	}
	if ('_zod' in value) {
		return openPlaces(value as z.core.$ZodType, at, seen);
	}
	if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) {
		return Object.entries(value).flatMap(([name, part]) => inside(part, `${at}.${name}`, seen));
	}
	return [];
}

test('the walk finds the bodies', () => {
	expect(bodies.length).toBeGreaterThan(60);
});

test('no body lets keys through that its schema does not name', () => {
	const open = bodies.flatMap(({ name, schema }) =>
		openPlaces(schema).map((place) => `${name} ${place}`),
	);
	expect(open).toMatchInlineSnapshot(`
		[
		  "POST /api/engagements/:engagementId/dialogs/:sessionId/sync (json) body.shape.operations.element: any key",
		  "POST /api/engagements/:engagementId/dialogs/:sessionId/sync (json) body.shape.operations.element.catchall: anything",
		]
	`);
});

test('a body that does would be noticed (the control)', () => {
	expect(openPlaces(z.object({ a: z.array(z.looseObject({ b: z.string() })) }))).toHaveLength(2);
	expect(openPlaces(z.object({ a: z.record(z.string(), z.string()) }))).toHaveLength(1);
});

describe('what somebody adds to be more than they are', () => {
	const accepted = bodies.filter(({ schema }) => schema.safeParse(smallestBody(schema)).success);

	test('is tried on most bodies', () => {
		expect(accepted.length).toBeGreaterThan(bodies.length / 2);
	});

	test.each(accepted)('is refused or left out by $name', ({ schema }) => {
		const body = smallestBody(schema);
		const plain = schema.parse(body);
		const named = JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
		const more = Object.fromEntries(
			Object.entries(privileged).filter(([name]) => !named.includes(`"${name}"`)),
		);
		const parsed = schema.safeParse({ ...more, ...(body as object) });
		expect(Object.keys(more)).toContain('throughlineCanary');
		expect(parsed.success ? parsed.data : plain).toEqual(plain);
	});
});
