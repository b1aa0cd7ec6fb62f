export {
	backupEmbedded,
	keptBackups,
	restoreEmbedded,
	verifyBackup,
	type Backup,
	type Seal,
} from './embedded/backup.ts';
export { QueueFull } from './gather.ts';
export { housekeeping } from './embedded/housekeeping.ts';
export { countRows, listMigrations, listTables, type Table } from './logical/catalog.ts';
export { loadTables, type LoadRows } from './logical/load-tables.ts';
export { readTables, type TableVisitor } from './logical/read-tables.ts';
export { migrate, pendingMigrations, type MigrateOptions } from './migrate.ts';
export { briefly, DatabaseOpenError, errorCode, type DatabaseProblem } from './open-error.ts';
export { checkLogging } from './open-server.ts';
export { json } from './open-values.ts';
export {
	openDatabase,
	type DatabaseConfig,
	type DatabaseHandle,
	type OpenOptions,
} from './open.ts';
export type { Schema } from './schema.ts';
export type { Database } from './types.ts';
