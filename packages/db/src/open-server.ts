import type pg from 'pg';
import { DatabaseOpenError, briefly } from './open-error.ts';

/**
 * The first safe minor of each major: older ones have known holes.
 * https://www.postgresql.org/support/security/
 */
const LEAST_MINORS: ReadonlyMap<number, number> = new Map([
	[15, 14],
	[16, 10],
	[17, 6],
	[18, 0],
]);
const LEAST_MAJOR = 15;

/** Settings without which a commit may be lost, or a page torn, when the power fails. */
const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;
/** Settings that have the server write down statements, their values, or rows that it refused. */
const LOGGING = [
	'log_error_verbosity',
	'log_statement',
	'log_min_duration_statement',
	'log_min_duration_sample',
	'log_transaction_sample_rate',
	'log_parameter_max_length_on_error',
] as const;
const QUIET: Record<(typeof LOGGING)[number], string> = {
	log_error_verbosity: 'terse',
	log_statement: 'none',
	log_min_duration_statement: '-1',
	log_min_duration_sample: '-1',
	log_transaction_sample_rate: '0',
	log_parameter_max_length_on_error: '0',
};
/** What `synchronous_commit` may be: all of these wait for this server's own disk. */
const WAITS_FOR_DISK = ['on', 'local', 'remote_write', 'remote_apply'];

/**
 * Asks the server who it is; refuses one that does not answer, is too old, or may forget what it has
 * acknowledged.
 * @param options.isDurabilityChecked false for throw-away servers of tests, which run without fsync.
 */
export async function checkServer(
	pool: pg.Pool,
	options: { isDurabilityChecked: boolean } = { isDurabilityChecked: true },
): Promise<void> {
	const number = await askVersion(pool);
	const problem = versionProblem(number);
	if (problem !== null) {
		throw new DatabaseOpenError('server_version', problem);
	}
	if (options.isDurabilityChecked) {
		const unsafe = durabilityProblem(await askDurability(pool));
		if (unsafe !== null) {
			throw new DatabaseOpenError('server_not_durable', unsafe);
		}
	}
}

/** Whether a connection string asks for no check of durability: `?durability=unchecked`. */
export function isDurabilityChecked(databaseUrl: string): boolean {
	return !/[?&]durability=unchecked(?:&|$)/.test(databaseUrl);
}

/**
 * What is wrong with these settings of a server, or null.
 *
 * @example durabilityProblem({ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }) === null
 */
export function durabilityProblem(found: Record<(typeof DURABLE)[number], string>): string | null {
	const wrong = DURABLE.filter((name) =>
		name === 'synchronous_commit' ? !WAITS_FOR_DISK.includes(found[name]) : found[name] !== 'on',
	);
	if (wrong.length === 0) {
		return null;
	}
	const list = wrong.map((name) => `${name} = ${found[name]}`).join(', ');
	return `The PostgreSQL server runs with ${list}: a power cut could lose answers that were acknowledged. Set ${wrong.map((name) => `${name} = on`).join(', ')} for the server, the database and the user, and start again.`;
}

/**
 * What the log of a server with these settings could tell about a student, and what to set; null
 * when it tells nothing. With the defaults a row that is refused is shown with the hash of its code.
 *
 * @example loggingProblem({ log_error_verbosity: 'terse', log_statement: 'none', … }) === null
 */
export function loggingProblem(found: Record<(typeof LOGGING)[number], string>): string | null {
	const telling = LOGGING.filter((name) => found[name] !== QUIET[name]);
	if (telling.length === 0) {
		return null;
	}
	const settings = telling.map((name) => `${name} = ${QUIET[name]}`).join(', ');
	return `The log of the PostgreSQL server may hold statements, or the hash of an access code with the time it was used. Set ${settings} for the server.`;
}

/** Asks the server what it logs. @returns what to tell its operator, or null. */
export async function checkLogging(pool: pg.Pool): Promise<string | null> {
	const answer = await pool.query<Record<(typeof LOGGING)[number], string>>(
		`select ${LOGGING.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
	);
	// A select without a table always gives one row.
	return loggingProblem(answer.rows[0]!);
}

async function askDurability(pool: pg.Pool): Promise<Record<(typeof DURABLE)[number], string>> {
	const answer = await pool.query<Record<(typeof DURABLE)[number], string>>(
		`select ${DURABLE.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
	);
	// A select without a table always gives one row.
	return answer.rows[0]!;
}

/**
 * What is wrong with a server of this `server_version_num`, or null.
 *
 * @example versionProblem(150014) === null
 */
export function versionProblem(versionNumber: number): string | null {
	const major = Math.floor(versionNumber / 10_000);
	const minor = versionNumber % 10_000;
	if (major < LEAST_MAJOR) {
		return `The PostgreSQL server is version ${major}; Throughline needs ${LEAST_MAJOR} or newer. Upgrade the server.`;
	}
	const leastMinor = LEAST_MINORS.get(major) ?? 0;
	if (minor < leastMinor) {
		return `The PostgreSQL server is version ${major}.${minor}, which has known security holes. Upgrade it to ${major}.${leastMinor} or newer.`;
	}
	return null;
}

async function askVersion(pool: pg.Pool): Promise<number> {
	try {
		const answer = await pool.query<{ server_version_num: string }>('show server_version_num');
		return Number(answer.rows[0]?.server_version_num);
	} catch (error) {
		throw new DatabaseOpenError(
			'database_unreachable',
			`The PostgreSQL server does not let Throughline in: ${briefly(error)}. Check DATABASE_URL and that the server runs.`,
			{ cause: error },
		);
	}
}
