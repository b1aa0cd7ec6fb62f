import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgres } from './find-postgres.ts';
import { makeTemporaryFolder, sweepTemporaryFolders } from './temporary-folder.ts';

export type TestServer = {
	/** A superuser's connection string to the database `postgres`. */
	url: string;
	version: string;
	/** What the server wrote into its log, the last million characters of it. */
	log(): string;
	/** Kills every process of the server at once, and starts it again; resolves when it answers. */
	crash(): Promise<void>;
	/** Stops the server by its pid and removes its folder. May be called again. */
	stop(): Promise<void>;
};

type StartOptions = {
	/** True: as in production, for benchmarks. False: faster, and nothing survives a power cut. */
	fsync?: boolean;
	/** More settings, as `name=value`. */
	settings?: readonly string[];
};

type Account = { uid: number; gid: number } | Record<string, never>;

const START_TIMEOUT_MS = 60_000;

/**
 * Starts a PostgreSQL server of its own in a temporary folder, reached by a Unix socket only. Throws
 * with the command that installs PostgreSQL when the machine has none.
 */
export async function startPostgres(options: StartOptions = {}): Promise<TestServer> {
	const found = findPostgres();
	if (found.type === 'missing') {
		throw new Error(found.reason);
	}
	await sweepTemporaryFolders();
	const account = await chooseAccount();
	const folder = await makeTemporaryFolder('pg');
	if ('uid' in account) {
		chownSync(folder, account.uid, account.gid);
	}
	const data = join(folder, 'data');
	initialise(found.bin, data, account);
	const start = () => startIn({ bin: found.bin, data, folder, account, options });
	let { server, log } = start();
	const url = `postgres://throughline@localhost/postgres?host=${encodeURIComponent(folder)}${options.fsync ? '' : '&durability=unchecked'}`;
	const stop = createStop(() => server, folder);
	const answer = () =>
		waitUntilReady(url, server).catch((error: unknown) => {
			throw new Error(`PostgreSQL did not start: ${log().slice(-2_000)}`, { cause: error });
		});
	async function crash(): Promise<void> {
		const hasEnded = server.exitCode !== null || server.signalCode !== null;
		const ended = hasEnded ? Promise.resolve() : once(server, 'exit');
		// It may start no more of them between being asked for its children and being killed.
		server.kill('SIGSTOP');
		const family = await childrenOf(server.pid ?? 0);
		server.kill('SIGKILL');
		for (const pid of family) {
			killIfThere(pid);
		}
		await ended;
		for (const pid of family) {
			while (await isRunning(pid)) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
		}
		({ server, log } = start());
		await answer();
	}
	try {
		await answer();
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, version: found.version, log: () => log(), crash, stop };
}

function startIn(given: {
	bin: string;
	data: string;
	folder: string;
	account: Account;
	options: StartOptions;
}): { server: ChildProcess; log: () => string } {
	const { bin, data, folder, account, options } = given;
	const server = spawn(join(bin, 'postgres'), settings(data, folder, options), {
		...account,
		cwd: folder,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	return { server, log: keepLog(server) };
}

/** The processes a server started, on Linux; elsewhere none: they end by themselves soon after it. */
async function childrenOf(pid: number): Promise<number[]> {
	const names = await readdir('/proc').catch(() => []);
	const found: number[] = [];
	for (const name of names.filter((each) => /^\d+$/.test(each))) {
		if ((await statOf(Number(name))).parent === pid) {
			found.push(Number(name));
		}
	}
	return found;
}

/** A process that ended stays listed until somebody asks how: that is not running. */
async function isRunning(pid: number): Promise<boolean> {
	const { state } = await statOf(pid);
	return state !== '' && state !== 'Z';
}

/** "pid (name) state parent …"; a name may hold anything. */
async function statOf(pid: number): Promise<{ state: string; parent: number }> {
	const stat = await readFile(join('/proc', String(pid), 'stat'), 'utf8').catch(() => '');
	const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return { state, parent: Number(parent) };
}

function killIfThere(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It ended by itself meanwhile.
	}
}

function initialise(bin: string, data: string, account: Account): void {
	const parameters = ['-D', data, '-U', 'throughline', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
	const done = spawnSync(join(bin, 'initdb'), [...parameters, '--locale=C.UTF-8'], {
		...account,
		cwd: '/',
		encoding: 'utf8',
	});
	if (done.status !== 0) {
		throw new Error(`initdb failed: ${done.error?.message ?? done.stderr.trim()}`);
	}
}

function settings(data: string, folder: string, options: StartOptions): string[] {
	const sync = options.fsync ? 'on' : 'off';
	const values = [
		'listen_addresses=',
		`unix_socket_directories=${folder}`,
		'unix_socket_permissions=0700',
		'timezone=UTC',
		`fsync=${sync}`,
		`synchronous_commit=${sync}`,
		`full_page_writes=${sync}`,
		'max_connections=100',
		...(options.settings ?? []),
	];
	return ['-D', data, ...values.flatMap((value) => ['-c', value])];
}

/** PostgreSQL refuses to run as root: then it runs as the user Debian made for it, or as nobody. */
async function chooseAccount(): Promise<Account> {
	if (userInfo().uid !== 0) {
		return {};
	}
	const users = await readFile('/etc/passwd', 'utf8');
	for (const name of ['postgres', 'nobody']) {
		const fields = users
			.split('\n')
			.find((line) => line.startsWith(`${name}:`))
			?.split(':');
		if (fields !== undefined) {
			return { uid: Number(fields[2]), gid: Number(fields[3]) };
		}
	}
	throw new Error(
		'PostgreSQL cannot run as root, and there is no user postgres or nobody. Add one.',
	);
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
	const deadline = performance.now() + START_TIMEOUT_MS;
	while (server.exitCode === null && performance.now() < deadline) {
		const client = new pg.Client({ connectionString: url });
		try {
			await client.connect();
			await client.end();
			return;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
	throw new Error('It did not answer on its socket.');
}

function createStop(running: () => ChildProcess, folder: string): () => Promise<void> {
	const killWithParent = (): void => void running().kill('SIGQUIT');
	process.once('exit', killWithParent);
	return async () => {
		process.off('exit', killWithParent);
		const server = running();
		// SIGINT is PostgreSQL's fast shutdown: it hangs up on everyone, then ends.
		if (server.exitCode === null && server.signalCode === null) {
			const ended = once(server, 'exit');
			server.kill('SIGINT');
			await ended;
		}
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
}

function keepLog(server: ChildProcess): () => string {
	let kept = '';
	server.stderr?.setEncoding('utf8').on('data', (text: string) => {
		kept = (kept + text).slice(-1_000_000);
	});
	return () => kept.trim();
}
