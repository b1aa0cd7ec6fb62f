import { resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const text = z.string().trim().min(1);
const seconds = z.coerce.number().min(0).max(300);

/** Every setting, with the words docs/self-hosting.md shows; a test keeps the two together. */
export const settings = {
	PORT: port.default(4310).describe('The port web and API are served on. 0 picks a free one.'),
	HOST: text
		.default('127.0.0.1')
		.describe('The address to listen on. Set 0.0.0.0 behind a reverse proxy or in a container.'),
	DATA_DIR: text.default('data').describe('The folder of the embedded database, keys and backups.'),
	KEY_COPY_DIR: text
		.optional()
		.describe(
			'Where the second copy of every key lies: another disk, in no backup. DATA_DIR/keys-copy when unset.',
		),
	BACKUP_PASSPHRASE_FILE: text
		.optional()
		.describe(
			'A file whose first line is the passphrase of backups. With it every backup the server makes is encrypted, and `backup --encrypt` and `restore` can be used.',
		),
	RETENTION_FILE: text
		.optional()
		.describe(
			'A JSON file with the district’s own days of the retention schedule, e.g. {"codes": {"days": 60, "basis": "schedule 12.4"}} (docs/privacy.md).',
		),
	DATABASE_URL: text
		.regex(/^(?:postgres(?:ql)?|socket):/)
		.optional()
		.describe('A PostgreSQL server, e.g. postgres://user@host/throughline. Embedded when unset.'),
	PUBLIC_URL: z
		.url({ protocol: /^https?$/ })
		.optional()
		.describe('The address people type, e.g. https://listen.example.org. Loopback when unset.'),
	SMTP_URL: text
		.optional()
		.describe('Mail server for sign-in links, e.g. smtps://user:password@mail.example.org.'),
	MAIL_FROM: text
		.default('Throughline <throughline@localhost>')
		.describe('The sender of sign-in mail.'),
	AUDIT_DIGEST_TO: z
		.email()
		.optional()
		.describe(
			'Who gets the daily digest of the record of what staff did by mail; someone outside the team.',
		),
	SECOND_FACTOR_IN_SAMPLE: z
		.enum(['0', '1'])
		.default('0')
		.describe(
			'1 asks for a second factor in the sample as well. Everywhere else it is always asked for.',
		),
	OIDC_ISSUER: z.url().optional().describe('OpenID Connect issuer of the district’s sign-in.'),
	OIDC_CLIENT_ID: text.optional().describe('Client id at the issuer.'),
	OIDC_CLIENT_SECRET: text.optional().describe('Client secret at the issuer.'),
	FFMPEG_PATH: text
		.default('ffmpeg')
		.describe(
			'The program that stitches recordings, by name or path. Without one they play as they came.',
		),
	MAX_RECORDING_MB: z.coerce
		.number()
		.int()
		.min(1)
		.max(10_000)
		.default(1000)
		.describe('The largest recording that is taken, in megabytes. An hour of ours is about 15.'),
	TRANSCRIBE_COMMAND: text
		.optional()
		.describe(
			'A program of this machine that turns speech into text: it is run by the shell with the path of a sound file behind it and prints WebVTT on stdout (docs/transcripts-editing.md).',
		),
	TRANSCRIBE_MINUTES: z.coerce
		.number()
		.int()
		.min(1)
		.max(1440)
		.default(240)
		.describe('How long TRANSCRIBE_COMMAND may take over one recording.'),
	LOG_LEVEL: z
		.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
		.default('warn')
		.describe('How much is logged. No level logs answers, codes or addresses.'),
	ALLOW_EMBEDDED_STUDENT_SURVEYS: z
		.enum(['0', '1'])
		.default('0')
		.describe(
			'1 lets windows open for real students without a PostgreSQL server. The sample needs none.',
		),
	DATABASE_POOL: z.coerce
		.number()
		.int()
		.min(1)
		.max(100)
		.default(10)
		.describe('Connections to a PostgreSQL server.'),
	STOP_NOTICE_SECONDS: seconds
		.default(2)
		.describe(
			'For how long after SIGTERM `/api/health` says 503 while everything is still served: longer than a load balancer takes to notice. 0 without one.',
		),
	STOP_DRAIN_SECONDS: seconds
		.default(6)
		.describe(
			'For how long requests that are under way may go on after that, before they are cut off.',
		),
} as const;

const schema = z.object(settings);

export type Config = z.output<typeof schema> & { isSampleWanted: boolean };

/**
 * Reads the settings once. Empty strings count as unset.
 * @throws Error naming each wrong setting and what it takes.
 */
export function readConfig(
	env: Record<string, string | undefined>,
	options: { isSampleWanted: boolean },
): Config {
	const given = Object.fromEntries(
		Object.entries(env).filter(([key, value]) => key in settings && value !== ''),
	);
	const parsed = schema.safeParse(given);
	if (!parsed.success) {
		const lines = parsed.error.issues.map(({ path }) => problemWith(String(path[0]), given));
		throw new Error(`These settings cannot be used:\n${[...new Set(lines)].join('\n')}`);
	}
	const lacking = lackingForSignIn(parsed.data);
	if (lacking.length > 0) {
		throw new Error(
			`The district’s sign-in is set up in part: ${lacking.join(' and ')} must be set as well (docs/self-hosting.md). Set everything, or none of OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.`,
		);
	}
	return { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR), ...options };
}

/** What sign-in by the district's issuer needs and is not set, if any of it is. */
function lackingForSignIn(given: z.output<typeof schema>): string[] {
	const isWanted = given.OIDC_ISSUER ?? given.OIDC_CLIENT_ID ?? given.OIDC_CLIENT_SECRET;
	const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'PUBLIC_URL'] as const;
	return isWanted === undefined ? [] : needed.filter((name) => given[name] === undefined);
}

/** As in 'PORT=abc: The port web and API are served on.' */
function problemWith(name: string, given: Record<string, string | undefined>): string {
	const setting = Object.entries(settings).find(([key]) => key === name)?.[1];
	// Passwords stand in some of them.
	const value = name.endsWith('_URL') || name.endsWith('_SECRET') ? '…' : (given[name] ?? '');
	return `  ${name}=${value}: ${setting?.description ?? 'There is no such setting.'}`;
}

/** Where the database is: a server if DATABASE_URL is set, the data folder otherwise. */
export function databaseOf(
	config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>,
): { dataDir: string } | { databaseUrl: string } {
	return config.DATABASE_URL === undefined
		? { dataDir: config.DATA_DIR }
		: { databaseUrl: config.DATABASE_URL };
}

/** The address people reach this server by. */
export function addressOf(config: Pick<Config, 'PUBLIC_URL'>, port: number): string {
	return config.PUBLIC_URL === undefined
		? `http://localhost:${port}`
		: new URL(config.PUBLIC_URL).origin;
}
