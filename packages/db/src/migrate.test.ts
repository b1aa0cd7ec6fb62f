import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, pendingMigrations } from './migrate.ts';
import { openDatabase } from './open.ts';
import { describeOnBothDatabases } from './testing/index.ts';
import { makeTemporaryFolder } from './testing/temporary-folder.ts';

let folder = '';
beforeAll(async () => {
	folder = await makeTemporaryFolder('migrations');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder of migrations, each one statement. */
async function makeMigrations(name: string, statements: Record<string, string>): Promise<string> {
	const path = join(folder, name);
	await mkdir(path, { recursive: true });
	for (const [file, statement] of Object.entries(statements)) {
		const run = `db.executeQuery({ sql: ${JSON.stringify(statement)}, parameters: [] })`;
		const query = run.replace(
			'{ sql',
			"{ query: { kind: 'RawNode' }, queryId: { queryId: '1' }, sql",
		);
		await writeFile(join(path, file), `export const up = async (db) => { await ${query}; };\n`);
	}
	return path;
}

describeOnBothDatabases('migrating', (getDatabase) => {
	async function onEmptySchema(use: () => Promise<void>): Promise<void> {
		const { pool } = getDatabase();
		await pool.query('drop schema public cascade; create schema public');
		await use();
	}

	test('leaves a database that is up to date alone', async () => {
		expect(await pendingMigrations(getDatabase().db)).toEqual([]);
		expect(await migrate(getDatabase().db)).toEqual([]);
	});

	test('applies every migration of the product in order, and twice is once', () =>
		onEmptySchema(async () => {
			const { db } = getDatabase();
			const files = await readdir(join(import.meta.dirname, 'migrations'));
			const names = files
				.filter((name) => !name.endsWith('.test.ts'))
				.map((name) => name.replace(/\.ts$/, ''))
				.sort();
			expect(names.length).toBeGreaterThan(0);
			expect(await pendingMigrations(db)).toEqual(names);
			expect(await migrate(db)).toEqual(names);
			expect(await pendingMigrations(db)).toEqual([]);
			expect(await migrate(db)).toEqual([]);
		}));

	test('by several processes at once applies each migration once', () =>
		onEmptySchema(async () => {
			const { config } = getDatabase();
			const racers = await Promise.all(
				[1, 2, 3].map(() => openDatabase(config, { attach: true, poolSize: 2 })),
			);
			const applied = await Promise.all(racers.map((racer) => migrate(racer.db)));
			await Promise.all(racers.map((racer) => racer.close()));
			expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
			expect(await pendingMigrations(getDatabase().db)).toEqual([]);
		}));

	test('that fails names the migration, keeps the cause and changes nothing', () =>
		onEmptySchema(async () => {
			const { db } = getDatabase();
			const path = await makeMigrations(`failing-${getDatabase().mode}`, {
				'2026-01-01-good.ts': 'create table good (id int)',
				'2026-01-02-bad.ts': 'create table bad (id nonsense)',
				'2026-01-02-bad.test.ts': 'a test is no migration',
			});
			await expect(migrate(db, { folder: path })).rejects.toMatchObject({
				code: 'migration_failed',
				message: expect.stringMatching(/2026-01-02-bad failed: .*nonsense/),
				cause: expect.objectContaining({ code: '42704' }),
			});
			const tables = await sql`select to_regclass('good') as good`.execute(db);
			expect(tables.rows).toEqual([{ good: null }]);
			expect(await pendingMigrations(db, { folder: path })).toHaveLength(2);
		}));

	test('by an older release than the database was used with is refused', () =>
		onEmptySchema(async () => {
			const { db, mode } = getDatabase();
			const newer = { '2026-01-01-a.ts': 'select 1', '2026-01-02-b.ts': 'select 1' };
			const older = { '2026-01-01-a.ts': 'select 1' };
			await migrate(db, { folder: await makeMigrations(`newer-${mode}`, newer) });
			const path = await makeMigrations(`older-${mode}`, older);
			await expect(migrate(db, { folder: path })).rejects.toThrow('newer release');
		}));
});
