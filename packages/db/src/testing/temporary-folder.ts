import { chmodSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'throughline-test-';
/** A socket's path is at most 103 bytes; some machines have a long temporary folder. */
const PARENT = tmpdir().length > 40 ? '/tmp' : tmpdir();

/**
 * A new folder under the machine's temporary one, named after this process. `mode` 0o755 lets another
 * user pass through it.
 */
export async function makeTemporaryFolder(kind: string, mode = 0o700): Promise<string> {
	const folder = await mkdtemp(join(PARENT, `${PREFIX}${process.pid}-${kind}-`));
	chmodSync(folder, mode);
	return folder;
}

/** Removes what test runs that were killed left: their servers, then their folders. */
export async function sweepTemporaryFolders(): Promise<void> {
	for (const name of await readdir(PARENT)) {
		const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : NaN;
		if (Number.isSafeInteger(pid) && !isAlive(pid)) {
			const folder = join(PARENT, name);
			await stopLeftServer(folder);
			await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
		}
	}
}

async function stopLeftServer(folder: string): Promise<void> {
	const text = await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
	const [pidLine, dataFolder] = text.split('\n');
	const pid = Number.parseInt(pidLine ?? '', 10);
	if (dataFolder !== join(folder, 'data') || !Number.isSafeInteger(pid) || pid <= 1) {
		return;
	}
	// The pid may belong to someone else by now: only a process that runs on this folder is ours.
	const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
	if (!command.split('\0').includes(dataFolder)) {
		return;
	}
	process.kill(pid, 'SIGQUIT');
	for (let i = 0; i < 50 && isAlive(pid); i += 1) {
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
