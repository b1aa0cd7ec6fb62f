import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupFolder } from './backup-folder.ts';
import { createBackups } from './backup-status.ts';

const HOUR_MS = 60 * 60 * 1000;
const SERVER = { DATABASE_URL: 'postgres://localhost/throughline' };

let folder: string;
let now: number;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-status-'));
	now = Date.now();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that starts now. */
function start(settings: { DATABASE_URL?: string; DATA_DIR?: string } = {}) {
	return createBackups({
		config: { DATA_DIR: folder, DATABASE_URL: undefined, ...settings },
		clock: () => new Date(now),
	});
}

async function putBackup({ hoursAgo }: { hoursAgo: number }): Promise<void> {
	const backups = backupFolder({ DATA_DIR: folder });
	await mkdir(backups, { recursive: true });
	const file = join(backups, 'throughline-20260115T030000Z.tar.gz.sealed');
	await writeFile(file, '');
	const made = new Date(now - hoursAgo * HOUR_MS);
	await utimes(file, made, made);
}

/** Whether the newest backup is late for a server that has run for a while. */
async function isLate(
	{ hoursAgo, running }: { hoursAgo: number | null; running: number },
	settings = {},
): Promise<boolean> {
	const backups = start(settings);
	now += running * HOUR_MS;
	if (hoursAgo !== null) {
		await putBackup({ hoursAgo });
	}
	return (await backups.read()).isLate;
}

test('hourly backups are late after three hours', async () => {
	expect(await isLate({ hoursAgo: 2.9, running: 100 })).toBe(false);
	expect(await isLate({ hoursAgo: 3.1, running: 100 })).toBe(true);
	expect((await start().read()).lateAfterHours).toBe(3);
});

test('daily backups are late after 26 hours', async () => {
	expect(await isLate({ hoursAgo: 25.9, running: 100 }, SERVER)).toBe(false);
	expect(await isLate({ hoursAgo: 26.1, running: 100 }, SERVER)).toBe(true);
	expect((await start(SERVER).read()).lateAfterHours).toBe(26);
});

test('a machine that was off over night is given its first hours, not its first day', async () => {
	expect(await isLate({ hoursAgo: 14, running: 2 })).toBe(false);
	expect(await isLate({ hoursAgo: 14, running: 3.1 })).toBe(true);
	expect(await isLate({ hoursAgo: 27, running: 0 })).toBe(true);
});

test('a server without any backup is late as well', async () => {
	expect(await isLate({ hoursAgo: null, running: 2 })).toBe(false);
	expect(await isLate({ hoursAgo: null, running: 3.1 })).toBe(true);
	expect(await isLate({ hoursAgo: null, running: 25 }, SERVER)).toBe(false);
	expect(await isLate({ hoursAgo: null, running: 27 }, SERVER)).toBe(true);
});

test.each([{}, SERVER])(
	'a failure outlives its process until the next success',
	async (settings) => {
		await putBackup({ hoursAgo: 1 });
		expect(await start(settings).read()).toMatchObject({ hasFailed: false });
		await start(settings).failed();
		expect(await start(settings).read()).toMatchObject({ hasFailed: true });
		await start(settings).succeeded();
		expect(await start(settings).read()).toMatchObject({ hasFailed: false });
	},
);

test('a process killed between a success and its note has not failed', async () => {
	await start().failed();
	await putBackup({ hoursAgo: -0.1 });
	expect(await start().read()).toMatchObject({ hasFailed: false });
});

test('a disk that takes no word of it does not hide it', async () => {
	await writeFile(join(folder, 'full'), '');
	const backups = start({ DATA_DIR: join(folder, 'full', 'data') });
	await backups.failed();
	expect(await backups.read()).toMatchObject({ hasFailed: true });
});
