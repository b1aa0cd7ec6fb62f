import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../stages/command.ts';
import type { BenchServer } from '../answered-pages-server.ts';

/** A window whose students have answered everything and not yet pressed Finish. */
export interface LoadedWindow {
	engagementId: string;
	windowId: string;
	link: string;
	codes: string[];
}

export function seedWindow(
	server: BenchServer,
	plan: { students: number; questions: number },
): Promise<LoadedWindow> {
	return beside(server, 'seed-load.ts', plan);
}

/** Closes the window and opens its answers. */
export function openWindow(
	server: BenchServer,
	{ engagementId, windowId }: LoadedWindow,
): Promise<{ seconds: number; responses: number }> {
	return beside(server, 'open-load.ts', { engagementId, windowId });
}

/** Runs a script of apps/api/src/testing on the database of the server, in a process of its own. */
async function beside<Result>(server: BenchServer, script: string, plan: object): Promise<Result> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[join(root, 'apps/api/src/testing', script), JSON.stringify(plan)],
		{
			env: { ...process.env, ...server.env, DATA_DIR: server.dataDir },
			maxBuffer: 64 * 1024 * 1024,
		},
	);
	// Each script says what it prints.
	return JSON.parse(stdout) as Result;
}
