import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLines, run } from './command.ts';
import type { Count, Stage } from './stage.ts';

interface Report {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
}

/** All tests of one package, at most two files at a time. */
export function vitestStage(name: string, folder: string): Stage {
	return {
		name,
		async run() {
			const outside = await mkdtemp(join(tmpdir(), 'throughline-test-'));
			const file = join(outside, 'report.json');
			try {
				const { exitCode, output } = await run({
					module: 'vitest/vitest.mjs',
					args: [
						...['run', '--maxWorkers=2', '--reporter=default', '--reporter=json'],
						`--outputFile.json=${file}`,
					],
					folder,
				});
				return countOf({ exitCode, output, report: await readReport(file) });
			} finally {
				await rm(outside, { recursive: true, force: true });
			}
		},
	};
}

function countOf(given: { exitCode: number; output: string; report: Report | null }): Count {
	const { exitCode, output, report } = given;
	const failedTests = report?.numFailedTests ?? 0;
	// A suite that cannot be loaded or an error outside every test fails the run with no test.
	const failed = exitCode !== 0 ? Math.max(1, failedTests) : failedTests;
	return {
		passed: report?.numPassedTests ?? 0,
		failed,
		skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
		report: failed > 0 ? lastLines(output) : '',
	};
}

async function readReport(file: string): Promise<Report | null> {
	try {
		// Vitest's own report, of the version pinned in package.json.
		return JSON.parse(await readFile(file, 'utf8')) as Report;
	} catch {
		return null;
	}
}
