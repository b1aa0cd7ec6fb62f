export { backupEmbedded, restoreEmbedded, verifyBackup, type Backup } from './embedded/backup.ts';
export { housekeeping } from './embedded/housekeeping.ts';
export { migrate, pendingMigrations, type MigrateOptions } from './migrate.ts';
export { DatabaseOpenError, type DatabaseProblem } from './open-error.ts';
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
