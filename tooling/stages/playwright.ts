import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrInstallChromium } from './chromium.ts';
import { lastLines, run } from './command.ts';
import type { Stage } from './stage.ts';

interface Report {
	stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** The journeys in a real browser. A test that passed only when repeated counts as failed. */
export const journeys: Stage = {
	name: 'Walking the journeys in a browser',
	async run() {
		const chromium = await findOrInstallChromium();
		const outside = await mkdtemp(join(tmpdir(), 'throughline-e2e-report-'));
		const file = join(outside, 'report.json');
		try {
			const { exitCode, output } = await run({
				module: '@playwright/test/cli.js',
				args: ['test', '--reporter=list,json,./e2e/every-page-reporter.ts'],
				folder: 'apps/web',
				env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, CHROMIUM_PATH: chromium, FORCE_COLOR: '0' },
			});
			const stats = await readStats(file);
			const failedTests = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
			const failed = exitCode !== 0 ? Math.max(1, failedTests) : failedTests;
			return {
				passed: stats?.expected ?? 0,
				failed,
				skipped: stats?.skipped ?? 0,
				report: failed > 0 ? lastLines(output) : '',
			};
		} finally {
			await rm(outside, { recursive: true, force: true });
		}
	},
};

async function readStats(file: string): Promise<Report['stats'] | null> {
	try {
		// Playwright's own report, of the version pinned in package.json.
		const report = JSON.parse(await readFile(file, 'utf8')) as Report;
		return report.stats;
	} catch {
		return null;
	}
}
