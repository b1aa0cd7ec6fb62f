import { describeOnBothDatabases } from '@throughline/db/testing';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { systemRandom } from '../system/random.ts';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { testApp } from '../testing/test-app.ts';
import { createSignIn } from './create-sign-in.ts';
import { type Claims, startIssuer } from './district-issuer.fixture.ts';

const EMAIL = 'ada@district.example.org';

describeOnBothDatabases('sign-in by the district’s OpenID Connect', (getDatabase) => {
	let issuer: Awaited<ReturnType<typeof startIssuer>>;
	let sut: ReturnType<typeof testApp>;

	beforeAll(async () => {
		const { db } = getDatabase();
		const { engagementId } = await seedEngagement(db);
		await seedPerson(db, { engagementId, email: EMAIL, roles: ['coder'] });
		issuer = await startIssuer('throughline');
		const config = readConfig(
			{
				PUBLIC_URL: 'http://localhost:4310',
				OIDC_ISSUER: issuer.issuer,
				OIDC_CLIENT_ID: 'throughline',
				OIDC_CLIENT_SECRET: 'secret',
			},
			{ isSampleWanted: false },
		);
		const shared = {
			db,
			config,
			clock: () => new Date(),
			random: systemRandom,
			log: pino({ level: 'silent' }),
			mailer: { isConfigured: true, send: async () => {} },
		};
		const keys = { sessionSecret: randomBytes(32) };
		const signIn = createSignIn({ ...shared, keys, origin: () => 'http://localhost:4310' });
		sut = testApp(db, { ...shared, signIn });
	});
	afterAll(() => {
		issuer.stop();
	});

	/** Goes to the issuer and back as this person; gives where that led and the cookies. */
	async function signInAs(claims: Claims) {
		const started = await sut.app.request('http://localhost:4310/api/auth/sign-in/district', {
			method: 'POST',
			headers: { origin: 'http://localhost:4310' },
		});
		expect(started.status).toBe(200);
		const { url } = z.object({ url: z.url() }).parse(await started.json());
		const authorization = new URL(url);
		issuer.willSignIn(claims, authorization);
		const cookie = started.headers
			.getSetCookie()
			.map((line) => line.split(';', 1)[0])
			.join('; ');
		const state = authorization.searchParams.get('state') ?? '';
		const back = await sut.app.request(
			`http://localhost:4310/api/auth/callback/district?code=any&state=${state}`,
			{ headers: { cookie } },
		);
		const session = back.headers
			.getSetCookie()
			.find((line) => /^throughline_session=[^;]/.test(line));
		return { authorization, location: back.headers.get('location') ?? '', session };
	}

	test('lets in who was invited, and asks the issuer properly', async () => {
		const claims = { sub: 'u1', email: EMAIL.toUpperCase(), email_verified: true, name: 'Ada' };
		const { authorization, location, session } = await signInAs(claims);

		expect(authorization.origin).toBe(issuer.issuer);
		expect(Object.fromEntries(authorization.searchParams)).toMatchObject({
			client_id: 'throughline',
			response_type: 'code',
			redirect_uri: 'http://localhost:4310/api/auth/callback/district',
			code_challenge_method: 'S256',
			scope: expect.stringContaining('openid'),
		});
		expect(location).toBe('/team');
		const headers = new Headers({ cookie: session?.split(';', 1)[0] ?? '' });
		expect(await sut.deps.signIn.principalOf(headers)).toMatchObject({
			type: 'staff',
			email: EMAIL,
			grants: [{ role: 'coder' }],
		});
	});

	test('keeps no token of the issuer', async () => {
		await signInAs({ sub: 'u1', email: EMAIL, email_verified: true });
		const accounts = await getDatabase().db.selectFrom('auth_account').selectAll().execute();
		expect(accounts).toMatchObject([{ account_id: 'u1', provider_id: 'district' }]);
		expect(JSON.stringify(accounts)).not.toMatch(/secret|eyJ/);
	});

	test.each([
		['nobody invited', { sub: 'u2', email: 'eve@district.example.org', email_verified: true }],
		['whose address the issuer does not vouch for', { sub: 'u3', email: EMAIL }],
		[
			'with a token for another program',
			{ sub: 'u1', email: EMAIL, email_verified: true, aud: 'other' },
		],
		[
			'with a token of another sign-in',
			{ sub: 'u1', email: EMAIL, email_verified: true, nonce: 'x' },
		],
		['with a forged token', { sub: 'u1', email: EMAIL, email_verified: true, isForged: true }],
	])('turns away one %s', async (_name, claims: Claims) => {
		const { location, session } = await signInAs(claims);
		expect(location).toMatch(/^\/sign-in\?refused=1/);
		expect(session).toBeUndefined();
		const people = await getDatabase()
			.db.selectFrom('person')
			.select('email')
			.where('email', 'like', '%district.example.org')
			.execute();
		expect(people).toEqual([{ email: EMAIL }]);
	});

	test('refuses an answer nobody asked for', async () => {
		const back = await sut.app.request(
			'http://localhost:4310/api/auth/callback/district?code=any&state=made-up',
		);
		expect(back.headers.getSetCookie().join()).not.toMatch(/throughline_session=[^;]/);
		expect(back.headers.get('location')).toMatch(/^\/sign-in\?refused=1/);
	});
});
