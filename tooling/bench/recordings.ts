import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BenchRow } from './suggestions.ts';

const script = join(import.meta.dirname, '../../apps/api/src/testing/measure-recordings.ts');
const HOUR_LIMIT_S = 180;

interface Figures {
	/** Megabytes a second. */
	sending: { tus: number; put: number };
	/** Null without ffmpeg. */
	hour: { seconds: number; peaks: number; bytes: number } | null;
}

/** Sending a recording by tus against a bare PUT of the same bytes, and preparing an hour of it. */
export function benchRecordings(): BenchRow[] {
	const run = spawnSync(process.execPath, [script], { encoding: 'utf8' });
	if (run.status !== 0) {
		throw new Error(run.stderr);
	}
	// The script's own promise.
	const { sending, hour } = JSON.parse(run.stdout) as Figures;
	const rows: BenchRow[] = [
		{
			name: 'recordings: sent by tus',
			figure: sending.tus,
			unit: 'MB/s',
			peer: { name: 'HTTP PUT', figure: sending.put },
			ratio: sending.tus / sending.put,
			note: '64 MB in parts of 1 MB, through sign-in, duty and device checks',
		},
	];
	if (hour) {
		rows.push({
			name: 'recordings: an hour stitched, with peaks',
			figure: hour.seconds,
			unit: 's',
			limit: HOUR_LIMIT_S,
			note: `6 segments, ${hour.peaks} peaks, ${(hour.bytes / 1_000_000).toFixed(1)} MB`,
		});
	}
	return rows;
}
