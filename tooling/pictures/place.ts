import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../stages/command.ts';

/** The sample, running, and where to find what in it. */
export interface Place {
	origin: string;
	/** The engagement and its release, as they stand in addresses. */
	engagement: string;
	release: string;
	/** Links of the open survey with codes nobody has used. */
	links: { path: string; code: string }[];
	stop(): Promise<void>;
}

/** Starts the real server with the sample, on a free port, over this data folder. */
export async function startPlace(dataDir: string): Promise<Place> {
	const { DATABASE_URL: _, PUBLIC_URL: __, ...env } = process.env;
	const child = spawn(process.execPath, [join(root, 'apps/api/src/main.ts')], {
		env: { ...env, PORT: '0', DATA_DIR: dataDir, STOP_NOTICE_SECONDS: '0' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const stop = async () => {
		const gone = once(child, 'exit');
		child.kill('SIGTERM');
		await gone;
	};
	const origin = await readyAddress(child);
	try {
		return { origin, ...(await look(origin)), links: await readLinks(dataDir), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function readyAddress(child: ChildProcess): Promise<string> {
	if (!child.stdout) {
		throw new Error('The output is piped above.');
	}
	let address = '';
	for await (const line of createInterface(child.stdout)) {
		address ||= /^Throughline is ready: (\S+)$/.exec(line)?.[1] ?? '';
		// The addresses come in the same breath; the file with them is written before.
		if (address !== '') {
			child.stdout.resume();
			return address;
		}
	}
	throw new Error('The server ended before it was ready.');
}

async function look(origin: string): Promise<Pick<Place, 'engagement' | 'release'>> {
	const response = await fetch(`${origin}/api/public/engagements`);
	// The API's own answer, as docs/api.md has it.
	const { engagements } = (await response.json()) as {
		engagements: { slug: string; releases: { slug: string }[] }[];
	};
	const [engagement] = engagements;
	const [release] = engagement?.releases ?? [];
	if (!engagement || !release) {
		throw new Error('The sample has no public release.');
	}
	return { engagement: engagement.slug, release: release.slug };
}

async function readLinks(dataDir: string): Promise<Place['links']> {
	// Written by the server, as docs/self-hosting.md says.
	const written = JSON.parse(await readFile(join(dataDir, 'first-addresses.json'), 'utf8')) as {
		studentLinks: { url: string; code: string }[];
	};
	return written.studentLinks.map(({ url, code }) => ({ path: new URL(url).pathname, code }));
}
