import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, pendingMigrations } from './migrate.ts';
import { openDatabase } from './open.ts';
import { createTestDatabase, describeOnBothDatabases, type Mode } from './testing/index.ts';
import { makeTemporaryFolder } from './testing/temporary-folder.ts';

const MIGRATIONS = join(import.meta.dirname, 'migrations');
const PROGRAM = join(import.meta.dirname, 'testing/die-while-migrating.ts');
const EMPTY = 'drop schema public cascade; create schema public';

describeOnBothDatabases('a process that is killed while it migrates', (_getDatabase, mode) => {
	let folder: string;
	let names: string[];
	let place: Awaited<ReturnType<typeof createTestDatabase>>;
	beforeAll(async () => {
		folder = await makeTemporaryFolder('killed-migration');
		names = (await readdir(MIGRATIONS)).filter((name) => !name.endsWith('.test.ts')).sort();
		place = await createTestDatabase(mode);
	});
	afterAll(async () => {
		await place.remove();
		await rm(folder, { recursive: true, force: true });
	});

	async function opened<T>(
		use: (handle: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
	): Promise<T> {
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		try {
			return await use(handle);
		} finally {
			await handle.close();
		}
	}

	/** The product's migrations up to one, and after it one that kills its process. */
	async function dieAfter(last: number): Promise<number> {
		const path = join(folder, String(last));
		await mkdir(path);
		for (const name of names.slice(0, last + 1)) {
			const from = JSON.stringify(join(MIGRATIONS, name));
			await writeFile(join(path, name), `export { up } from ${from};\n`);
		}
		const dying = (names[last] ?? '').replace(/\.ts$/, '-and-die.ts');
		const die = "export const up = () => process.kill(process.pid, 'SIGKILL');\n";
		await writeFile(join(path, dying), die);
		const child = spawn(process.execPath, [PROGRAM, JSON.stringify(place.config), path], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [printed, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
		expect(signal).toBe('SIGKILL');
		return Number(printed);
	}

	test('leaves nothing of any of them, whichever it was, and the next one does all', async () => {
		await opened(({ pool }) => pool.query(EMPTY));
		for (const last of chosen(names, mode)) {
			// Nothing was left by the one before: all up to this one, and the one that dies.
			expect(await dieAfter(last), names[last]).toBe(last + 2);
		}
		await opened(async ({ db, pool }) => {
			const { rows } = await pool.query(
				`select count(*)::int as n from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`,
			);
			expect(rows).toEqual([{ n: 0 }]);
			expect(await migrate(db)).toHaveLength(names.length);
			expect(await pendingMigrations(db)).toEqual([]);
		});
	}, 600_000);
});

/**
 * Each on a server. On the embedded database each takes ten seconds: the first, the last and every
 * fifth, unless EVERY_MIGRATION=1.
 */
function chosen(names: readonly string[], mode: Mode): number[] {
	const isEvery = mode === 'server' || process.env['EVERY_MIGRATION'] === '1';
	return [...names.keys()].filter(
		(index) => isEvery || index % 5 === 0 || index === names.length - 1,
	);
}
