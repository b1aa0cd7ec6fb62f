import { readFile, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseOpenError } from '../open-error.ts';
import type { DataFolder } from './folder.ts';

/** Who has the data folder open, as that process wrote it down. */
export type Holder = { pid: number; since: string; purpose: string; socketFolder: string };

export type Lock = { release(): Promise<void> };

const SQLITE_BUSY = 5;

/**
 * Takes the data folder for this process, or returns null when another has it. The lock is the
 * kernel's own on `run/lock`, taken through SQLite: it is exact between processes, threads and
 * containers, and it is gone the moment its process is, however that ended. (The engine takes none,
 * and two of them on one folder lose rows without an error.)
 */
export async function takeLock(
	folder: DataFolder,
	purpose: string,
	now: () => Date,
): Promise<Lock | null> {
	const file = lockExclusively(folder.lock);
	if (file === null) {
		return null;
	}
	try {
		const holder: Holder = {
			pid: process.pid,
			since: now().toISOString(),
			purpose,
			socketFolder: folder.socketFolder,
		};
		await writeFile(folder.holder, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
	} catch (error) {
		file.close();
		throw error;
	}
	return {
		async release() {
			if (file.isOpen) {
				await rm(folder.holder, { force: true });
				file.close();
			}
		},
	};
}

/** What the process that has the folder says about itself; null when it has not said so yet. */
export async function readHolder(folder: DataFolder): Promise<Holder | null> {
	const text = await readFile(folder.holder, 'utf8').catch(() => '');
	const holder = parseHolder(text);
	return holder !== null && isAlive(holder.pid) ? holder : null;
}

/** The error for a process that finds the folder taken: who has it, and how to go on. */
export function inUseError(folder: DataFolder, holder: Holder | null): DatabaseOpenError {
	const who =
		holder === null
			? 'another process'
			: `process ${holder.pid} (${holder.purpose}, since ${holder.since})`;
	const stop = holder === null ? 'Stop it' : `Stop it (kill ${holder.pid})`;
	return new DatabaseOpenError(
		'data_folder_in_use',
		`The data folder ${folder.root} is in use by ${who}. ${stop}, or choose another folder with DATA_DIR.`,
	);
}

function lockExclusively(path: string): DatabaseSync | null {
	const file = new DatabaseSync(path, { timeout: 0 });
	try {
		file.exec('begin exclusive');
		return file;
	} catch (error) {
		file.close();
		if (isBusy(error)) {
			return null;
		}
		throw error;
	}
}

function isBusy(error: unknown): boolean {
	return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function parseHolder(text: string): Holder | null {
	try {
		const value: unknown = JSON.parse(text);
		return isHolder(value) ? value : null;
	} catch {
		return null;
	}
}

function isHolder(value: unknown): value is Holder {
	return (
		typeof value === 'object' &&
		value !== null &&
		'pid' in value &&
		Number.isSafeInteger(value.pid) &&
		'since' in value &&
		typeof value.since === 'string' &&
		'purpose' in value &&
		typeof value.purpose === 'string' &&
		'socketFolder' in value &&
		typeof value.socketFolder === 'string'
	);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it lives, under another user.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
