import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backupEmbedded, openDatabase } from '@throughline/db';
import { createBackups } from '../backup/backup-status.ts';
import { commands } from './commands.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
let folder = '';

// Each test starts at least one process; a busy machine takes a while over that.
vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-cli-'));
});

afterAll(async () => {
	await rm(folder, { recursive: true });
});

test('without a command every command is listed', async () => {
	const { exitCode, stdout } = await throughline();

	expect(exitCode).toBe(0);
	for (const { name, summary } of commands) {
		expect(stdout).toMatch(new RegExp(`^ {2}${name} +${summary}$`, 'm'));
	}
});

test('an unknown command is bad input and lists the known ones', async () => {
	const { exitCode, stdout, stderr } = await throughline('fly', '--json');

	expect(exitCode).toBe(2);
	expect(stdout).toBe('');
	expect(stderr).toContain("There is no command 'fly");
	expect(stderr).toContain('migrate');
});

test.each(commands.map(({ name }) => name))('%s --help shows usage and options', async (name) => {
	const { exitCode, stdout } = await throughline(...name.split(' '), '--help');

	expect(exitCode).toBe(0);
	expect(stdout).toContain(`Usage: npm run -s throughline -- ${name}`);
	expect(stdout).toContain('--json');
});

test.each(commands.map(({ name }) => name))('%s names an option it does not know', async (name) => {
	const { exitCode, stdout, stderr } = await throughline(...name.split(' '), '--nonsense');

	expect(exitCode).toBe(2);
	expect(stdout).toBe('');
	expect(stderr).toContain("Unknown option '--nonsense'");
});

test('each command’s own name and summary are those of the table', async () => {
	const loaded = await Promise.all(commands.map((entry) => entry.load()));

	expect(loaded.map(({ name, summary }) => ({ name, summary }))).toEqual(
		commands.map(({ name, summary }) => ({ name, summary })),
	);
});

test('expression eval prints the value and its type', async () => {
	const args = ['${S05} = "name"', '--answers', '{"S05": "name"}'];

	const json = await throughline('expression', 'eval', ...args, '--json');
	const words = await throughline('expression', 'eval', ...args);

	expect(JSON.parse(json.stdout)).toEqual({ value: true, type: 'boolean' });
	expect(words.stdout).toBe('true (boolean)\n');
});

test('expression eval tells where an expression is wrong, and exits 1', async () => {
	const { exitCode, stdout } = await throughline('expression', 'eval', '1 +', '--json');

	expect(exitCode).toBe(1);
	expect(JSON.parse(stdout)).toEqual({
		error: { message: expect.any(String), position: expect.any(Number) },
	});
});

test('expression eval takes a file of cases and answers line by line', async () => {
	const cases = [
		{ id: 'a', expression: '1 div 0', context: {} },
		{ id: 'b', expression: '${x} + 1', context: { x: '2' } },
		{ id: 'c', expression: 'nonsense(', context: null },
	];
	const file = await write('cases.jsonl', cases.map((one) => JSON.stringify(one)).join('\n'));

	const { exitCode, stdout } = await throughline('expression', 'eval', '--cases', file);

	expect(exitCode).toBe(0);
	const lines: unknown[] = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
	expect(lines).toEqual([
		{ id: 'a', value: 'Infinity', type: 'number' },
		{ id: 'b', value: 3, type: 'number' },
		{ id: 'c', error: expect.anything() },
	]);
});

test.each([
	['not JSON', '--answers is not JSON'],
	['[1]', '--answers must be a JSON object'],
])('expression eval refuses answers that are %s', async (answers, message) => {
	const { exitCode, stderr } = await throughline('expression', 'eval', '1', '--answers', answers);

	expect(exitCode).toBe(2);
	expect(stderr).toContain(message);
});

test('survey check gives a verdict per file and exits 1 when one is not valid', async () => {
	const broken = await write('broken.json', '{"questions": 1}');
	const legacy = await write('legacy.xls', 'x');
	const workbook = await write('survey.xlsx', 'x');

	const { exitCode, stdout } = await throughline(
		...['survey', 'check', broken, legacy, workbook, '--json'],
	);

	expect(exitCode).toBe(1);
	expect(JSON.parse(stdout)).toMatchObject([
		{ file: broken, valid: false },
		{ valid: false, problems: [{ message: expect.stringContaining('save it as .xlsx') }] },
		{ valid: false, problems: [{ message: expect.stringContaining('cannot be read yet') }] },
	]);
});

