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

/** Asks the server who it is; refuses one that does not answer or is too old. */
export async function checkServer(pool: pg.Pool): Promise<void> {
	const number = await askVersion(pool);
	const problem = versionProblem(number);
	if (problem !== null) {
		throw new DatabaseOpenError('server_version', problem);
	}
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
