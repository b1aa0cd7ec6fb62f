import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export const repository = resolve(import.meta.dirname, '../../..');
/** What keeps a process of ours from reaching out, can set its clock ahead, and can refuse for it. */
export const preloads = ['no-way-out.mjs', 'move-clock.mjs', 'busy-api.mjs'].flatMap((name) => [
	'--import',
	pathToFileURL(join(import.meta.dirname, name)).href,
]);
const ready = /^Throughline is ready: (\S+)$/m;

/** Where the sample can be entered; written by the server when it loads the sample. */
export interface FirstAddresses {
	studentLinks: { url: string; code: string }[];
	/** By role: administrator, coder, advisory_member, data_steward … */
	signInLinks: Record<string, string>;
	/** The slip of somebody quoted from a dialog session. */
	slip?: { session: string; code: string };
}

export interface Running {
	origin: string;
	addresses(): Promise<FirstAddresses>;
	/** Where a file of its data folder lies. */
	fileIn(name: string): string;
	/** Connections to elsewhere the server tried so far; it gets none. */
	triedElsewhere(): string[];
	/** Sets the server's clock six minutes ahead of what it was. */
	moveClock(): void;
	/** How many minutes that makes so far. */
	minutesAhead(): number;
	stop(): Promise<void>;
	/** SIGKILL: it has no time to put anything away. */
	kill(): Promise<void>;
}

/** Starts the real server, on a free port unless one is named, over a data folder of its own. */
export async function startThroughline(
	dataDir: string,
	{ port = 0, settings = {} }: { port?: number; settings?: Record<string, string> } = {},
): Promise<Running> {
	const { DATABASE_URL: _, PUBLIC_URL: __, ...env } = process.env;
	const child = spawn(process.execPath, [...preloads, 'apps/api/src/main.ts'], {
		cwd: repository,
		env: { ...env, STOP_NOTICE_SECONDS: '0', ...settings, PORT: String(port), DATA_DIR: dataDir },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const tried: string[] = [];
	let ahead = 0;
	child.stderr?.on('data', (chunk: Buffer) => {
		tried.push(...(chunk.toString().match(/^A connection to .* was tried\.$/gm) ?? []));
	});
	const origin = await readyLine(child);
	return {
		origin,
		async addresses() {
			const written = await readFile(join(dataDir, 'first-addresses.json'), 'utf8');
			// The addresses were written for the port of the first start.
			const here = written.replaceAll(/https?:\/\/localhost:\d+/g, origin);
			// The server's own file, in the shape it promises.
			return JSON.parse(here) as FirstAddresses;
		},
		fileIn: (name) => join(dataDir, name),
		triedElsewhere: () => tried,
		moveClock() {
			child.kill('SIGUSR2');
			ahead += 6;
		},
		minutesAhead: () => ahead,
		stop: () => end(child, 'SIGTERM'),
		kill: () => end(child, 'SIGKILL'),
	};
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		const gone = once(child, 'exit');
		child.kill(signal);
		await gone;
	}
}

function readyLine(child: ChildProcess): Promise<string> {
	return new Promise((found, failed) => {
		let output = '';
		const read = (chunk: Buffer) => {
			output += chunk.toString();
			const origin = ready.exec(output)?.[1];
			if (origin !== undefined) {
				found(origin);
			}
		};
		child.stdout?.on('data', read);
		child.stderr?.on('data', read);
		child.once('error', failed);
		child.once('exit', (code) => {
			failed(new Error(`The server ended (${code}) before it was ready:\n${output}`));
		});
	});
}
