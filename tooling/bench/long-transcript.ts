import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../stages/command.ts';
import type { BenchRow } from './suggestions.ts';

const OPEN_LIMIT_MS = 1000;
const TASK_LIMIT_MS = 100;

/** How fast a transcript of 40,000 turns opens and scrolls in Chromium; needs the built pages. */
export async function benchLongTranscript(): Promise<BenchRow[]> {
	const { stdout } = await promisify(execFile)(process.execPath, [
		join(root, 'apps/web/e2e/long-transcript/measure.ts'),
	]);
	// Printed by measure.ts.
	const { openedMs, longestTaskMs } = JSON.parse(stdout) as Record<
		'openedMs' | 'longestTaskMs',
		number[]
	>;
	return [
		row('a transcript of 40,000 turns opens', { runs: openedMs, limit: OPEN_LIMIT_MS }),
		row('its longest task while it is scrolled', { runs: longestTaskMs, limit: TASK_LIMIT_MS }),
	];
}

function row(name: string, { runs, limit }: { runs: number[]; limit: number }): BenchRow {
	const sorted = runs.toSorted((a, b) => a - b);
	return {
		name,
		figure: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
		unit: 'ms',
		limit,
		note: `runs ${sorted.map((one) => one.toFixed(0)).join(', ')}; 0 is none over 50 ms`,
	};
}
