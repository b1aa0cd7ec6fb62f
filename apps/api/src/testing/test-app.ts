import { randomBytes } from 'node:crypto';
import { createBallots } from '@throughline/db/queries/gathered-ballots';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import { createBackups } from '../backup/backup-status.ts';
import { createSuggestions } from '../coding/suggestions.ts';
import { readConfig } from '../config.ts';
import type { Deps, Keys } from '../deps.ts';
import type { Principal } from '../policies/principal.ts';
import { createRecordings } from '../recordings/recordings.ts';
import { systemRandom } from '../system/random.ts';

/** The real app over a real database; only time, mail and who is signed in are set by the test. */
export function testApp(db: Kysely<Schema>, overrides: Partial<Deps> = {}) {
	const sent: { to: string; subject: string; text: string }[] = [];
	let principal: Principal = { type: 'public' };
	let now = new Date('2026-01-15T12:00:00Z');
	const config =
		overrides.config ??
		readConfig(
			{ LOG_LEVEL: 'silent', ALLOW_EMBEDDED_STUDENT_SURVEYS: '1' },
			{ isSampleWanted: false },
		);
	const deps: Deps = {
		db,
		ballots: createBallots(db),
		config,
		clock: () => now,
		random: systemRandom,
		keys: memoryKeys(),
		mailer: {
			isConfigured: true,
			send: async (message) => {
				sent.push(message);
			},
		},
		signIn: {
			principalOf: async () => principal,
			handle: async () => new Response(null, { status: 404 }),
			makeLink: async (email) => `http://localhost/sign-in/link?token=${email}`,
			newSessionToken: async () => ({ token: systemRandom.uuid4(), cookie: 'session=new' }),
		},
		suggestions: createSuggestions({ db, log: pino({ level: 'silent' }) }),
		recordings: createRecordings({ db, config, log: pino({ level: 'silent' }) }),
		backups: createBackups({ config, clock: () => now }),
		log: pino({ level: 'silent' }),
		makeDurable: () => Promise.resolve(),
		...overrides,
	};
	const app = createApp(deps);
	return {
		app,
		deps,
		sent,
		/** Acts as this principal from now on. */
		signInAs(next: Principal) {
			principal = next;
		},
		/** Sets the time. */
		travelTo(time: string) {
			now = new Date(time);
		},
		/** Sends JSON and gives the status and the parsed body. */
		async send(method: string, path: string, body?: unknown) {
			const response = await app.request(path, {
				method,
				...(body !== undefined && {
					body: JSON.stringify(body),
					headers: { 'content-type': 'application/json' },
				}),
			});
			const text = await response.text();
			const parsed: unknown = text === '' ? null : JSON.parse(text);
			return { status: response.status, body: parsed, headers: response.headers };
		},
	};
}

/** A staff principal with the given roles in one engagement. */
export function staff(
	personId: string,
	engagementId: string,
	roles: Extract<Principal, { type: 'staff' }>['grants'][number]['role'][],
): Principal {
	return {
		type: 'staff',
		personId,
		email: `${personId}@example.org`,
		name: 'Test Person',
		sessionId: personId,
		grants: roles.map((role) => ({ engagementId, role, siteId: null, isTrial: false })),
		assurance: { secondFactor: 'proved', isFresh: true },
	};
}

function memoryKeys(): Keys {
	const epochKeys = new Map<string, Buffer>();
	return {
		pepper: randomBytes(32),
		safety: randomBytes(32),
		sessionSecret: randomBytes(32),
		epochKey: async (windowId, epoch, isRight) => {
			const key = epochKeys.get(`${windowId}:${epoch}`);
			return key && isRight(key) ? key : null;
		},
		makeEpochKey: async (windowId, epoch) => {
			const name = `${windowId}:${epoch}`;
			const key = epochKeys.get(name) ?? randomBytes(32);
			epochKeys.set(name, key);
			return key;
		},
		destroyEpochKey: async (windowId, epoch) => {
			epochKeys.delete(`${windowId}:${epoch}`);
		},
	};
}
