import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { housekeeping } from './embedded/housekeeping.ts';
import { openDatabase, type DatabaseHandle, type OpenOptions } from './open.ts';
import { createTestDatabase } from './testing/index.ts';
import { makeTemporaryFolder } from './testing/temporary-folder.ts';

const PROGRAM = join(import.meta.dirname, 'testing', 'data-folder-process.ts');

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const cleanUp of cleanUps.splice(0).reverse()) {
		await cleanUp();
	}
});

describe('a data folder that is in use', () => {
	test('tells a second process who has it and how to go on', async () => {
		const { dataDir } = await openCopy({ purpose: 'server' });
		const second = run('open', dataDir);
		const answer = await second.next();
		expect(answer).toMatchObject({ type: 'refused' });
		expect(answer['message']).toContain(`process ${process.pid} (server, since `);
		expect(answer['message']).toContain(`Stop it (kill ${process.pid})`);
	});

	test('tells the same process too', async () => {
		const { dataDir } = await openCopy();
		await expect(openDatabase({ dataDir })).rejects.toMatchObject({ code: 'data_folder_in_use' });
	});

	test('is shared with a command that attaches', async () => {
		const { dataDir, handle } = await openCopy();
		const attached = await keep(openDatabase({ dataDir }, { attach: true }));
		await attached.pool.query('create table shared (id int)');
		expect((await handle.pool.query('select * from shared')).rows).toEqual([]);
		await attached.close();
		expect((await handle.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
	});

	test('is shared across processes', async () => {
		const { dataDir } = await copy();
		const holder = run('write', dataDir);
		await holder.until('row');
		const attached = await keep(openDatabase({ dataDir }, { attach: true }));
		const answer = await attached.pool.query('select count(*) as n from written');
		expect(answer.rows[0].n).toBeGreaterThan(0);
	});

	test('waits for a holder that is still starting', async () => {
		const { dataDir } = await copy();
		const holder = run('open', dataDir);
		await expect.poll(() => readdir(join(dataDir, 'run')).catch(() => [])).toContain('holder.json');
		const attached = await keep(openDatabase({ dataDir }, { attach: true }));
		expect((await attached.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
		expect(await holder.next()).toMatchObject({ type: 'open' });
	});

	test('goes to exactly one of several that start at once', async () => {
		const { dataDir } = await copy();
		const starters = Array.from({ length: 4 }, () => run('open', dataDir));
		const answers = await Promise.all(starters.map((starter) => starter.next()));
		expect(answers.map((answer) => answer['type']).sort()).toEqual([
			'open',
			'refused',
			'refused',
			'refused',
		]);
	});

	test('is free again after it was closed', async () => {
		const { dataDir, handle } = await openCopy();
		await Promise.all([handle.close(), handle.close()]);
		expect(await readdir(join(dataDir, 'run'))).toEqual(['lock']);
		const again = await keep(openDatabase({ dataDir }));
		expect((await again.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
	});

	test('is opened by a command that attaches when nobody has it', async () => {
		const { dataDir } = await copy();
		const attached = await keep(openDatabase({ dataDir }, { attach: true }));
		expect((await attached.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
		await expect(openDatabase({ dataDir })).rejects.toMatchObject({ code: 'data_folder_in_use' });
	});
});

describe('after kill -9', () => {
	test('every acknowledged row is there, again and again', async () => {
		const { dataDir } = await copy();
		for (const pause of [30, 150, 400]) {
			const writer = run('write', dataDir);
			await writer.until('row');
			await new Promise((resolve) => setTimeout(resolve, pause));
			const acknowledged = (await writer.kill()).filter((line) => line['type'] === 'row');
			expect(await readdir(join(dataDir, 'run'))).toContain('.s.PGSQL.5432');

			const handle = await keep(openDatabase({ dataDir }));
			const { rows } = await handle.pool.query('select id from written');
			const found = new Set(rows.map((row) => row.id));
			expect(acknowledged.filter((line) => !found.has(line['id']))).toEqual([]);
			await handle.pool.query('drop table written');
			await handle.close();
		}
	});

	test('in the middle of a first boot the folder opens clean', async () => {
		// A first boot takes about four seconds: early, in the middle, and around the renaming.
		const moments = [
			[100, 1_000],
			[1_000, 2_500],
			[2_500, 5_000],
		].flatMap(([min, max], seed) =>
			fc.sample(fc.integer({ min: min ?? 0, max: max ?? 0 }), { numRuns: 1, seed }),
		);
		const { dataDir } = await emptyFolder();
		for (const moment of moments) {
			const victim = run('open', dataDir);
			await Promise.race([
				new Promise((resolve) => setTimeout(resolve, moment)),
				victim.until('open'),
			]);
			await victim.kill();
			const handle = await keep(openDatabase({ dataDir }));
			expect((await handle.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
			const version = await readFile(join(dataDir, 'database', 'VERSION'), 'utf8');
			expect(JSON.parse(version)).toMatchObject({ product: 'throughline', postgres: 18 });
			await handle.close();
			expect(await readdir(dataDir)).toEqual(['database', 'run']);
			await rm(join(dataDir, 'database'), { recursive: true });
		}
	}, 180_000);
});

describe('a data folder', () => {
	test('is made with its parents, for this user only', async () => {
		const { folder } = await emptyFolder();
		const dataDir = join(folder, 'a', 'b', 'c');
		const handle = await keep(openDatabase({ dataDir }));
		const answer = await handle.pool.query("select current_setting('server_version_num') as n");
		expect(Math.floor(Number(answer.rows[0].n) / 10_000)).toBe(18);
		for (const part of [dataDir, join(dataDir, 'run'), join(dataDir, 'database')]) {
			expect((await stat(part)).mode & 0o077).toBe(0);
		}
	});

	test('with a path too long for a socket works, for commands that attach too', async () => {
		const { folder } = await emptyFolder();
		const source = await copy();
		const dataDir = join(folder, 'x'.repeat(60), 'y'.repeat(60));
		await cp(source.dataDir, dataDir, { recursive: true });
		const handle = await keep(openDatabase({ dataDir }));
		cleanUps.push(() =>
			rm(handle.embedded?.connection.host ?? '', { recursive: true, force: true }),
		);
		expect((await stat(handle.embedded?.connection.host ?? '')).mode & 0o077).toBe(0);
		expect(await run('attach', dataDir).next()).toMatchObject({ type: 'open' });
	});

	test.each([
		[JSON.stringify({ product: 'throughline', postgres: 17 }), 'PostgreSQL 17'],
		['not a version', 'an unknown version'],
	])('of another version (%s) is refused with the way out', async (text, name) => {
		const { dataDir } = await copy();
		const path = join(dataDir, 'database', 'VERSION');
		const right = await readFile(path, 'utf8');
		await writeFile(path, text);
		const opening = openDatabase({ dataDir });
		await expect(opening).rejects.toMatchObject({ code: 'data_folder_version' });
		await expect(opening).rejects.toThrow(name);
		await expect(opening).rejects.toThrow('pg_dump');
		await writeFile(path, right);
		const handle = await keep(openDatabase({ dataDir }));
		expect(handle.mode).toBe('embedded');
	});

	test('that is a file is refused readably', async () => {
		const { folder } = await emptyFolder();
		await writeFile(join(folder, 'file'), '');
		await expect(openDatabase({ dataDir: join(folder, 'file') })).rejects.toMatchObject({
			code: 'data_folder_unusable',
			message: expect.stringContaining('DATA_DIR'),
		});
	});

	test('opens after a power cut emptied the file that says who has it', async () => {
		const { dataDir } = await copy();
		await writeFile(join(dataDir, 'database', 'postgres', 'postmaster.pid'), '');
		const handle = await keep(openDatabase({ dataDir }));
		expect((await handle.pool.query('select 1')).rowCount).toBe(1);
	});

	test('with damaged files is refused in a few readable lines', async () => {
		const { dataDir } = await copy();
		await writeFile(join(dataDir, 'database', 'postgres', 'global', 'pg_control'), 'broken');
		const error: unknown = await openDatabase({ dataDir }).catch((reason: unknown) => reason);
		expect(error).toMatchObject({ code: 'database_crashed' });
		expect(String(error).length).toBeLessThan(1_500);
		expect(String(error)).toContain('backups');
	});

	// prlimit is Linux's; elsewhere a full disk cannot be made without root.
	test.runIf(process.platform === 'linux')(
		'without room ends with a readable error and loses nothing acknowledged',
		async () => {
			const { dataDir } = await copy();
			const writer = run('write', dataDir);
			await writer.until('row');
			// The kernel refuses its writes beyond 100 kB of a file, as a full disk would.
			spawnSync('prlimit', ['--pid', String(writer.pid), '--fsize=100000:unlimited']);
			const fatal = await writer.until('fatal');
			expect(fatal['message']).toMatch(/could not write .* disk has room .*backups/);
			const acknowledged = (await writer.kill()).filter((line) => line['type'] === 'row');
			const handle = await keep(openDatabase({ dataDir }));
			const { rows } = await handle.pool.query('select count(*) as n from written');
			expect(rows[0].n).toBeGreaterThanOrEqual(acknowledged.length);
		},
	);

	test('is vacuumed and analysed by housekeeping', async () => {
		const { handle } = await openCopy();
		await handle.pool.query('create table worn as select i from generate_series(1, 20000) i');
		await handle.pool.query('delete from worn where i > 100');
		const pages = 'select relpages, reltuples::int from pg_class where relname = $1';
		await housekeeping(handle);
		const { rows } = await handle.pool.query(pages, ['worn']);
		expect(rows).toEqual([{ relpages: 1, reltuples: 100 }]);
	});
});

type Line = Record<string, unknown>;

/** The program, and what it said. It is killed after the test. */
function run(task: string, dataDir: string) {
	const child: ChildProcess = spawn(process.execPath, [PROGRAM, task, dataDir], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = once(child, 'close');
	const lines: Line[] = [];
	const seen = child.stdout === null ? null : createInterface({ input: child.stdout });
	const waiting: { type: string | null; resolve: (line: Line) => void }[] = [];
	seen?.on('line', (text) => {
		const line: Line = JSON.parse(text);
		lines.push(line);
		for (const wait of waiting.filter((one) => one.type === null || one.type === line['type'])) {
			wait.resolve(line);
		}
	});
	const kill = async (): Promise<Line[]> => {
		child.kill('SIGKILL');
		await ended;
		return lines;
	};
	const wait = (type: string | null): Promise<Line> => {
		const found = lines.find((line) => type === null || line['type'] === type);
		return found !== undefined
			? Promise.resolve(found)
			: new Promise((resolve) => waiting.push({ type, resolve }));
	};
	cleanUps.push(kill);
	return { pid: child.pid, kill, next: () => wait(null), until: (type: string) => wait(type) };
}

async function emptyFolder(): Promise<{ folder: string; dataDir: string }> {
	const folder = await makeTemporaryFolder('empty');
	cleanUps.push(() => rm(folder, { recursive: true, force: true }));
	return { folder, dataDir: join(folder, 'data') };
}

async function copy(): Promise<{ dataDir: string }> {
	const { config, remove } = await createTestDatabase('embedded');
	cleanUps.push(remove);
	return { dataDir: 'dataDir' in config ? config.dataDir : '' };
}

async function openCopy(
	options: OpenOptions = {},
): Promise<{ dataDir: string; handle: DatabaseHandle }> {
	const { dataDir } = await copy();
	return { dataDir, handle: await keep(openDatabase({ dataDir }, options)) };
}

async function keep(opening: Promise<DatabaseHandle>): Promise<DatabaseHandle> {
	const handle = await opening;
	cleanUps.push(handle.close);
	return handle;
}