test('a file that is not there is bad input, named as it was typed', async () => {
	const { exitCode, stdout, stderr } = await throughline('survey', 'check', 'nowhere.json');

	expect(exitCode).toBe(2);
	expect(stdout).toBe('');
	expect(stderr).toContain('nowhere.json cannot be read: there is no such file.');
});

test('transcript check says what files hold, what is wrong and what would be hidden', async () => {
	const names = await write('names.txt', '\ufeffWren Abara\r\n\r\nOde\r\n');
	const good = await write(
		'good.srt',
		'1\n00:00:01,000 --> 00:00:03,000\nVoice A: 😀 wren said so.\n\n2\n00:00:03,000 --> 00:00:04,000\nVoice A: Yes.\n',
	);
	const broken = await write('broken.vtt', 'WEBVTT\n\n00:00:01.000 -> 00:00:02.000\nNo.\n');

	const ok = await throughline('transcript', 'check', good, '--names', names, '--json');
	const both = await throughline('transcript', 'check', good, broken);

	expect(ok.exitCode).toBe(0);
	expect(JSON.parse(ok.stdout)).toMatchObject([
		{
			file: good,
			cues: 2,
			seconds: 4,
			seats: 1,
			coverage: 0.75,
			redactions: [{ cue: 0, start: 2, end: 6, text: 'wren', kind: 'name' }],
			problems: [],
		},
	]);
	expect(both.exitCode).toBe(1);
	expect(both.stdout).toContain('2 cues, 1 speakers, 00:00:04.000 long, 75.0 % covered');
	expect(both.stdout).toContain('problem, line 3: Here should be the times of the cue');
});

test.each([[[]], [['nowhere.vtt']], [['--names', 'nowhere.txt', 'nowhere.vtt']]])(
	'transcript check %j is bad input',
	async (args) => {
		const { exitCode, stdout } = await throughline('transcript', 'check', ...args);

		expect(exitCode).toBe(2);
		expect(stdout).toBe('');
	},
);

