import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { grantRole } from '@throughline/db/queries/engagement-role';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';

const EMAIL = 'wren@example.org';

describeOnBothDatabases('the session', (getDatabase) => {
	let sample: string;
	let real: string;

	beforeAll(async () => {
		const { db } = getDatabase();
		sample = (await seedEngagement(db, { isSynthetic: true })).engagementId;
		real = (await seedEngagement(db)).engagementId;
		await seedPerson(db, { engagementId: sample, email: EMAIL, roles: ['coder'] });
		await seedPerson(db, { engagementId: real, email: 'real@example.org', roles: ['coder'] });
		const both = await seedPerson(db, {
			engagementId: sample,
			email: 'both@example.org',
			roles: ['administrator'],
		});
		await grantRole(db, { engagementId: real, personId: both, role: 'coder' });
	});

	test('says who is signed in and where they may go', async () => {
		const sut = testApp(getDatabase().db);
		expect((await sut.send('GET', '/api/session')).status).toBe(401);
		sut.signInAs(staff('p', sample, ['coder', 'advisory_member']));

		expect((await sut.send('GET', '/api/session')).body).toMatchObject({
			person: { name: 'Test Person' },
			engagements: [
				{
					id: sample,
					title: 'Listening Year',
					isSynthetic: true,
					roles: ['coder', 'advisory_member'],
				},
			],
		});
	});

	describe('offers the people of the sample', () => {
		async function ask(request: {
			address?: string;
			host?: string;
			headers?: Record<string, string>;
			publicUrl?: string;
			method?: string;
		}) {
			const { address = '127.0.0.1', host = 'localhost:4310', headers = {} } = request;
			const { app } = testApp(getDatabase().db, {
				config: readConfig(
					request.publicUrl === undefined ? {} : { PUBLIC_URL: request.publicUrl },
					{ isSampleWanted: true },
				),
			});
			const init =
				request.method === 'POST'
					? {
							method: 'POST',
							body: JSON.stringify({ email: EMAIL }),
							headers: { 'content-type': 'application/json', ...headers },
						}
					: { headers };
			const path = request.method === 'POST' ? 'sample' : 'ways-in';
			const response = await app.request(`http://${host}/api/session/${path}`, init, {
				incoming: { socket: { remoteAddress: address } },
			});
			return { status: response.status, body: await response.text() };
		}

		test.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
			'to someone at this machine (%s)',
			async (address) => {
				const ways = await ask({ address });
				expect(ways.body).toContain(EMAIL);
				const link = await ask({ address, method: 'POST' });
				expect(link).toMatchObject({ status: 200, body: expect.stringContaining('/sign-in/link') });
			},
		);

		test('never with people who have a role in a real engagement', async () => {
			const { body } = await ask({});
			expect(body).not.toContain('real@example.org');
			expect(body).not.toContain('both@example.org');
		});

		test.each([
			['from the network', { address: '203.0.113.9' }],
			['from the local network', { address: '192.168.1.7' }],
			['from an address that only looks like loopback', { address: '::ffff:128.0.0.1' }],
			['by another name', { host: 'listen.example.org' }],
			['by an address of the network', { host: '192.168.1.2:4310' }],
			['with a public address', { publicUrl: 'https://listen.example.org' }],
			['passed on (X-Forwarded-For)', { headers: { 'x-forwarded-for': '127.0.0.1' } }],
			['passed on (X-Forwarded-Proto)', { headers: { 'x-forwarded-proto': 'https' } }],
			['passed on (Forwarded)', { headers: { forwarded: 'for=127.0.0.1' } }],
			['passed on (X-Real-IP)', { headers: { 'x-real-ip': '127.0.0.1' } }],
			['passed on (Via)', { headers: { via: '1.1 proxy' } }],
			['passed on (CF-Connecting-IP)', { headers: { 'cf-connecting-ip': '127.0.0.1' } }],
		])('not %s', async (_name, request) => {
			const ways = await ask(request);
			expect(ways.body).not.toContain(EMAIL);
			expect((await ask({ ...request, method: 'POST' })).status).toBe(404);
		});

		test('not without a connection to look at', async () => {
			const sut = testApp(getDatabase().db);
			expect((await sut.send('GET', '/api/session/ways-in')).body).toEqual({
				hasDistrictSignIn: false,
				hasMail: true,
				samplePeople: null,
			});
			expect((await sut.send('POST', '/api/session/sample', { email: EMAIL })).status).toBe(404);
		});
	});
});
