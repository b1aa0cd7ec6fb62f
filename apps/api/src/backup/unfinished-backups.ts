import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isAbandoned } from './abandoned.ts';

/** Of a backup that is being written or verified; those of earlier releases do not all say whose. */
const NAME =
	/^throughline-\d{8}T\d{6}Z\.(?:backup|tar\.gz(?:\.sealed)?)\.(?:.*\.)?(?:part|tar|unverified)$/;
const PID = /\.(?<pid>\d+)\.\w+$/;

/** Beside its own name, a backup that is written and not verified yet. */
export function unverifiedName(file: string): string {
	return `${file}.${process.pid}.unverified`;
}

/** Whether the name of a file says that nobody has verified it, or that it was found wanting. */
export function isUnverified(file: string): boolean {
	return NAME.test(basename(file)) || file.endsWith('.unverified') || file.endsWith('.unusable');
}

/** Removes backups from a folder that a killed process did not get done. */
export async function removeUnfinishedBackups(
	folder: string,
	options: { isStart: boolean },
): Promise<void> {
	for (const name of await readdir(folder).catch(() => [])) {
		const pid = PID.exec(name)?.groups?.['pid'];
		const path = join(folder, name);
		if (
			NAME.test(name) &&
			(await isAbandoned(path, pid === undefined ? undefined : Number(pid), options))
		) {
			await rm(path, { force: true });
		}
	}
}
