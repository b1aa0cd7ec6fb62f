/**
 * Migrates a database and kills itself after one of the migrations, before anything is committed:
 * `node die-while-migrating.ts '<DatabaseConfig as JSON>' FOLDER`. The folder's last migration is the
 * one that dies. Prints how many migrations were to be applied.
 */
import { migrate, pendingMigrations } from '../migrate.ts';
import { openDatabase, type DatabaseConfig } from '../open.ts';

const [, , config = '', folder = ''] = process.argv;
// The test writes it.
const handle = await openDatabase(JSON.parse(config) as DatabaseConfig, { purpose: 'tests' });
const pending = await pendingMigrations(handle.db, { folder });
await new Promise((resolve) => process.stdout.write(`${pending.length}\n`, resolve));
await migrate(handle.db, { folder });
