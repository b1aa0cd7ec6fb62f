import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@throughline/db/testing/postgres';
import { root } from '../stages/command.ts';
import type { BenchRow } from './suggestions.ts';

const FIRST_LIMIT_S = 240;
const NEXT_LIMIT_S = 5;

/** How long starting and stopping take and how much memory is held afterwards, on both databases. */
export async function benchStartUp(): Promise<BenchRow[]> {
	const server = await startPostgres({ fsync: true });
	try {
		return [
			...(await measure('embedded database', {})),
			...(await measure(`PostgreSQL ${server.version}`, { DATABASE_URL: server.url })),
		];
	} finally {
		await server.stop();
	}
}

async function measure(name: string, env: Record<string, string>): Promise<BenchRow[]> {
	const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
	try {
		const settings = { ...env, DATA_DIR: join(folder, 'data') };
		const first = await startAndStop(settings);
		const next = await startAndStop(settings);
		return [
			{
				name: `first start, sample loaded, ${name}`,
				figure: first.readyS,
				unit: 's',
				limit: FIRST_LIMIT_S,
			},
			{ name: `next start, ${name}`, figure: next.readyS, unit: 's', limit: NEXT_LIMIT_S },
			{ name: `stop, ${name}`, figure: next.stopS, unit: 's' },
			{
				name: `memory after start, ${name}`,
				figure: next.residentMb,
				unit: 'MB',
				note: `peak ${next.peakMb.toFixed(0)} MB; without the PostgreSQL server's own`,
			},
		];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function startAndStop(env: Record<string, string>) {
	const beganAt = performance.now();
	const child = spawn(process.execPath, [join(root, 'tooling', 'start.mjs')], {
		cwd: root,
		env: { ...process.env, PORT: '0', STOP_NOTICE_SECONDS: '0', ...env },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	await readyLine(child);
	const readyS = (performance.now() - beganAt) / 1000;
	const memory = await memoryOf(await serverOf(child));
	const stoppingAt = performance.now();
	const ended = once(child, 'close');
	child.kill('SIGTERM');
	await ended;
	return { readyS, ...memory, stopS: (performance.now() - stoppingAt) / 1000 };
}

function readyLine(child: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		let text = '';
		child.stdout?.on('data', (chunk: Buffer) => {
			text += chunk.toString();
			if (text.includes('Throughline is ready: ')) {
				resolve();
			}
		});
		child.once('exit', (code) => reject(new Error(`It ended (${code}):\n${text}`)));
	});
}

/** start.mjs runs the server as its only child. */
async function serverOf(child: ChildProcess): Promise<string> {
	const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
	return children.trim().split(' ')[0] ?? '';
}

async function memoryOf(pid: string): Promise<{ residentMb: number; peakMb: number }> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const figure = (name: string) =>
		Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) / 1024;
	return { residentMb: figure('VmRSS'), peakMb: figure('VmHWM') };
}
