import type { Schema } from '@throughline/db/schema';
import {
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
} from 'kysely';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { systemRandom } from '../system/random.ts';
import { createSignIn } from './create-sign-in.ts';

/** A database server that went away. */
class BrokenDriver extends DummyDriver {
	override acquireConnection(): Promise<never> {
		return Promise.reject(new Error('connect ECONNREFUSED'));
	}
}

test('a database that does not answer is not blamed on the link', async () => {
	const signIn = createSignIn({
		db: new Kysely<Schema>({
			dialect: {
				createAdapter: () => new PostgresAdapter(),
				createDriver: () => new BrokenDriver(),
				createIntrospector: (db) => new PostgresIntrospector(db),
				createQueryCompiler: () => new PostgresQueryCompiler(),
			},
		}),
		config: readConfig({}, { isSampleWanted: false }),
		clock: () => new Date(),
		random: systemRandom,
		log: pino({ level: 'silent' }),
		mailer: { isConfigured: false, send: async () => undefined },
		keys: { sessionSecret: randomBytes(32) },
		origin: () => 'http://localhost',
	});
	const pressed = signIn.handle(
		new Request('http://localhost/api/auth/magic-link/verify', {
			method: 'POST',
			body: JSON.stringify({ token: 'some-token' }),
			headers: { 'content-type': 'application/json' },
		}),
	);
	await expect(pressed).rejects.not.toMatchObject({ code: 'link_used_up' });
	await expect(pressed).rejects.toThrow();
});
