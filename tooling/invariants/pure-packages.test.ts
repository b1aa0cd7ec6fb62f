import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

const traps = join(import.meta.dirname, 'traps.mjs');

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-pure-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program with the traps laid, somewhere in the world. */
function runTrapped(program: string, place: { TZ: string; LANG: string }) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', traps, program], {
		encoding: 'utf8',
		env: { ...process.env, ...place },
		maxBuffer: 64 * 1024 * 1024,
	});
	return { status, stdout, stderr };
}

describe('the pure packages', () => {
	const work = join(import.meta.dirname, 'pure-work.ts');

	test('work without clock, randomness, environment, timers, network and files', () => {
		const { status, stdout, stderr } = runTrapped(work, { TZ: 'UTC', LANG: 'C' });

		expect(stderr).toBe('');
		expect(status).toBe(0);
		expect(stdout.length).toBeGreaterThan(10_000);
		expect(stdout).not.toContain('reached for');
	}, 60_000);

	test('give the same answers in Tokyo as in New York', () => {
		const here = runTrapped(work, { TZ: 'America/New_York', LANG: 'en_US.UTF-8' });
		const there = runTrapped(work, { TZ: 'Asia/Tokyo', LANG: 'ar_EG.UTF-8' });

		expect(here.stdout.length).toBeGreaterThan(10_000);
		expect(there.stdout === here.stdout).toBe(true);
	}, 60_000);
});

describe('the traps (the control)', () => {
	test.each([
		['the clock', 'Date.now();', 'Date.now'],
		['the date', 'new Date();', 'new Date()'],
		['the date as text', 'String(Date());', 'Date()'],
		['chance', 'Math.random();', 'Math.random'],
		['random bytes', 'crypto.getRandomValues(new Uint8Array(1));', 'crypto.getRandomValues'],
		['the environment', 'process.env.HOME;', 'process.env.HOME'],
		['a timer', 'setTimeout(() => {}, 1);', 'setTimeout'],
		['the network', 'void fetch("http://localhost");', 'fetch'],
		['a steady clock', 'performance.now();', 'performance.now'],
		['a file', 'import "node:fs";', 'node:fs'],
		['a file, the old way', 'import { createRequire } from "node:module";', 'node:module'],
	])('notice %s', async (_name, code, reached) => {
		const file = join(folder, 'impure.mjs');
		await writeFile(file, code);

		const { status, stderr } = runTrapped(file, { TZ: 'UTC', LANG: 'C' });

		expect(status).toBe(1);
		expect(stderr).toContain(`reached for ${reached}`);
	});
});

describe('the linter refuses, in a pure package,', () => {
	test.each([
		['the clock', 'export const now = () => Date.now();'],
		['the date', 'export const now = () => new Date();'],
		['chance', 'export const chance = () => Math.random();'],
		['the environment', 'export const home = process.env;'],
		['the network', "export const ask = () => fetch('/');"],
		['files', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;"],
		[
			'the database',
			"import { openDatabase } from '@throughline/db';\nexport const a = openDatabase;",
		],
	])(
		'%s',
		async (_name, code) => {
			const engine = await lintText(code, 'packages/survey-engine/src/survey.ts');
			const analysis = await lintText(code, 'packages/analysis/src/disclosure/percent.ts');

			expect(engine).toMatch(/no-restricted/);
			expect(analysis).toMatch(/no-restricted/);
		},
		60_000,
	);

	test('nothing that takes values and gives values (the control)', async () => {
		const code = 'export function double(n: number): number {\n\treturn 2 * n;\n}\n';
		expect(await lintText(code, 'packages/analysis/src/disclosure/percent.ts')).toBe('');
	}, 60_000);
});
