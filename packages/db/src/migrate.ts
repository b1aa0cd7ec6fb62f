import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Kysely } from 'kysely';
import { FileMigrationProvider, type MigrationResultSet, Migrator } from 'kysely/migration';
import { DatabaseOpenError, briefly } from './open-error.ts';

export type MigrateOptions = {
	/** Another folder of migrations than the product's: for tests of the mechanism. */
	folder?: string;
};

const MIGRATIONS = path.join(import.meta.dirname, 'migrations');

/**
 * Brings the database up to date and returns the names of the migrations it applied, in order. Two
 * processes may do so at once: one applies them, the other waits and applies none. All or nothing:
 * when one fails, `migration_failed` is thrown and none of them is in the database.
 */
export async function migrate<DB>(db: Kysely<DB>, options: MigrateOptions = {}): Promise<string[]> {
	return namesOf(await createMigrator(db, options).migrateToLatest());
}

/**
 * The same up to one migration of the product: for data that an older release wrote.
 * @throws DatabaseOpenError `migration_failed`, also when this release has no such migration.
 */
export async function migrateTo<DB>(db: Kysely<DB>, last: string): Promise<string[]> {
	const migrator = createMigrator(db, {});
	const known = await migrator.getMigrations();
	if (!known.some(({ name }) => name === last)) {
		throw new DatabaseOpenError(
			'migration_failed',
			`This release has no migration ${last}. If a newer release of Throughline made it, use that release.`,
		);
	}
	return namesOf(await migrator.migrateTo(last));
}

function namesOf({ error, results = [] }: MigrationResultSet): string[] {
	if (error === undefined) {
		return results
			.filter((result) => result.status === 'Success')
			.map((result) => result.migrationName);
	}
	const failed = results.find((result) => result.status === 'Error');
	throw new DatabaseOpenError(
		'migration_failed',
		failed === undefined
			? `The database could not be brought up to date: ${briefly(error)}. If a newer release of Throughline has used it, start that release.`
			: `The migration ${failed.migrationName} failed: ${briefly(error)}. Nothing was changed; the release before this one still works with the database.`,
		{ cause: error },
	);
}

/** The names of the migrations that `migrate` would apply, in order. */
export async function pendingMigrations<DB>(
	db: Kysely<DB>,
	options: MigrateOptions = {},
): Promise<string[]> {
	const migrations = await createMigrator(db, options).getMigrations();
	return migrations
		.filter((migration) => migration.executedAt === undefined)
		.map((migration) => migration.name);
}

function createMigrator<DB>(db: Kysely<DB>, options: MigrateOptions): Migrator {
	return new Migrator({
		db,
		provider: new FileMigrationProvider({
			fs: { readdir: readMigrationNames },
			path,
			migrationFolder: options.folder ?? MIGRATIONS,
			import: (file) => import(pathToFileURL(file).href),
		}),
	});
}

/** Tests lie beside migrations and are none. */
async function readMigrationNames(folder: string): Promise<string[]> {
	const names = await readdir(folder);
	return names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
}
