// `npm run dev`: the API, restarted when its source changes, and Vite, which hands /api on to it.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './stages/command.ts';

const API_PORT = '8787';

const api = start('api', [
	...['--watch', '--watch-preserve-output'],
	...[join(root, 'apps/api/src/main.ts'), '--api-only', ...process.argv.slice(2)],
]);
const web = start('web', [join(root, 'node_modules/vite/bin/vite.js'), 'dev'], 'apps/web');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, stop);
}
process.once('disconnect', stop);
const running = new Set([api, web]);
for (const child of running) {
	child.on('close', (code) => {
		running.delete(child);
		process.exitCode ??= code ?? 0;
		stop();
		if (running.size === 0) {
			process.exit();
		}
	});
}

function stop(): void {
	api.kill('SIGTERM');
	web.kill('SIGTERM');
}

function start(name: string, args: string[], folder = '.'): ChildProcess {
	const child = spawn(process.execPath, args, {
		cwd: join(root, folder),
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			PORT: API_PORT,
			API_ORIGIN: `http://localhost:${API_PORT}`,
			STOP_NOTICE_SECONDS: '0',
		},
	});
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			const lines = chunk.toString().trimEnd().split('\n');
			process.stdout.write(`${lines.map((line) => `${name}  ${line}`).join('\n')}\n`);
		});
	}
	return child;
}
