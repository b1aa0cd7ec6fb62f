import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of a process; those of earlier releases do not say whose they are. */
const NAME = /^throughline-verify-(?:(?<pid>\d+)-)?\w{6}$/;
/** No backup takes longer to be loaded. */
const OLD_MS = 2 * 60 * 60 * 1000;

/**
 * Does something in a folder of its own that is gone afterwards: a backup that is loaded there lies in
 * the clear, also when it came from an encrypted file.
 */
export async function inTrialFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	await removeAbandonedTrials();
	const folder = await mkdtemp(join(tmpdir(), `throughline-verify-${process.pid}-`));
	try {
		return await work(folder);
	} finally {
		await remove(folder);
	}
}

/** Removes such folders of processes that were killed in the middle. */
export async function removeAbandonedTrials(): Promise<void> {
	for (const name of await readdir(tmpdir())) {
		const found = NAME.exec(name);
		const folder = join(tmpdir(), name);
		const pid = found?.groups?.['pid'];
		if (found && (pid === undefined ? await isOld(folder) : !isRunning(Number(pid)))) {
			await remove(folder);
		}
	}
}

async function isOld(folder: string): Promise<boolean> {
	const found = await stat(folder).catch(() => null);
	return found !== null && Date.now() - found.mtimeMs > OLD_MS;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// Somebody else's process is one, too.
		return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
	}
}

async function remove(folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
