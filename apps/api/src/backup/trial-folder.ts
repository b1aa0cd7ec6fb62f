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

/** Removes such folders of processes that were killed in the middle; other accounts remove their own. */
export async function removeAbandonedTrials(): Promise<void> {
	for (const name of await readdir(tmpdir())) {
		const found = NAME.exec(name);
		if (found && (await isAbandoned(join(tmpdir(), name), found.groups?.['pid']))) {
			await remove(join(tmpdir(), name));
		}
	}
}

async function isAbandoned(folder: string, pid: string | undefined): Promise<boolean> {
	const found = await stat(folder).catch(() => null);
	if (found === null || (process.getuid && found.uid !== process.getuid())) {
		return false;
	}
	return pid === undefined ? Date.now() - found.mtimeMs > OLD_MS : !isRunning(Number(pid));
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
