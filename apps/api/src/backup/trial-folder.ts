import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^throughline-verify-(\d+)-/;

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
		const pid = Number(NAME.exec(name)?.[1] ?? process.pid);
		if (!isRunning(pid)) {
			await remove(join(tmpdir(), name));
		}
	}
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
