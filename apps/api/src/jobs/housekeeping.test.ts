import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '@throughline/db';
import { describeOn } from '@throughline/db/testing';
import { expect, test } from 'vitest';
import { housekeeping } from './housekeeping.ts';

test('the night’s work leaves a backup of the embedded database in the data folder', async () => {
	const dataDir = await mkdtemp(join(tmpdir(), 'throughline-night-'));
	const handle = await openDatabase({ dataDir }, { purpose: 'tests' });
	try {
		await migrate(handle.db);

		await housekeeping(handle);

		const backups = await readdir(join(dataDir, 'backups'));
		expect(backups).toEqual([expect.stringMatching(/^throughline-.*\.tar\.gz$/)]);
	} finally {
		await handle.close();
		await rm(dataDir, { recursive: true });
	}
}, 120_000);

describeOn('server', 'the night’s work', (getDatabase) => {
	test('leaves a PostgreSQL server to itself', async () => {
		await expect(housekeeping(getDatabase())).resolves.toBeUndefined();
	});
});
