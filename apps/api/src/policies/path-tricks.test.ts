import { describeOn } from '@throughline/db/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { staffRoles } from '../routes/people/schema.ts';
import { fillRoute, listRoutes, type ListedRoute } from '../testing/fill-route.ts';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { staff, testApp } from '../testing/test-app.ts';
import type { Principal } from './principal.ts';

/** Ways of writing an address that a guard and a router could read differently. */
const tricks: Record<string, (path: string) => string> = {
	'a slash more in front': (path) => `/${path}`,
	'a slash more inside': (path) => path.replace('/engagements/', '/engagements//'),
	'a slash more behind': (path) => `${path}/`,
	'an encoded slash': (path) => path.replace('/engagements/', '/engagements%2F'),
	'an encoded slash behind': (path) => `${path}%2F`,
	'an encoded backslash': (path) => path.replace('/engagements/', '/engagements%5C'),
	'a backslash': (path) => path.replace('/engagements/', '/engagements\\'),
	'a dot': (path) => path.replace('/engagements/', '/./engagements/'),
	'an encoded dot': (path) => path.replace('/engagements/', '/%2e/engagements/'),
	'a way up': (path) => path.replace('/api/', '/api/public/../'),
	'an encoded way up': (path) => path.replace('/api/', '/api/public/%2e%2e/'),
	'a half encoded way up': (path) => path.replace('/api/', '/api/public/.%2e/'),
	'an encoded way up with its slash': (path) => path.replace('/api/', '/api/public%2F..%2F'),
	'capital letters': (path) => path.toUpperCase(),
	'a capital letter': (path) => path.replace('/engagements/', '/Engagements/'),
	'an encoded letter': (path) => path.replace('/engagements/', '/%65ngagements/'),
	'a letter encoded twice': (path) => path.replace('/engagements/', '/%2565ngagements/'),
	'a parameter of the path': (path) => path.replace('/engagements/', '/engagements;a=b/'),
	'a parameter behind': (path) => `${path};x`,
	'an ending': (path) => `${path}.json`,
	'a dot behind': (path) => `${path}.`,
	'an encoded nothing': (path) => `${path}%00`,
	'an encoded space': (path) => `${path}%20`,
	'a query that names another method': (path) => `${path}?_method=GET&method=GET`,
	'wide letters': (path) => path.replace('/engagements/', '/ｅngagements/'),
};

const overrides = {
	'x-http-method-override': 'GET',
	'x-method-override': 'GET',
	'x-http-method': 'GET',
	'x-original-url': '/api/health',
	'x-rewrite-url': '/api/health',
};

describeOn('embedded', 'an address written otherwise', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let routes: ListedRoute[];
	let engagementId: string;
	let outsiders: [name: string, principal: Principal][];

	beforeAll(async () => {
		const { db } = getDatabase();
		sut = testApp(db);
		routes = listRoutes(sut).filter(({ path }) => path.includes(':engagementId'));
		({ engagementId } = await seedEngagement(db));
		const { engagementId: other } = await seedEngagement(db);
		const email = 'outsider@example.org';
		const id = await seedPerson(db, { engagementId: other, email, roles: ['administrator'] });
		outsiders = [
			['nobody', { type: 'public' }],
			[
				'a stranger',
				staff(
					id,
					other,
					staffRoles.filter((role) => role !== 'police_partner'),
				),
			],
			['the police partner', staff(id, engagementId, ['police_partner'])],
		];
	});

	async function ask(method: string, path: string, headers: Record<string, string> = {}) {
		const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(method);
		const response = await sut.app.request(`http://localhost${path}`, {
			method,
			headers: { ...headers, ...(!isRead && { 'content-type': 'application/json' }) },
			...(!isRead && { body: '{}' }),
		});
		return { status: response.status, text: await response.text() };
	}

	const addressOf = ({ path }: ListedRoute) => fillRoute(path, { engagementId });

	describe.each(Object.entries(tricks))('%s', (_name, trick) => {
		test('opens nothing to nobody, a stranger or the police partner', async () => {
			for (const [who, principal] of outsiders) {
				sut.signInAs(principal);
				for (const route of routes.filter(({ verb }) => verb !== 'engagement:read')) {
					const { status, text } = await ask(route.method, trick(addressOf(route)));
					expect([401, 403, 404], `${who}: ${route.name}`).toContain(status);
					expect(text, route.name).toMatch(/"code":"(sign_in_required|not_allowed|not_found)"/);
				}
			}
		});
	});

	test('a header that names another method or address changes nothing', async () => {
		for (const [who, principal] of outsiders) {
			sut.signInAs(principal);
			for (const route of routes) {
				const address = addressOf(route);
				const plain = await ask(route.method, address);
				expect(await ask(route.method, address, overrides), `${who}: ${route.name}`).toEqual(plain);
			}
		}
	});

	test('HEAD is let in and refused as GET is, and says nothing more', async () => {
		const everyone = staff(
			'p',
			engagementId,
			staffRoles.filter((role) => role !== 'police_partner'),
		);
		for (const principal of [...outsiders.map(([, each]) => each), everyone]) {
			sut.signInAs(principal);
			for (const route of routes.filter(({ method }) => method === 'GET')) {
				const address = addressOf(route);
				const { status } = await ask('GET', address);
				expect(await ask('HEAD', address), route.name).toEqual({ status, text: '' });
			}
		}
	});

	test.each(['OPTIONS', 'PROPFIND', 'PURGE', 'QUERY'])('%s finds nothing', async (method) => {
		sut.signInAs(staff('p', engagementId, ['administrator', 'data_steward', 'facilitator']));
		for (const route of routes) {
			expect((await ask(method, addressOf(route))).status, route.name).toBe(404);
		}
	});

	test('the addresses open to whoever may (the control)', async () => {
		sut.signInAs(staff('p', engagementId, ['administrator', 'data_steward']));
		expect((await ask('GET', `/api/engagements/${engagementId}/windows`)).status).toBe(200);
		expect(routes.length).toBeGreaterThan(100);
	});
});
