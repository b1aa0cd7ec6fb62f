import { describe, expect, test } from 'vitest';
import { policyOfHandler } from '../http/authorise.ts';
import { staff, testApp } from '../testing/test-app.ts';
import { databaseWithoutRows } from '../testing/without-rows.ts';
import { may } from './verbs.ts';

const ENGAGEMENT = '019aa000-0000-7000-8000-000000000001';
const ID = '019aa000-0000-7000-8000-00000000000f';

// Policies answer before anything is looked up: this database has no rows and no connection.
const sut = testApp(databaseWithoutRows());

/** Every registered address with its handlers in order; what `app.use` added for all is left out. */
const routes = [
	...Map.groupBy(
		sut.app.routes.filter(({ path }) => path !== '/*' && path !== '/api/*'),
		({ method, path }) => `${method} ${path}`,
	),
].map(([name, handlers]) => ({
	name,
	method: handlers[0]?.method === 'ALL' ? 'POST' : (handlers[0]?.method ?? 'GET'),
	path: handlers[0]?.path ?? '',
	policies: handlers.map(({ handler }) => policyOfHandler(handler)),
}));

function addressOf(path: string): string {
	return path
		.replace(':engagementId', ENGAGEMENT)
		.replaceAll(/:\w+(\{[^}]*\})?\??/g, ID)
		.replace('*', 'x');
}

describe('every route', () => {
	test('is found by this walk', () => {
		expect(routes.length).toBeGreaterThan(25);
		expect(routes.map(({ name }) => name)).toContain(
			'POST /api/engagements/:engagementId/windows/:windowId/codes/:cohortId',
		);
	});

	test.each(routes)('$name has a policy, before anything else', ({ policies }) => {
		expect(policies[0]).not.toBeNull();
		expect(policies.filter((policy) => policy !== null)).toHaveLength(1);
	});

	test('a route without a policy would be noticed (the control)', () => {
		expect(policyOfHandler(() => {})).toBeNull();
	});
});

describe('the police partner', () => {
	const police = staff(ID, ENGAGEMENT, ['police_partner']);
	const closed = routes.filter(
		({ policies }) => policies[0] && !may(police, policies[0], ENGAGEMENT),
	);

	test('is kept from most addresses', () => {
		expect(closed.length).toBeGreaterThan(15);
	});

	test('is let in only where no student data is', () => {
		const open = routes.filter((route) => !closed.includes(route));
		expect(new Set(open.map(({ policies }) => policies[0]))).toEqual(
			new Set([
				'public:read',
				'page:report',
				'student:answer',
				'sign_in:use',
				'self:read',
				'self:manage',
				'engagement:read',
				'participant:withdraw',
				'group_review:answer',
			]),
		);
	});

	test.each(closed)('gets nothing from $name', async ({ method, path }) => {
		sut.signInAs(police);
		const { status, body } = await sut.send(
			method,
			addressOf(path),
			method === 'GET' ? undefined : {},
		);

		expect([403, 404]).toContain(status);
		expect(body).toMatchObject({ error: { code: expect.stringMatching(/^not_(allowed|found)$/) } });
	});
});

describe('a stranger', () => {
	const guarded = routes.filter(
		({ policies }) => policies[0] && !may({ type: 'public' }, policies[0], ENGAGEMENT),
	);

	test.each(guarded)('is asked to sign in at $name', async ({ method, path }) => {
		sut.signInAs({ type: 'public' });
		const { status } = await sut.send(method, addressOf(path), method === 'GET' ? undefined : {});
		expect(status).toBe(401);
	});

	test.each(guarded.filter(({ path }) => path.includes(':engagementId')))(
		'of another engagement finds nothing at $name',
		async ({ method, path }) => {
			sut.signInAs(
				staff(ID, '019aa000-0000-7000-8000-000000000002', ['administrator', 'data_steward']),
			);
			const { status } = await sut.send(method, addressOf(path), method === 'GET' ? undefined : {});
			expect(status).toBe(404);
		},
	);
});
