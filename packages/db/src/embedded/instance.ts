import { PGlite } from '@electric-sql/pglite';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ENGINE_FOLDER, syncPath } from './folder.ts';
import type { Engine } from './multiplexer.ts';
import { VERSION_FILE, versionFile } from './version.ts';
import { createPanicReader } from './wire.ts';

/** The engine of one database folder, in this thread. */
export type EngineInstance = Engine & {
	close(): Promise<void>;
};

/** Written whole at every start. The log of changes has no bound unless it is told one. */
const SETTINGS = [
	"timezone = 'UTC'",
	"log_timezone = 'UTC'",
	"datestyle = 'iso, ymd'",
	"default_text_search_config = 'pg_catalog.simple'",
	"min_wal_size = '32MB'",
	"max_wal_size = '64MB'",
	'autovacuum = off',
];

/** Opens the database in `folder`, which must exist. After `onPanic` it is of no use. */
export async function openEngine(
	folder: string,
	onPanic: (error: Error) => void,
): Promise<EngineInstance> {
	const dataDir = join(folder, ENGINE_FOLDER);
	// The lock is ours. A power cut leaves this file empty, and the engine then refuses to open.
	await rm(join(dataDir, 'postmaster.pid'), { force: true });
	const pglite = await PGlite.create({ dataDir, postgresqlconf: SETTINGS });
	return {
		async run(bytes, onData) {
			const readPanic = createPanicReader();
			let panic: Error | null = null;
			const onRawData = (data: Uint8Array): void => {
				const message = readPanic(data);
				if (message !== null) {
					panic ??= new Error(message);
					// Now, not after the call: it may never return.
					onPanic(panic);
				}
				onData(data);
			};
			await pglite.runExclusive(() => pglite.execProtocolRawStream(bytes, { onRawData }));
			if (panic !== null) {
				throw panic;
			}
		},
		isInTransaction: () => pglite.isInTransaction(),
		close: () => pglite.close(),
	};
}

/**
 * Completes the database in `folder`: makes one where there are no files, opens the files of a restored
 * backup, and writes VERSION. Everything is on the disk when this resolves.
 */
export async function completeDatabase(folder: string): Promise<void> {
	const dataDir = join(folder, ENGINE_FOLDER);
	await mkdir(dataDir, { recursive: true, mode: 0o700 });
	const pglite = await PGlite.create({ dataDir, postgresqlconf: SETTINGS });
	const answer = await pglite.query<{ version: string }>('select version()');
	await pglite.close();
	const version = versionFile(answer.rows[0]?.version ?? '');
	await writeFile(join(folder, VERSION_FILE), version, { mode: 0o600 });
	await syncTree(folder);
}

/** Asks the disk to keep every file below `folder`: the engine never does. */
async function syncTree(folder: string): Promise<void> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	for (const entry of entries) {
		if (entry.isFile() || entry.isDirectory()) {
			await syncPath(join(entry.parentPath, entry.name));
		}
	}
	await syncPath(folder);
	await syncPath(dirname(folder));
}
