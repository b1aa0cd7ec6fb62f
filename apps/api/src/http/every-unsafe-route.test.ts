import { describe, expect, test } from 'vitest';
import { staff, testApp } from '../testing/test-app.ts';
import { databaseWithoutRows } from '../testing/without-rows.ts';

const ENGAGEMENT = '019aa000-0000-7000-8000-000000000001';
const ID = '019aa000-0000-7000-8000-00000000000f';
const OWN = 'http://localhost';

// What is refused here is refused before anything is looked up: there are no rows to find.
const sut = testApp(databaseWithoutRows());
sut.signInAs(staff(ID, ENGAGEMENT, ['administrator', 'data_steward', 'facilitator', 'coder']));

const unsafe = [
	...new Set(
		sut.app.routes
			.filter(({ path, method }) => !['/*', '/api/*'].includes(path) && method !== 'GET')
			.map(({ method, path }) => `${method === 'ALL' ? 'POST' : method} ${path}`),
	),
];

/** What a page of another site can make a victim's browser send, and what our own pages never do. */
const attacks: Record<string, Record<string, string>> = {
	'a cookie without an origin': { cookie: 'session=1', 'content-type': 'application/json' },
	'another origin': { origin: 'https://evil.example', 'content-type': 'application/json' },
	'no origin but "null"': { origin: 'null', 'content-type': 'application/json' },
	'our own name on another port': {
		origin: 'http://localhost:81',
		'content-type': 'application/json',
	},
	'another origin with text': { origin: 'https://evil.example', 'content-type': 'text/plain' },
	'another site, as the browser says': {
		'sec-fetch-site': 'cross-site',
		'content-type': 'application/json',
	},
	'a neighbour below the same name': {
		'sec-fetch-site': 'same-site',
		'content-type': 'application/json',
	},
	'text from here': { origin: OWN, 'content-type': 'text/plain' },
	'a form from here': { origin: OWN, 'content-type': 'application/x-www-form-urlencoded' },
	'no type from here': { origin: OWN, 'content-type': '' },
	'JSON inside another type': { origin: OWN, 'content-type': 'text/plain; application/json' },
};

async function send(route: string, headers: Record<string, string>) {
	const [method = '', path = ''] = route.split(' ');
	const address = path
		.replace(':engagementId', ENGAGEMENT)
		.replaceAll(/:\w+(\{[^}]*\})?\??/g, ID)
		.replace('*', 'x');
	const request = new Request(OWN + address, { method, headers, body: '{}' });
	if (headers['content-type'] === '') {
		request.headers.delete('content-type');
	}
	const response = await sut.app.request(request);
	return { status: response.status, headers: response.headers };
}

describe.each(unsafe)('%s', (route) => {
	test.each(Object.entries(attacks))('refuses %s', async (_, headers) => {
		const answer = await send(route, headers);

		expect([403, 415]).toContain(answer.status);
		expect(answer.headers.get('access-control-allow-origin')).toBeNull();
	});
});

test('the walk finds the unsafe routes, and our own requests get past this (the control)', async () => {
	expect(unsafe.length).toBeGreaterThan(60);
	const json = { origin: OWN, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
	const answers = await Promise.all(unsafe.map((route) => send(route, json)));
	const stopped = unsafe.filter((_, index) => [403, 415].includes(answers[index]?.status ?? 0));

	// Files and parts of recordings are no JSON; a role may still be missing.
	expect(stopped.length).toBeLessThan(unsafe.length / 3);
});
