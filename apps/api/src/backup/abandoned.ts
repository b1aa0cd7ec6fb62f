import { stat } from 'node:fs/promises';

/** No backup takes longer to be written or to be loaded. */
const OLD_MS = 2 * 60 * 60 * 1000;

/**
 * Whether what lies there was left by a process that is gone; what another account left is not ours.
 * @param pid whose it is; undefined where its name does not say so.
 * @param options.isStart this process has made nothing yet: what bears its number is another's, as in a
 * container, where every process has the same.
 */
export async function isAbandoned(
	path: string,
	pid: number | undefined,
	options: { isStart: boolean },
): Promise<boolean> {
	const found = await stat(path).catch(() => null);
	if (found === null || (process.getuid && found.uid !== process.getuid())) {
		return false;
	}
	if (pid === process.pid) {
		return options.isStart;
	}
	return (pid !== undefined && !isRunning(pid)) || Date.now() - found.mtimeMs > OLD_MS;
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
