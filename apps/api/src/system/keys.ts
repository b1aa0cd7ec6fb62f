import { randomBytes, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Keys } from '../deps.ts';

const KEY_BYTES = 32;

/**
 * Keys as files of mode 0600 in `<folder>/keys`, outside the database and its backups. Each is
 * made once, synced to disk before it is used, and read back whole.
 * @throws Error when a key file is damaged: losing a key means losing what it sealed.
 */
export async function fileKeys(folder: string): Promise<Keys> {
	const keyFolder = join(folder, 'keys');
	await mkdir(keyFolder, { recursive: true, mode: 0o700 });
	const epochKeys = new Map<string, Promise<Buffer>>();

	return {
		pepper: await readOrMake(join(keyFolder, 'pepper')),
		safety: await readOrMake(join(keyFolder, 'safety')),
		sessionSecret: await readOrMake(join(keyFolder, 'session')),
		epochKey(windowId, epoch) {
			const name = epochName(windowId, epoch);
			const known = epochKeys.get(name);
			if (known) {
				return known;
			}
			const made = readOrMake(join(keyFolder, name));
			epochKeys.set(name, made);
			made.catch(() => epochKeys.delete(name));
			return made;
		},
		async destroyEpochKey(windowId, epoch) {
			const name = epochName(windowId, epoch);
			epochKeys.delete(name);
			await overwriteAndRemove(join(keyFolder, name));
		},
	};
}

function epochName(windowId: string, epoch: number): string {
	return `epoch-${windowId}-${epoch}`;
}

async function readOrMake(path: string): Promise<Buffer> {
	const key = (await readKey(path)) ?? (await makeKey(path));
	if (key.length !== KEY_BYTES) {
		throw new Error(
			`The key file ${path} holds ${key.length} bytes instead of ${KEY_BYTES}. Restore it from where keys are kept; what it sealed cannot be read without it.`,
		);
	}
	return key;
}

async function readKey(path: string): Promise<Buffer | null> {
	try {
		return await readFile(path);
	} catch (error) {
		return hasCode(error, 'ENOENT') ? null : Promise.reject(error);
	}
}

/**
 * Written whole under another name, then given its own: a crash leaves a whole key or none. Of
 * several processes that make one at the same time, the first one's stays.
 */
async function makeKey(path: string): Promise<Buffer> {
	const unfinished = `${path}.${randomUUID()}.new`;
	const file = await open(unfinished, 'wx', 0o600);
	try {
		await file.writeFile(randomBytes(KEY_BYTES));
		await file.sync();
	} finally {
		await file.close();
	}
	try {
		await link(unfinished, path);
	} catch (error) {
		if (!hasCode(error, 'EEXIST')) {
			throw error;
		}
	} finally {
		await rm(unfinished);
	}
	await syncFolder(dirname(path));
	return await readFile(path);
}

/** A new name is on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') {
		// Windows opens no folders as files, and writes names through by itself.
		return;
	}
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}

async function overwriteAndRemove(path: string): Promise<void> {
	try {
		await access(path, constants.F_OK);
	} catch {
		return;
	}
	const file = await open(path, 'r+');
	try {
		await file.write(randomBytes(KEY_BYTES), 0, KEY_BYTES, 0);
		await file.sync();
	} finally {
		await file.close();
	}
	await rm(path);
}
