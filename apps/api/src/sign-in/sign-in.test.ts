import { createInvitation } from '@throughline/db/queries/invitation';
import { ensurePerson } from '@throughline/db/queries/person';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { systemRandom } from '../system/random.ts';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { testApp } from '../testing/test-app.ts';
import { createSignIn } from './create-sign-in.ts';

const EMAIL = 'ada@example.org';

describeOnBothDatabases('staff sign-in', (getDatabase) => {
	let engagementId: string;
	let offset: number;
	let sut: ReturnType<typeof start>;

	function start(env: Record<string, string> = {}) {
		const sent: { to: string; subject: string; text: string }[] = [];
		const config = readConfig(env, { isSampleWanted: false });
		const shared = {
			db: getDatabase().db,
			config,
			clock: () => new Date(Date.now() + offset),
			random: systemRandom,
			log: pino({ level: 'silent' }),
			mailer: {
				isConfigured: true,
				send: async (message: (typeof sent)[number]) => {
					sent.push(message);
				},
			},
		};
		const signIn = createSignIn({
			...shared,
			keys: { sessionSecret: randomBytes(32) },
			origin: () => config.PUBLIC_URL ?? 'http://localhost',
		});
		const { app } = testApp(shared.db, { ...shared, signIn });
		async function post(path: string, body: unknown, cookie?: string) {
			return await app.request(`/api/auth/${path}`, {
				method: 'POST',
				body: JSON.stringify(body),
				headers: {
					'content-type': 'application/json',
					// As browsers do; the app refuses a cookie without it.
					...(cookie && { cookie, origin: 'http://localhost' }),
				},
			});
		}
		return {
			signIn,
			app,
			sent,
			post,
			/** Asks for a link and gives the token in the mail, or undefined without a mail. */
			async askForToken(email: string) {
				const before = sent.length;
				const response = await post('sign-in/magic-link', { email });
				expect(response.status).toBe(200);
				await signIn.settled();
				return /token=([\w-]+)/.exec(sent[before]?.text ?? '')?.[1];
			},
			/** Signs in by a link and gives the cookie. */
			async enter(email: string) {
				const token = await this.askForToken(email);
				const response = await post('magic-link/verify', { token });
				expect(response.status).toBe(200);
				return cookieOf(response);
			},
			principal: (cookie: string) => signIn.principalOf(new Headers({ cookie })),
		};
	}

	beforeAll(async () => {
		({ engagementId } = await seedEngagement(getDatabase().db));
		await seedPerson(getDatabase().db, { engagementId, email: EMAIL, roles: ['administrator'] });
	});
	beforeEach(() => {
		offset = 0;
		sut = start();
	});

	test('a link signs its person in, with the roles they hold', async () => {
		const cookie = await sut.enter(EMAIL.toUpperCase());

		expect(await sut.principal(cookie)).toMatchObject({
			type: 'staff',
			email: EMAIL,
			grants: [{ engagementId, role: 'administrator', siteId: null }],
		});
		expect(await sut.principal('')).toEqual({ type: 'public' });
		expect(await sut.principal('throughline_session=forged.forged')).toEqual({ type: 'public' });
	});

	test('nothing about the device is kept', async () => {
		const token = await sut.askForToken(EMAIL);
		await sut.app.request('/api/auth/magic-link/verify', {
			method: 'POST',
			body: JSON.stringify({ token }),
			headers: {
				'content-type': 'application/json',
				'user-agent': 'Chromebook 7',
				'x-forwarded-for': '203.0.113.9',
			},
		});

		const sessions = await getDatabase().db.selectFrom('auth_session').selectAll().execute();
		expect(sessions.length).toBeGreaterThan(0);
		expect(JSON.stringify(sessions)).not.toMatch(/Chromebook|203\.0/);
	});

	test('the stored link cannot be used: only its hash is kept', async () => {
		const token = await sut.askForToken(EMAIL);
		const rows = await getDatabase().db.selectFrom('auth_verification').selectAll().execute();
		expect(rows.length).toBeGreaterThan(0);
		expect(JSON.stringify(rows)).not.toContain(token);
	});

	test('a link works once, also when it is used twice at the same time', async () => {
		const token = await sut.askForToken(EMAIL);
		const answers = await Promise.all([
			sut.post('magic-link/verify', { token }),
			sut.post('magic-link/verify', { token }),
			sut.post('magic-link/verify', { token }),
		]);
		const statuses = answers.map((answer) => answer.status).sort();

		expect(statuses).toEqual([200, 410, 410]);
		const again = await sut.post('magic-link/verify', { token });
		expect(await again.json()).toMatchObject({ error: { code: 'link_used_up' } });
	});

	test('opening a link, as a preview does, does not use it up', async () => {
		const token = await sut.askForToken(EMAIL);
		for (const path of [
			`/api/auth/magic-link/verify?token=${token}`,
			`/api/auth/magic-link/verify?token=${token}&callbackURL=/team`,
		]) {
			const opened = await sut.app.request(path);
			expect(opened.status).toBe(404);
			expect(opened.headers.getSetCookie()).toEqual([]);
		}
		expect((await sut.post('magic-link/verify', { token })).status).toBe(200);
	});

	test('an unknown address gets the same answer as a known one, and no mail', async () => {
		const known = await sut.post('sign-in/magic-link', { email: EMAIL });
		const unknown = await sut.post('sign-in/magic-link', { email: 'nobody@example.org' });
		await sut.signIn.settled();

		expect(unknown.status).toBe(known.status);
		expect(await unknown.text()).toBe(await known.text());
		expect([...unknown.headers]).toEqual([...known.headers]);
		expect(sut.sent.map((mail) => mail.to)).toEqual([EMAIL]);
	});

	test('links are limited per account, never per address of the network', async () => {
		const email = 'grace@example.org';
		await seedPerson(getDatabase().db, { engagementId, email, roles: ['coder'] });
		const statuses = [];
		for (let i = 0; i < 7; i += 1) {
			statuses.push((await sut.post('sign-in/magic-link', { email })).status);
		}
		await sut.signIn.settled();

		expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
		expect(sut.sent).toHaveLength(5);
		expect(await sut.askForToken(EMAIL)).toBeDefined();
		offset = 16 * 60 * 1000;
		expect(await sut.askForToken(email)).toBeDefined();
	});

	test('a session ends after 30 minutes without a request', async () => {
		const cookie = await sut.enter(EMAIL);
		for (const minutes of [20, 45, 70]) {
			offset = minutes * 60_000;
			expect((await sut.principal(cookie)).type).toBe('staff');
		}
		offset = 101 * 60_000;
		expect((await sut.principal(cookie)).type).toBe('public');
		offset = 71 * 60_000;
		expect((await sut.principal(cookie)).type).toBe('public');
	});

	test('a session ends after 8 hours, however busy', async () => {
		const cookie = await sut.enter(EMAIL);
		for (let minutes = 20; minutes < 8 * 60; minutes += 20) {
			offset = minutes * 60_000;
			expect((await sut.principal(cookie)).type).toBe('staff');
		}
		offset = 8 * 60 * 60_000 + 1000;
		expect((await sut.principal(cookie)).type).toBe('public');
	});

	test('signing out ends the session at once', async () => {
		const cookie = await sut.enter(EMAIL);
		const response = await sut.post('sign-out', {}, cookie);

		expect(response.status).toBe(200);
		expect(response.headers.getSetCookie().join()).toMatch(/throughline_session=;.*Max-Age=0/i);
		expect((await sut.principal(cookie)).type).toBe('public');
	});

	test('a role that has ended, or was taken away, is gone with the next request', async () => {
		const email = 'finite@example.org';
		const { db } = getDatabase();
		const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago' });
		const endsOn = today.format(new Date());
		const id = await seedPerson(db, { engagementId, email, roles: ['coder'], endsOn });
		const cookie = await sut.enter(email);
		expect(await sut.principal(cookie)).toMatchObject({ grants: [{ role: 'coder' }] });

		await db
			.updateTable('engagement_role')
			.set({ ends_on: '2020-01-01' })
			.where('person_id', '=', id)
			.execute();
		expect(await sut.principal(cookie)).toMatchObject({ type: 'staff', grants: [] });
	});

	describe('nobody signs up', () => {
		const email = 'stranger@example.org';

		test.each([
			['POST', 'sign-up/email', { email, password: 'a-long-password', name: 'S' }],
			['POST', 'sign-in/email', { email, password: 'a-long-password' }],
			['POST', 'sign-in/social', { provider: 'google', callbackURL: '/' }],
			['POST', 'sign-in/anonymous', {}],
			['POST', 'sign-in/district', {}],
			['POST', 'sign-in/email-otp', { email, otp: '123456' }],
			['POST', 'request-password-reset', { email }],
			['POST', 'reset-password', { token: 'x', newPassword: 'a-long-password' }],
			['POST', 'set-password', { newPassword: 'a-long-password' }],
			['POST', 'change-email', { newEmail: email }],
			['POST', 'update-user', { name: 'X' }],
			['POST', 'link-social', { provider: 'google' }],
			['POST', 'verify-email', {}],
			['POST', 'send-verification-email', { email }],
			['GET', 'get-session', undefined],
			['GET', 'list-sessions', undefined],
			['GET', 'callback/google?code=1&state=2', undefined],
			['GET', 'callback/district?code=1&state=2', undefined],
			['GET', 'magic-link/verify?token=x', undefined],
			['GET', 'ok', undefined],
			['GET', 'error', undefined],
			['POST', 'sign-in/magic-link/', { email }],
			['POST', '../auth/sign-up/email', { email, password: 'a-long-password', name: 'S' }],
		])('by %s %s', async (method, path, body) => {
			const response = await sut.app.request(`http://localhost/api/auth/${path}`, {
				method,
				...(body && { body: JSON.stringify(body) }),
				headers: { 'content-type': 'application/json' },
			});

			expect(response.status).toBe(404);
			expect(response.headers.getSetCookie()).toEqual([]);
			expect(await personWith(email)).toBeUndefined();
		});

		test('by asking for a link before being invited', async () => {
			expect(await sut.askForToken(email)).toBeUndefined();
			expect(await personWith(email)).toBeUndefined();
		});

		test('by a link made out to an address nobody was invited at', async () => {
			const link = await sut.signIn.makeLink(email, {});
			const token = new URL(link).searchParams.get('token');
			const response = await sut.post('magic-link/verify', { token });
			expect(response.status).toBe(403);
			expect(await response.json()).toMatchObject({ error: { code: 'not_invited' } });
			expect(await personWith(email)).toBeUndefined();
		});

		test('by being a person without any role', async () => {
			const former = 'former@example.org';
			const { db } = getDatabase();
			await seedPerson(db, { engagementId, email: former, roles: [] });
			const link = await sut.signIn.makeLink(former, {});
			const token = new URL(link).searchParams.get('token');

			expect(await sut.askForToken(former)).toBeUndefined();
			const response = await sut.post('magic-link/verify', { token });
			expect(response.status).toBe(403);
			expect(response.headers.getSetCookie()).toEqual([]);
		});

		async function personWith(address: string) {
			return await getDatabase()
				.db.selectFrom('person')
				.select('id')
				.where('email', '=', address)
				.executeTakeFirst();
		}
	});

	describe('an invitation', () => {
		test('is accepted by the first sign-in and gives the role', async () => {
			const email = 'invited@example.org';
			await invite(email, 60_000);
			const cookie = await sut.enter(email);

			expect(await sut.principal(cookie)).toMatchObject({
				grants: [{ engagementId, role: 'data_steward' }],
			});
			const audit = await getDatabase()
				.db.selectFrom('audit_entry')
				.select('action')
				.where('action', '=', 'invitation.accepted')
				.execute();
			expect(audit).toHaveLength(1);
		});

		test('that has run out lets nobody in', async () => {
			const email = 'too-late@example.org';
			await invite(email, -1000);
			expect(await sut.askForToken(email)).toBeUndefined();
		});

		async function invite(email: string, expiresInMs: number) {
			const { db } = getDatabase();
			await ensurePerson(db, { id: systemRandom.uuid7(), email, name: 'New' });
			await createInvitation(db, {
				engagementId,
				id: systemRandom.uuid7(),
				email,
				name: 'New',
				role: 'data_steward',
				invitedBy: null,
				expiresAt: new Date(Date.now() + expiresInMs),
			});
		}
	});

	test('a link for printing lives as long as it is told to', async () => {
		await sut.signIn.makeLink(EMAIL, { minutes: 600 });
		const row = await getDatabase()
			.db.selectFrom('auth_verification')
			.select('expires_at')
			.orderBy('expires_at', 'desc')
			.executeTakeFirstOrThrow();
		const minutes = (row.expires_at.getTime() - Date.now()) / 60_000;
		expect(minutes).toBeGreaterThan(598);
		expect(minutes).toBeLessThan(601);
	});

	test('a link whose time has run out signs nobody in', async () => {
		const link = await sut.signIn.makeLink(EMAIL, { minutes: -1 });
		const token = new URL(link).searchParams.get('token');
		const response = await sut.post('magic-link/verify', { token });
		expect(response.headers.getSetCookie()).toEqual([]);
		expect(response.status).toBe(410);
		expect(await response.json()).toMatchObject({ error: { code: 'link_used_up' } });
	});

	test('the cookie is bound to this host and secure on https', async () => {
		const secure = start({ PUBLIC_URL: 'https://listen.example.org' });
		const token = await secure.askForToken(EMAIL);
		const cookie = (await secure.post('magic-link/verify', { token })).headers.getSetCookie();

		expect(cookie.join()).toMatch(
			/^__Host-throughline=[^;]+; Max-Age=28800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
		);
		expect(secure.sent[0]?.text).toContain('https://listen.example.org/sign-in/link?token=');
	});

	test('another site cannot sign anyone in or out', async () => {
		const response = await sut.app.request('http://localhost/api/auth/sign-out', {
			method: 'POST',
			headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
		});
		expect(response.status).toBe(403);
	});

	test('an address that is none is refused at its field', async () => {
		const response = await sut.post('sign-in/magic-link', { email: 'no address' });
		expect(response.status).toBe(422);
		expect(await response.json()).toMatchObject({
			error: { code: 'invalid_input', fields: { email: expect.stringContaining('e-mail') } },
		});
	});
});

function cookieOf(response: Response): string {
	return response.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';', 1)[0])
		.join('; ');
}
