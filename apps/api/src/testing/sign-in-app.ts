import { base32 } from '@better-auth/utils/base32';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import type { Principal } from '../policies/principal.ts';
import { createSignIn } from '../sign-in/create-sign-in.ts';
import { codeAt, stepOf } from '../sign-in/second-factor/totp.ts';
import { systemRandom } from '../system/random.ts';
import { testApp } from './test-app.ts';

/**
 * The app with its real sign-in and a clock that can be moved; sessions begin at the real time, so
 * time only moves on from there.
 */
export function signInApp(db: Kysely<Schema>, env: Record<string, string> = {}) {
	let offset = 0;
	const config = readConfig(env, { isSampleWanted: false });
	const origin = config.PUBLIC_URL ?? 'http://localhost';
	const shared = {
		db,
		config,
		clock: () => new Date(Date.now() + offset),
		random: systemRandom,
		log: pino({ level: 'silent' }),
		mailer: { isConfigured: true, send: async () => {} },
	};
	const signIn = createSignIn({
		...shared,
		keys: { sessionSecret: randomBytes(32) },
		origin: () => origin,
	});
	const { app } = testApp(db, { ...shared, signIn });

	async function send(method: string, path: string, options: { cookie: string; body?: unknown }) {
		const response = await app.request(`/api/${path}`, {
			method,
			headers: {
				cookie: options.cookie,
				origin,
				'content-type': 'application/json',
			},
			...(method !== 'GET' && { body: JSON.stringify(options.body ?? {}) }),
		});
		const text = await response.text();
		const [cookie] = response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
		const body: unknown = text === '' ? null : JSON.parse(text);
		return { status: response.status, body, cookie: cookie ?? null };
	}

	return {
		app,
		signIn,
		send,
		now: shared.clock,
		/** Moves the time on. */
		wait(minutes: number) {
			offset += minutes * 60_000;
		},
		/** Signs in by a link and gives the cookie. */
		async enter(email: string): Promise<string> {
			const token = new URL(await signIn.makeLink(email, {})).searchParams.get('token');
			const { cookie } = await send('POST', 'auth/magic-link/verify', {
				cookie: '',
				body: { token },
			});
			return cookie ?? '';
		},
		async principal(cookie: string): Promise<Principal> {
			return await signIn.principalOf(new Headers({ cookie }));
		},
		/** Sets up a second factor, as an app does, and gives the session's new cookie. */
		async enrol(cookie: string) {
			const begun = await send('POST', 'session/second-factor/key', { cookie });
			const { secret } = begun.body as { secret: string };
			const codeNow = () => codeAt(base32.decode(secret), stepOf(shared.clock()));
			const usedCode = await codeNow();
			const body = { code: usedCode };
			const done = await send('POST', 'session/second-factor', { cookie, body });
			const { recoveryCodes } = done.body as { recoveryCodes: string[] };
			const { status } = done;
			return { cookie: done.cookie ?? '', status, usedCode, codeNow, recoveryCodes, secret };
		},
		async prove(cookie: string, code: string) {
			return await send('POST', 'session/second-factor/proof', { cookie, body: { code } });
		},
	};
}
