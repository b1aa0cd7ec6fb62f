import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@throughline/db/testing/postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { root } from './stages/command.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

let folder = '';
let first: Started;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-start-'));
	first = await start({ DATA_DIR: join(folder, 'data') });
});

afterAll(async () => {
	// Not there when the first start failed; that failure is the one to show.
	const { child = null } = first ?? {};
	await (child && stop(child));
	await rm(folder, { recursive: true, force: true });
});

describe('the first start', () => {
	test('prints the ready line and the addresses a newcomer needs under it', () => {
		const lines = first.output().split('\n');
		const ready = lines.indexOf(`Throughline is ready: ${first.origin}`);

		expect(ready).toBeGreaterThan(0);
		const below = lines.slice(ready + 1).join('\n');
		expect(below).toContain(`${first.origin}/\n`);
		expect(below).toMatch(/\/s\/[\w-]+#[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}\n.*its code/);
		expect(below).toMatch(/Sign in as administrator +http/);
	});

	test('names its steps with the seconds so far', () => {
		expect(first.output()).toMatch(/^ +\d+\.\d s {2}Opening the database …$/m);
		expect(first.output()).toMatch(/^ +\d+\.\d s {2}Loading the sample engagement: .* …$/m);
	});

	test('writes the addresses where only this user reads them', async () => {
		const file = join(folder, 'data', 'first-addresses.json');

		const { mode } = await stat(file);
		const written: unknown = JSON.parse(await readFile(file, 'utf8'));

		expect(mode & 0o777).toBe(0o600);
		expect(written).toMatchObject({
			studentLinks: expect.arrayContaining([
				{ url: expect.stringContaining('/s/'), code: expect.any(String) },
			]),
			signInLinks: { coder: expect.stringContaining(`${first.origin}/sign-in/link?token=`) },
		});
	});

	test('answers health', async () => {
		const response = await fetch(`${first.origin}/api/health`);

		expect(response.status).toBe(200);
		await expect(response.json()).resolves.toEqual({ status: 'ok' });
	});
});

describe('a form sent over plain http', () => {
	const send = (headers: Record<string, string>) =>
		fetch(`${first.origin}/sign-in?/link`, {
			method: 'POST',
			body: new URLSearchParams({ email: 'nobody@example.org' }),
			headers: { accept: 'text/html', ...headers },
		});

	test('from our own page is answered', async () => {
		const response = await send({ origin: first.origin });

		expect(response.status).toBe(200);
		await expect(response.text()).resolves.toContain('<!doctype html>');
	});

	test.each([
		['a foreign origin', { origin: 'https://evil.example' }],
		['our name on another port', { origin: 'http://localhost:1' }],
		['no origin at all, as a sandboxed frame sends it', { origin: 'null' }],
		[
			'a foreign origin that forges our headers',
			{
				origin: 'https://evil.example',
				'x-throughline-protocol': 'https',
				'x-throughline-host': 'evil.example',
				'x-forwarded-host': 'evil.example',
				'x-forwarded-proto': 'https',
			},
		],
	])('from %s is refused', async (_name, headers) => {
		const response = await send(headers);

		expect(response.status).toBe(403);
	});
});

describe('JSON sent to the API', () => {
	const send = (headers: Record<string, string>) =>
		fetch(`${first.origin}/api/auth/sign-in/magic-link`, {
			method: 'POST',
			body: JSON.stringify({ email: 'nobody@example.org' }),
			headers: { 'content-type': 'application/json', ...headers },
		});

	test('from our own page is answered', async () => {
		expect((await send({ origin: first.origin })).status).toBe(200);
	});

	test('from a foreign page is refused', async () => {
		expect((await send({ origin: 'https://evil.example' })).status).toBe(403);
	});
});

test('a page is compressed for a visitor', async () => {
	const response = await fetch(`${first.origin}/sign-in`, {
		headers: { 'accept-encoding': 'gzip' },
	});
	await response.text();

	expect(response.headers.get('content-encoding')).toBe('gzip');
});

test('a second start on the same port is told that it is taken', async () => {
	const { port } = new URL(first.origin);

	const { code, output } = await startAndFail({ PORT: port, DATA_DIR: join(folder, 'other') });

	expect(code).toBe(1);
	expect(output).toContain(`Port ${port} is taken`);
});

test('a second start on the same data folder is told who holds it', async () => {
	const { code, output } = await startAndFail({ DATA_DIR: join(folder, 'data') });

	expect(code).toBe(1);
	expect(output).toContain(join(folder, 'data'));
	expect(output).not.toContain('    at ');
});

test('a data folder that is a file is named', async () => {
	const file = join(folder, 'file');
	await writeFile(file, '');

	const { code, output } = await startAndFail({ DATA_DIR: file });

	expect(code).toBe(1);
	expect(output).toContain(file);
	expect(output).not.toContain('    at ');
});

test('Ctrl-C ends it cleanly, and the next start keeps the codes and makes new links', async () => {
	const before = await readAddresses();

	const { code, output } = await stop(first.child, 'SIGINT', first);
	first = await start({ DATA_DIR: join(folder, 'data') });
	const after = await readAddresses();

	expect(code).toBe(0);
	expect(output).toContain('Stopped.');
	expect(first.output()).not.toContain('Loading the sample');
	expect(after.studentLinks.map(({ code }) => code)).toEqual(
		before.studentLinks.map(({ code }) => code),
	);
	expect(after.signInLinks['coder']).not.toBe(before.signInLinks['coder']);
});

test('--empty starts without the sample, now and later', async () => {
	const env = { DATA_DIR: join(folder, 'empty') };

	const empty = await start(env, ['--empty']);
	await stop(empty.child);
	const later = await start(env);
	await stop(later.child);

	expect(empty.output()).not.toContain('Loading the sample');
	expect(later.output()).not.toContain('Loading the sample');
	expect(later.output()).toContain('Staff sign in at');
});

test('loading the sample starts over when it was interrupted', async () => {
	const env = { DATA_DIR: join(folder, 'interrupted') };
	const killed = spawnStart(env);
	await killed.until(/codebook, codings/);
	killed.child.kill('SIGKILL');
	await once(killed.child, 'exit');

	const again = await start(env);
	await stop(again.child);

	expect(again.output()).toContain('Loading the sample engagement');
	expect(again.output()).toMatch(/its code +[0-9A-Z-]{13}/);
});

test('a start that is killed while it makes the database still gets the sample', async () => {
	const env = { DATA_DIR: join(folder, 'killed-early') };
	const killed = spawnStart(env);
	await vi.waitFor(() => stat(join(env.DATA_DIR, 'sample-loading')), {
		timeout: 60_000,
		interval: 5,
	});
	killed.child.kill('SIGKILL');
	await once(killed.child, 'exit');
	expect(killed.output()).not.toContain('Loading the sample');

	const again = await start(env);
	await stop(again.child);

	expect(again.output()).toMatch(/its code +[0-9A-Z-]{13}/);
});

test('--empty after an interrupted load leaves nothing of the sample', async () => {
	const env = { DATA_DIR: join(folder, 'not-wanted') };
	const killed = spawnStart(env);
	await killed.until(/codebook, codings/);
	killed.child.kill('SIGKILL');
	await once(killed.child, 'exit');

	const empty = await start(env, ['--empty']);
	await stop(empty.child);

	expect(empty.output()).toContain('Staff sign in at');
	await expect(stat(join(env.DATA_DIR, 'sample-loading'))).rejects.toThrow('ENOENT');
});

test('of two starts on one empty PostgreSQL server one loads the sample, and none removes it', async () => {
	const postgres = await startPostgres();
	try {
		const envs = ['one', 'two'].map((name) => ({
			DATABASE_URL: postgres.url,
			DATA_DIR: join(folder, name),
		}));
		const both = await Promise.all(envs.map((env) => start(env)));
		const hasLoaded = both.map(({ output }) => output().includes('Loading the sample'));
		await Promise.all(both.map(({ child }) => stop(child)));
		expect(hasLoaded.filter(Boolean)).toHaveLength(1);

		for (const env of envs) {
			const again = await start(env);
			await stop(again.child);
			expect(again.output()).not.toContain('Loading the sample');
			expect(again.output()).toContain('Sign in as safety responder');
		}
	} finally {
		await postgres.stop();
	}
});

interface Started {
	child: ChildProcess;
	origin: string;
	output(): string;
}

async function start(env: Record<string, string>, args: string[] = []): Promise<Started> {
	const { child, output, until } = spawnStart(env, args);
	const [, origin = ''] = await until(/^Throughline is ready: (\S+)$/m);
	// The addresses come in the same breath; the last of them tells that all are there.
	await until(/(Sign in as safety responder|Staff sign in at) +\S+\n/);
	return { child, origin, output };
}

function spawnStart(env: Record<string, string>, args: string[] = []) {
	const { DATABASE_URL: _, PUBLIC_URL: __, ...rest } = process.env;
	// The file of the API itself: a signal to start.mjs would be the same, a SIGKILL would not.
	const child = spawn(process.execPath, [join(root, 'apps/api/src/main.ts'), ...args], {
		cwd: root,
		env: { ...rest, PORT: '0', STOP_NOTICE_SECONDS: '0', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let text = '';
	const waiting = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			text += chunk.toString();
			waiting.forEach((look) => look());
		});
	}
	const until = (pattern: RegExp) =>
		new Promise<RegExpExecArray>((resolve, reject) => {
			const look = () => {
				const match = pattern.exec(text);
				if (match) {
					waiting.delete(look);
					resolve(match);
				}
			};
			waiting.add(look);
			child.once('exit', (code) => reject(new Error(`It ended (${code}):\n${text}`)));
			look();
		});
	return { child, output: () => text, until };
}

async function startAndFail(env: Record<string, string>) {
	const { child, output } = spawnStart(env);
	const [code] = await once(child, 'close');
	return { code: Number(code), output: output() };
}

async function stop(
	child: ChildProcess,
	signal: NodeJS.Signals = 'SIGTERM',
	started?: Started,
): Promise<{ code: number | null; output: string }> {
	const closed = once(child, 'close');
	child.kill(signal);
	const [code] = await closed;
	return { code: code === null ? null : Number(code), output: started?.output() ?? '' };
}

async function readAddresses() {
	const file = join(folder, 'data', 'first-addresses.json');
	// Written by the server under test; a wrong shape fails the comparison.
	return JSON.parse(await readFile(file, 'utf8')) as {
		studentLinks: { code: string }[];
		signInLinks: Record<string, string>;
	};
}
