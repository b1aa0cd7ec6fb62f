import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAbandoned } from './abandoned.ts';

/** Of a process; those of earlier releases do not say whose they are. */
const NAME = /^throughline-verify-(?:(?<pid>\d+)-)?\w{6}$/;

/**
 * Does something in a folder of its own that is gone afterwards: a backup that is loaded there lies in
 * the clear, also when it came from an encrypted file.
 */
export async function inTrialFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	await removeAbandonedTrials({ isStart: false });
	const folder = await mkdtemp(join(tmpdir(), `throughline-verify-${process.pid}-`));
	try {
		return await work(folder);
	} finally {
		await remove(folder);
	}
}

/** Removes such folders of processes that were killed in the middle; other accounts remove their own. */
export async function removeAbandonedTrials(options: { isStart: boolean }): Promise<void> {
	for (const name of await readdir(tmpdir())) {
		const found = NAME.exec(name);
		const pid = found?.groups?.['pid'];
		const path = join(tmpdir(), name);
		if (found && (await isAbandoned(path, pid === undefined ? undefined : Number(pid), options))) {
			await remove(path);
		}
	}
}

async function remove(folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
