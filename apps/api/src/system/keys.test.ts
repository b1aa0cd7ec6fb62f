import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileKeys } from './keys.ts';

const WINDOW = '0197b1f0-0000-7000-8000-000000000001';
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-keys-'));
});

afterEach(async () => {
	await rm(folder, { recursive: true, force: true });
});

test('keys are made once, and are the same after a restart', async () => {
	const first = await fileKeys(folder);
	const epoch = await first.epochKey(WINDOW, 1);
	const second = await fileKeys(folder);
	expect(second.pepper).toEqual(first.pepper);
	expect(second.sessionSecret).toEqual(first.sessionSecret);
	expect(await second.epochKey(WINDOW, 1)).toEqual(epoch);
	expect(await second.epochKey(WINDOW, 2)).not.toEqual(epoch);
	expect(first.pepper).not.toEqual(first.sessionSecret);
});

test('keys can be read by their owner alone, and nothing unfinished stays behind', async () => {
	await (await fileKeys(folder)).epochKey(WINDOW, 1);
	const names = await readdir(join(folder, 'keys'));
	expect(names.toSorted()).toEqual([`epoch-${WINDOW}-1`, 'pepper', 'safety', 'session']);
	for (const name of names) {
		const { mode, size } = await stat(join(folder, 'keys', name));
		expect([name, mode & 0o777, size]).toEqual([name, 0o600, 32]);
	}
});

test('several processes that start at once agree on one key', async () => {
	const starts = await Promise.all(Array.from({ length: 8 }, () => fileKeys(folder)));
	expect(new Set(starts.map((keys) => keys.pepper.toString('hex'))).size).toBe(1);
	const epochs = await Promise.all(starts.map((keys) => keys.epochKey(WINDOW, 1)));
	expect(new Set(epochs.map((key) => key.toString('hex'))).size).toBe(1);
});

test('what a crash left unfinished is no key and is in nobody’s way', async () => {
	const { pepper } = await fileKeys(folder);
	await writeFile(join(folder, 'keys', 'session.crashed.new'), '');
	expect((await fileKeys(folder)).pepper).toEqual(pepper);
});

test('a damaged key stops the start, in words', async () => {
	await fileKeys(folder);
	await writeFile(join(folder, 'keys', 'pepper'), 'short');
	await expect(fileKeys(folder)).rejects.toThrow('holds 5 bytes instead of 32');
});

test('a destroyed key is gone: the next one is another', async () => {
	const keys = await fileKeys(folder);
	const before = await keys.epochKey(WINDOW, 1);
	await keys.destroyEpochKey(WINDOW, 1);
	expect(await keys.epochKey(WINDOW, 1)).not.toEqual(before);
});
