import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { inTrialFolder, removeAbandonedTrials } from './trial-folder.ts';

async function folderOf(pid: number): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `throughline-verify-${pid}-`));
	await writeFile(join(folder, 'rows'), 'words in the clear');
	return folder;
}

test('what was loaded to be looked at is gone afterwards, also when that failed', async () => {
	let used = '';
	const failing = inTrialFolder(async (folder) => {
		used = folder;
		await writeFile(join(folder, 'rows'), 'words in the clear');
		throw new Error('It cannot be loaded.');
	});
	await expect(failing).rejects.toThrow('It cannot be loaded.');
	expect(used).toContain(`${process.pid}`);
	expect(await readdir(tmpdir())).not.toContain(basename(used));
});

test('what an earlier release left is removed when it is old', async () => {
	const old = await mkdtemp(join(tmpdir(), 'throughline-verify-'));
	const fresh = await mkdtemp(join(tmpdir(), 'throughline-verify-'));
	const before = new Date(Date.now() - 3 * 60 * 60 * 1000);
	await utimes(old, before, before);
	try {
		await inTrialFolder(async () => {});
		const names = await readdir(tmpdir());
		expect(names).not.toContain(basename(old));
		expect(names).toContain(basename(fresh));
	} finally {
		await rm(fresh, { recursive: true });
	}
});

// Only root can give a folder away.
test.runIf(process.getuid?.() === 0)('what another account left is not touched', async () => {
	const theirs = await mkdtemp(join(tmpdir(), 'throughline-verify-'));
	const before = new Date(Date.now() - 3 * 60 * 60 * 1000);
	await utimes(theirs, before, before);
	await chown(theirs, 65534, 65534);
	try {
		await inTrialFolder(async () => {});
		expect(await readdir(tmpdir())).toContain(basename(theirs));
	} finally {
		await rm(theirs, { recursive: true });
	}
});

test('what a killed process left is removed by the next, and nobody else’s', async () => {
	const killed = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
	await once(killed, 'spawn');
	const left = await folderOf(killed.pid ?? 0);
	const own = await folderOf(process.pid);
	try {
		await inTrialFolder(async () => {});
		expect(await readdir(tmpdir())).toContain(basename(left));

		killed.kill('SIGKILL');
		await once(killed, 'exit');
		await inTrialFolder(async () => {});
		const names = await readdir(tmpdir());
		expect(names).not.toContain(basename(left));
		expect(names).toContain(basename(own));

		// In a container the next process has the number of the one that was killed.
		await removeAbandonedTrials({ isStart: true });
		expect(await readdir(tmpdir())).not.toContain(basename(own));
	} finally {
		killed.kill('SIGKILL');
		await rm(own, { recursive: true, force: true });
	}
});
