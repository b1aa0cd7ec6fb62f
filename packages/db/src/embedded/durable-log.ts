import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../open-error.ts';
import { ENGINE_FOLDER, syncPath, type DataFolder } from './folder.ts';

/** Says where the log begins that has to be read after a crash, and whether there was one. */
const CONTROL_FILE = 'global/pg_control';
const LOG_FOLDER = 'pg_wal';
/** 24 hexadecimal digits: a segment of the log of changes. */
const SEGMENT = /^[0-9A-F]{24}$/;
/** Two writes closer than the file system's clock ticks look like one; ticks are far shorter than this. */
const CLOCK_TICK_NS = 2_000_000_000n;

/**
 * Asks the disk to keep the engine's log of changes, which the engine never does. Callers that come
 * while a write is under way share the next one. A failure is final: what the disk refused once it may
 * report as written the next time, so every later call fails too.
 */
export function createLogSync(folder: DataFolder): () => Promise<void> {
	const root = join(folder.database, ENGINE_FOLDER);
	const log = join(root, LOG_FOLDER);
	const control = join(root, CONTROL_FILE);
	const synced = new Map<string, bigint>();
	let controlledAt: bigint | null = null;
	return shared(async () => {
		const { mtimeNs } = await stat(control, { bigint: true });
		if (mtimeNs !== controlledAt) {
			// It was started, or wrote a checkpoint: only with all of it on the disk may the log begin there.
			await syncFiles(root);
			controlledAt = mtimeNs;
		}
		const names = (await readdir(log)).filter((name) => SEGMENT.test(name));
		const isNew = names.some((name) => !synced.has(name));
		for (const name of names) {
			const changedAt = await syncIfChanged(join(log, name), synced.get(name));
			if (changedAt !== undefined) {
				synced.set(name, changedAt);
			}
		}
		for (const name of [...synced.keys()].filter((known) => !names.includes(known))) {
			synced.delete(name);
		}
		if (isNew) {
			await syncPath(log);
		}
	});
}

/** Every file and folder below `root`; the engine may remove some meanwhile. */
async function syncFiles(root: string): Promise<void> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile() || entry.isDirectory())
		.map((entry) => join(entry.parentPath, entry.name));
	for (const path of [...paths, root]) {
		await syncPath(path).catch((error: unknown) => {
			if (errorCode(error) !== 'ENOENT') {
				throw error;
			}
		});
	}
}

/**
 * Runs `work` for whoever asks, one at a time: those who ask while it runs wait for one more run, which
 * began after they asked.
 */
export function shared(work: () => Promise<void>): () => Promise<void> {
	let running: Promise<void> = Promise.resolve();
	let next: Promise<void> | null = null;
	return () => {
		// After a failure `running` stays rejected, and so does everything that comes after it.
		next ??= running.then(() => {
			next = null;
			running = work();
			return running;
		});
		return next;
	};
}

/** When the file last changed, once it is on the disk; undefined when it is gone (recycled). */
async function syncIfChanged(
	file: string,
	before: bigint | undefined,
): Promise<bigint | undefined> {
	try {
		const handle = await open(file, 'r+');
		try {
			// Read first: a change during the sync is synced again the next time.
			const { mtimeNs } = await handle.stat({ bigint: true });
			const age = BigInt(Date.now()) * 1_000_000n - mtimeNs;
			if (mtimeNs !== before || age < CLOCK_TICK_NS) {
				await handle.datasync();
			}
			return mtimeNs;
		} finally {
			await handle.close();
		}
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
}