test('coding evaluate trains on the training ids and scores the test ids', async () => {
	const rows = Array.from({ length: 40 }, (_, index) => ({
		id: String(index),
		text: index % 2 === 0 ? `the food at lunch is cold ${index}` : `the bus came late ${index}`,
		labels: [index % 2 === 0 ? 'food' : 'bus'],
	}));
	const ids = rows.map(({ id }) => id);
	const seed = { test: ids.slice(30), full: ids.slice(0, 30) };
	const excerpts = await write('c.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
	const split = await write(
		'c.json',
		JSON.stringify({ labels: ['food', 'bus'], seeds: { 0: seed } }),
	);

	const { exitCode, stdout } = await throughline(
		...['coding', 'evaluate', '--excerpts', excerpts, '--split', split, '--json'],
	);

	expect(exitCode).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({ micro_f1: 1, n_train: 30, n_test: 10 });
});

test('coding evaluate names what is missing', async () => {
	const { exitCode, stderr } = await throughline('coding', 'evaluate');

	expect(exitCode).toBe(2);
	expect(stderr).toContain('--excerpts FILE is missing.');
});

test('disclosure protect prints what may be shown of a table', async () => {
	const table = { kind: 'bands', n_min: 10 };
	const file = await write('table.json', JSON.stringify(table));

	const { exitCode, stdout } = await throughline('disclosure', 'protect', file, '--json');

	expect(exitCode).toBe(0);
	expect(JSON.parse(stdout)).toEqual({ edge_pct: 20, middle: '10-point interval' });
});

test('disclosure protect names the kinds it knows', async () => {
	const file = await write('unknown.json', '{"kind": "pie"}');

	const { exitCode, stderr } = await throughline('disclosure', 'protect', file);

	expect(exitCode).toBe(2);
	expect(stderr).toContain('unknown.json cannot be used.');
	expect(stderr).toContain('two_dimension');
});

test('migrate brings a new data folder up to date, and says so the second time', async () => {
	const env = { DATA_DIR: join(folder, 'data') };

	const first = await run(['migrate', '--json'], env);
	const second = await run(['migrate', '--json'], env);

	expect(first.stderr).toBe('');
	expect(JSON.parse(first.stdout)).toEqual({
		applied: expect.arrayContaining([expect.any(String)]),
	});
	expect(JSON.parse(second.stdout)).toEqual({ applied: [] });
});

test('a backup restores into another data folder, and over a database only when that may go', async () => {
	const file = join(folder, 'throughline.backup');
	const from = { DATA_DIR: join(folder, 'backed-up') };
	const to = { DATA_DIR: join(folder, 'restored') };
	await run(['migrate'], from);
	await run(
		[
			'engagement',
			'import',
			join(import.meta.dirname, '../../../../docs/examples/engagement.json'),
		],
		from,
	);

	const backup = await run(['backup', file, '--json'], from);
	const restore = await run(['restore', file, '--json'], to);
	const again = await run(['restore', file], to);
	const replaced = await run(['restore', file, '--replace', '--json'], to);

	const made = { file, verified: 'loaded', isEncrypted: false, rows: expect.any(Number) };
	expect(JSON.parse(backup.stdout)).toMatchObject(made);
	const { rows } = JSON.parse(backup.stdout);
	expect(rows).toBeGreaterThan(10);
	expect(JSON.parse(restore.stdout)).toMatchObject({ rows, tombstones: 0, lostResponses: [] });
	expect(again.exitCode).toBe(1);
	expect(again.stderr).toContain('holds data already');
	expect(JSON.parse(replaced.stdout)).toMatchObject({ rows });
});

test('a backup is encrypted with the passphrase of a file, and says what is missing without', async () => {
	const from = { DATA_DIR: join(folder, 'to-seal') };
	const withPassphrase = {
		...from,
		BACKUP_PASSPHRASE_FILE: await write('phrase', 'a long passphrase\n'),
	};
	const to = { DATA_DIR: join(folder, 'unsealed') };
	await run(['migrate'], from);

	const without = await run(['backup', '--encrypt'], from);
	const backup = await run(['backup', '--to', folder, '--encrypt', '--json'], withPassphrase);
	const { file } = JSON.parse(backup.stdout);
	const locked = await run(['restore', file], to);

	expect(without.exitCode).toBe(2);
	expect(without.stderr).toContain('BACKUP_PASSPHRASE_FILE');
	expect(backup.exitCode).toBe(0);
	expect(locked.exitCode).toBe(1);
	expect(locked.stderr).toContain('is encrypted');
	expect((await run(['restore', file], { ...withPassphrase, ...to })).exitCode).toBe(0);
});

test('a backup that could not be made is known to whoever starts next, until one is made', async () => {
	const env = { DATA_DIR: join(folder, 'failing') };
	const config = { ...env, DATABASE_URL: undefined };
	const state = () => createBackups({ config, clock: () => new Date() }).read();
	await run(['migrate'], env);
	const unreadable = { ...env, BACKUP_PASSPHRASE_FILE: join(folder, 'no-phrase') };

	const wrong = await run(['backup', '--encrypt'], env);
	expect(wrong.exitCode).toBe(2);
	expect(await state(), 'a slip of the pen').toMatchObject({ hasFailed: false });
	const failed = await run(['backup', '--encrypt'], unreadable);
	expect(failed.exitCode).toBe(1);
	expect(await state()).toMatchObject({ hasFailed: true });
	expect((await run(['backup', '--to', folder], env)).exitCode).toBe(0);
	expect(await state()).toMatchObject({ hasFailed: false });
});

test('an hourly backup of the embedded database still restores', async () => {
	const from = join(folder, 'hourly');
	const file = join(folder, 'hourly.tar.gz');
	const to = { DATA_DIR: join(folder, 'from-hourly') };
	await run(['migrate'], { DATA_DIR: from });
	const handle = await openDatabase({ dataDir: from }, { purpose: 'tests' });
	await backupEmbedded(handle, { file });
	await handle.close();

	const restore = await run(['restore', file, '--json'], to);
	const again = await run(['restore', file], to);

	expect(JSON.parse(restore.stdout)).toMatchObject({ recordings: 0 });
	expect(again.stderr).toContain('already has a database');
});

test('a setting that cannot be used is named', async () => {
	const { exitCode, stderr } = await run(['migrate'], { PORT: 'many' });

	expect(exitCode).toBe(1);
	expect(stderr).toContain('PORT');
});

async function write(name: string, text: string): Promise<string> {
	const file = join(folder, name);
	await writeFile(file, text);
	return file;
}

function throughline(...args: string[]) {
	return run(args, {});
}

function run(args: string[], env: Record<string, string>) {
	const { promise, resolve } = Promise.withResolvers<{
		exitCode: number | null;
		stdout: string;
		stderr: string;
	}>();
	const child = execFile(
		process.execPath,
		[MAIN, ...args],
		{ cwd: folder, env: { PATH: process.env['PATH'], ...env } },
		(_error, stdout, stderr) => resolve({ exitCode: child.exitCode, stdout, stderr }),
	);
	return promise;
}
