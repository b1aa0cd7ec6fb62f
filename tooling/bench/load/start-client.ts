import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { LoadPlan, LoadResult } from './client.ts';

/** Starts the students in a process of their own. `stop` ends a load that has no end. */
export function startClient(plan: LoadPlan): { result: Promise<LoadResult>; stop(): void } {
	const client = spawn(process.execPath, [join(import.meta.dirname, 'client.ts')], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	client.stdin.end(JSON.stringify(plan));
	const result = (async () => {
		const [printed, [exitCode]] = await Promise.all([text(client.stdout), once(client, 'close')]);
		if (exitCode !== 0) {
			throw new Error(`The students of the benchmark ended with ${exitCode}.`);
		}
		// Printed by client.ts.
		return JSON.parse(printed) as LoadResult;
	})();
	return { result, stop: () => client.kill('SIGTERM') };
}
