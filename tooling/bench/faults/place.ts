import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { openDatabase } from '@throughline/db';
import { startPostgres, type TestServer } from '@throughline/db/testing/postgres';
import { root } from '../../stages/command.ts';

const MOST_TRIES = 5;

export interface Server {
	origin: string;
	pid: number;
	kill(): Promise<void>;
}

export interface Place {
	env: Record<string, string>;
	postgres: TestServer | null;
	remove(): Promise<void>;
}

export interface Window {
	engagementId: string;
	windowId: string;
	link: string;
	codes: string[];
}

/** Where students are sent now, another server after each fault, and what it answered last. */
export const current = { origin: '', lastAnswer: '' };

/** A data folder, and a PostgreSQL server of its own where it is asked for, below the folder for temporary files. */
export async function makePlace(
	kind: 'embedded' | 'server',
	settings: string[] = [],
): Promise<Place> {
	const dataDir = await mkdtemp(join(tmpdir(), 'throughline-kills-'));
	const isControl = settings.length > 0;
	const postgres = kind === 'server' ? await startPostgres({ fsync: !isControl, settings }) : null;
	return {
		env: { DATA_DIR: dataDir, ...(postgres && { DATABASE_URL: postgres.url }) },
		postgres,
		async remove() {
			await postgres?.stop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** Starts the program as whatever watches over it does: again, when a busy machine did not let it. */
export async function start(place: Place): Promise<Server> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await startOnce(place);
		} catch (error) {
			if (tries === MOST_TRIES) {
				throw error;
			}
		}
	}
}

/** The real program without its pages; with the sample in an empty database. */
async function startOnce(place: Place): Promise<Server> {
	const { DATABASE_URL: _, PUBLIC_URL: __, ...env } = process.env;
	const child = spawn(process.execPath, [join(root, 'apps/api/src/main.ts'), '--api-only'], {
		env: { ...env, ...place.env, PORT: '0', LOG_LEVEL: 'silent' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const gone = once(child, 'exit');
	const kill = async () => {
		child.kill('SIGKILL');
		await gone;
	};
	const ready = Promise.withResolvers<string>();
	// Read to its end: a program whose words nobody takes would end by itself.
	createInterface(child.stdout)
		.on('line', (line) => {
			const origin = /^Throughline is ready: (\S+)$/.exec(line)?.[1];
			if (origin !== undefined) {
				ready.resolve(origin);
			}
		})
		.on('close', () => ready.reject(new Error('The server ended before it was ready.')));
	return { origin: await ready.promise, pid: child.pid ?? 0, kill };
}

/** Runs a script of apps/api/src/testing on the database, in a process of its own. */
export async function script<Result>(place: Place, name: string, plan: object): Promise<Result> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[join(root, 'apps/api/src/testing', name), JSON.stringify(plan)],
		{ env: { ...process.env, ...place.env }, maxBuffer: 64 * 1024 * 1024 },
	);
	// Each script says what it prints.
	return JSON.parse(stdout) as Result;
}

/** True when the server said 'received'. */
export async function send(link: string, code: string, submissionId: string): Promise<boolean> {
	try {
		const response = await fetch(`${current.origin}/api/student/${link}/finish`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-access-code': code },
			body: JSON.stringify({ submissionId }),
			signal: AbortSignal.timeout(10_000),
		});
		current.lastAnswer = `${response.status} ${await response.text()}`;
		return response.status === 200;
	} catch (error) {
		current.lastAnswer = String(error);
		return false;
	}
}

/** Writes everything so far to the disk. */
export async function checkpoint({ postgres }: Place): Promise<void> {
	if (postgres !== null) {
		const handle = await openDatabase({ databaseUrl: postgres.url }, { poolSize: 1 });
		await handle.pool.query('checkpoint');
		await handle.close();
	}
}
