import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const KEY_BYTES = 32;

/** One key of 32 bytes that lies in two folders under the same name. */
export interface KeyInTwoPlaces {
	/**
	 * The key, made if neither place has one. Of several processes that make it at the same time, the
	 * first one's stays. A missing or damaged copy is written anew.
	 * @throws Error when no copy is whole, or the two are not the same.
	 */
	readOrMake(): Promise<Buffer>;
	/** The copy that passes the test, written to the other place too; null when none does. */
	read(isRight: (key: Buffer) => boolean): Promise<Buffer | null>;
	/**
	 * Overwrites both copies, and what a process that was killed while it wrote one left beside it, syncs
	 * that to disk, and removes them. May be repeated.
	 */
	destroy(): Promise<void>;
}

/** @param places two folders; they are made, for this user alone, when a key is. */
export function keyInTwoPlaces(places: readonly [string, string], name: string): KeyInTwoPlaces {
	const [path, copy] = [join(places[0], name), join(places[1], name)] as const;

	async function readOrMake(): Promise<Buffer> {
		const found = [await readKey(path), await readKey(copy)];
		const whole = found.filter((key) => key?.length === KEY_BYTES);
		const [key, other] = whole;
		if (!key) {
			const damaged = found.find((bytes) => bytes !== null);
			if (damaged) {
				throw new Error(
					`The key file ${path} holds ${damaged.length} bytes instead of ${KEY_BYTES}, and its copy ${copy} is no better. Restore it from where keys are kept; what it sealed cannot be read without it.`,
				);
			}
			await writeFirst(path, randomBytes(KEY_BYTES));
			return await readOrMake();
		}
		if (other && !other.equals(key)) {
			throw new Error(
				`The key file ${path} and its copy ${copy} differ. Only one of them opens what was sealed: put the right one in both places.`,
			);
		}
		await writeMissing(found, key);
		return key;
	}

	async function writeMissing(found: readonly (Buffer | null)[], key: Buffer): Promise<void> {
		for (const [index, place] of [path, copy].entries()) {
			const there = found[index];
			if (!there) {
				await writeFirst(place, key);
			} else if (!there.equals(key)) {
				await replace(place, key);
			}
		}
	}

	return {
		readOrMake,
		async read(isRight) {
			const found = [await readKey(path), await readKey(copy)];
			const key = found.find((bytes) => bytes?.length === KEY_BYTES && isRight(bytes));
			if (!key) {
				return null;
			}
			await writeMissing(found, key);
			return key;
		},
		async destroy() {
			for (const place of [path, copy]) {
				await overwriteAndRemove(place);
				for (const unfinished of await listUnfinished(place)) {
					await overwriteAndRemove(unfinished);
				}
			}
		},
	};
}

async function readKey(path: string): Promise<Buffer | null> {
	try {
		return await readFile(path);
	} catch (error) {
		return hasCode(error, 'ENOENT') ? null : Promise.reject(error);
	}
}

/** Written whole under another name, then given its own: a crash leaves a whole key or none. */
async function writeFirst(path: string, key: Buffer): Promise<void> {
	const unfinished = await writeBeside(path, key);
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
}

async function replace(path: string, key: Buffer): Promise<void> {
	await rename(await writeBeside(path, key), path);
	await syncFolder(dirname(path));
}

async function writeBeside(path: string, key: Buffer): Promise<string> {
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const unfinished = `${path}.${randomUUID()}.new`;
	const file = await open(unfinished, 'wx', 0o600);
	try {
		await file.writeFile(key);
		await file.sync();
	} finally {
		await file.close();
	}
	return unfinished;
}

/** Copies of a key that were never given its name. */
async function listUnfinished(path: string): Promise<string[]> {
	const names = await readdir(dirname(path)).catch((error: unknown) =>
		hasCode(error, 'ENOENT') ? [] : Promise.reject(error),
	);
	return names
		.filter((name) => name.startsWith(`${basename(path)}.`))
		.map((name) => join(dirname(path), name));
}

/** A new name is on disk when its folder is, and so is the end of an old one. */
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

async function overwriteAndRemove(path: string): Promise<void> {
	try {
		const file = await open(path, 'r+');
		try {
			await file.write(randomBytes(KEY_BYTES), 0, KEY_BYTES, 0);
			await file.sync();
		} finally {
			await file.close();
		}
		await rm(path, { force: true });
		await syncFolder(dirname(path));
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) {
			throw error;
		}
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
