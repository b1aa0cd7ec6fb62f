import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../stages/command.ts';

/** A server with the sample loaded, and codes for its open survey. */
export interface BenchServer {
	origin: string;
	/** The path of the open survey. */
	survey: string;
	codes: string[];
	/** Where its keys and, embedded, its database lie. */
	dataDir: string;
	/** What it was started with. */
	env: Record<string, string>;
	/** Asks the API as the sample's administrator. */
	get<T>(path: string): Promise<T>;
	/** CPU seconds the server process has used so far. */
	cpuSeconds(): Promise<number>;
	stop(): Promise<void>;
}

/**
 * Starts the server as `npm start` does, web build included, and makes fresh codes as an
 * administrator would.
 */
export async function startBenchServer(
	env: Record<string, string>,
	options: { codes: number },
): Promise<BenchServer> {
	if (!existsSync(join(root, 'apps/web/build/handler.js'))) {
		throw new Error('The pages are not built. Run: npm run build');
	}
	const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
	const { DATABASE_URL: _, PUBLIC_URL: __, ...outer } = process.env;
	const child = spawn(process.execPath, ['apps/api/src/main.ts'], {
		cwd: root,
		env: { ...outer, ...env, PORT: '0', DATA_DIR: folder, STOP_NOTICE_SECONDS: '0' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const stop = async () => {
		if (child.exitCode === null) {
			const gone = once(child, 'exit');
			child.kill('SIGTERM');
			await gone;
		}
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		const origin = await readyLine(child);
		const addresses = await readAddresses(folder);
		const cookie = await signIn(origin, addresses.signInLinks['administrator'] ?? '');
		return {
			origin,
			survey: new URL(addresses.studentLinks[0]?.url ?? '').pathname,
			codes: await makeCodes(origin, cookie, options.codes),
			dataDir: folder,
			env,
			// The API's own answers; a wrong shape stops the benchmark.
			get: async <T>(path: string) => (await (await send(origin, path, { cookie })).json()) as T,
			cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

interface Addresses {
	studentLinks: { url: string }[];
	signInLinks: Record<string, string>;
}

async function readAddresses(folder: string): Promise<Addresses> {
	const text = await readFile(join(folder, 'first-addresses.json'), 'utf8');
	// The server's own file, in the shape it promises.
	return JSON.parse(text) as Addresses;
}

async function signIn(origin: string, link: string): Promise<string> {
	const token = new URL(link).searchParams.get('token');
	const signedIn = await send(origin, '/api/auth/magic-link/verify', { body: { token } });
	return signedIn.headers
		.getSetCookie()
		.map((line) => line.split(';')[0])
		.join('; ');
}

/** Replaces the codes of one grade after the other until there are enough. */
async function makeCodes(origin: string, cookie: string, wanted: number): Promise<string[]> {
	const get = async <T>(path: string) =>
		// The API's own answers; a wrong shape stops the benchmark.
		(await (await send(origin, path, { cookie })).json()) as T;

	const session = await get<{ engagements: { id: string }[] }>('/api/session');
	const engagement = `/api/engagements/${session.engagements[0]?.id}`;
	const { windows } = await get<{ windows: { id: string; status: string }[] }>(
		`${engagement}/windows`,
	);
	const open = windows.find(({ status }) => status === 'open');
	const codesPath = `${engagement}/windows/${open?.id}/codes`;
	const { cohorts } = await get<{ cohorts: { id: string; grade: string }[] }>(codesPath);
	const codes: string[] = [];
	// Grades 9 to 12 are asked everything.
	for (const cohort of cohorts.filter(({ grade }) => Number(grade) >= 9)) {
		if (codes.length < wanted) {
			const body = { isReplacement: true };
			const made = await send(origin, `${codesPath}/${cohort.id}`, { cookie, body });
			const { slips } = (await made.json()) as { slips: { code: string }[] };
			codes.push(...slips.map(({ code }) => code));
		}
	}
	if (codes.length < wanted) {
		throw new Error(`The sample gave ${codes.length} codes; ${wanted} are needed.`);
	}
	return codes.slice(0, wanted);
}

async function send(
	origin: string,
	path: string,
	{ cookie, body }: { cookie?: string; body?: unknown },
): Promise<Response> {
	const response = await fetch(origin + path, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { 'content-type': 'application/json', origin, ...(cookie && { cookie }) },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	if (!response.ok) {
		throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
	}
	return response;
}

function readyLine(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = '';
		child.stdout?.on('data', (chunk: Buffer) => {
			text += chunk.toString();
			const address = /^Throughline is ready: (\S+)$/m.exec(text)?.[1];
			if (address !== undefined) {
				resolve(address);
			}
		});
		child.once('exit', (code) => reject(new Error(`The server ended (${code}):\n${text}`)));
	});
}

/** User and system time of a process and its threads; 0 where the system does not tell. */
async function cpuSecondsOf(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const TICKS_PER_SECOND = 100;
	return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}
