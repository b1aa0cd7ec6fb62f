import pg from 'pg';
import { createLogSync } from './embedded/durable-log.ts';
import { createDatabaseFolder, removeLeftovers, startEngine } from './embedded/engine.ts';
import { prepareFolder, type DataFolder } from './embedded/folder.ts';
import { inUseError, readHolder, takeLock, type Holder } from './embedded/lock.ts';
import { checkVersion } from './embedded/version.ts';

/** A place a pool can connect to, and what to do when it is no longer needed. */
export type Endpoint = {
	connection: { host: string; port: number; user: string; database: string };
	folder: DataFolder;
	/** Resolves when everything committed before the call is on the disk. */
	sync: () => Promise<void>;
	close(): Promise<void>;
};

export type EmbeddedOptions = {
	attach: boolean;
	purpose: string;
	now: () => Date;
	onFatal: (error: Error) => void;
};

const IDLE_IN_TRANSACTION_MS = 60_000;
const ATTACH_TIMEOUT_MS = 30_000;
const ATTACH_PAUSE_MS = 100;

/** Opens the data folder, or with `attach` joins the process that has it open. */
export async function openEmbedded(dataDir: string, options: EmbeddedOptions): Promise<Endpoint> {
	const folder = await prepareFolder(dataDir);
	const lock = await takeLock(folder, options.purpose, options.now);
	if (lock === null) {
		if (!options.attach) {
			throw inUseError(folder, await readHolder(folder));
		}
		return attach(folder, options);
	}
	try {
		await removeLeftovers(folder);
		if (!(await checkVersion(folder))) {
			await createDatabaseFolder(folder);
		}
		const engine = await startEngine(folder, {
			idleInTransactionMs: IDLE_IN_TRANSACTION_MS,
			onFatal: options.onFatal,
		});
		const sync = createLogSync(folder);
		try {
			// Until the disk knows that the database is open, a power cut looks like a clean end to it.
			await sync();
		} catch (error) {
			await engine.close();
			throw error;
		}
		return {
			folder,
			sync,
			connection: connectionTo(folder.socketFolder),
			async close() {
				await engine.close().finally(lock.release);
			},
		};
	} catch (error) {
		await lock.release();
		throw error;
	}
}

/** Waits until the holder answers (it may be starting); opens the folder itself if it ends. */
async function attach(folder: DataFolder, options: EmbeddedOptions): Promise<Endpoint> {
	const deadline = performance.now() + ATTACH_TIMEOUT_MS;
	let holder: Holder | null = null;
	while (performance.now() < deadline) {
		holder = await readHolder(folder);
		if (holder !== null && (await answers(holder.socketFolder))) {
			const sync = createLogSync(folder);
			const connection = connectionTo(holder.socketFolder);
			return { folder, connection, sync, close: sync };
		}
		await new Promise((resolve) => setTimeout(resolve, ATTACH_PAUSE_MS));
		const lock = await takeLock(folder, options.purpose, options.now);
		if (lock !== null) {
			await lock.release();
			return openEmbedded(folder.root, options);
		}
	}
	throw inUseError(folder, holder);
}

async function answers(socketFolder: string): Promise<boolean> {
	const client = new pg.Client(connectionTo(socketFolder));
	client.on('error', () => {});
	try {
		await client.connect();
		await client.end();
		return true;
	} catch {
		return false;
	}
}

function connectionTo(socketFolder: string): Endpoint['connection'] {
	return { host: socketFolder, port: 5432, user: 'postgres', database: 'postgres' };
}
