import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const read = (env: Record<string, string>) => () => readConfig(env, { isSampleWanted: false });

test('every wrong setting is named with what it takes, and no password', () => {
	const wrong = read({ PORT: 'abc', PUBLIC_URL: 'ftp://me:secret@example.org', LOG_LEVEL: 'loud' });
	expect(wrong).toThrow(/PORT=abc: The port/);
	expect(wrong).toThrow(/PUBLIC_URL=…: The address people type/);
	expect(wrong).toThrow(/LOG_LEVEL=loud/);
	expect(wrong).not.toThrow(/secret/);
});

test.each(['localhost/throughline', 'mysql://ada:secret@db/throughline', 'throughline'])(
	'a database that is no address of a PostgreSQL server is named, without what it holds: %s',
	(url) => {
		const wrong = read({ DATABASE_URL: url });
		expect(wrong).toThrow(/DATABASE_URL=…: A PostgreSQL server, e.g. postgres:/);
		expect(wrong).not.toThrow(/secret/);
		expect(read({ DATABASE_URL: 'postgresql:///throughline?host=/run/postgresql' })).not.toThrow();
	},
);

test.each([
	[{ OIDC_ISSUER: 'https://id.example.org' }, 'OIDC_CLIENT_ID and PUBLIC_URL must be set'],
	[{ OIDC_CLIENT_SECRET: 's' }, 'OIDC_ISSUER and OIDC_CLIENT_ID and PUBLIC_URL must be set'],
	[
		{ OIDC_ISSUER: 'https://id.example.org', OIDC_CLIENT_ID: 'throughline' },
		'PUBLIC_URL must be set',
	],
])('a district’s sign-in that is set up in part is named: %j', (env, words) => {
	expect(read(env)).toThrow(words);
});

test('nothing set, and all of it set, are fine', () => {
	expect(read({ OIDC_ISSUER: '' })).not.toThrow();
	const all = {
		OIDC_ISSUER: 'https://id.example.org',
		OIDC_CLIENT_ID: 'throughline',
		PUBLIC_URL: 'https://listen.example.org',
	};
	expect(read(all)).not.toThrow();
});
