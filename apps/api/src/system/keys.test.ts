import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
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
	const epoch = await first.makeEpochKey(WINDOW, 1);
	const second = await fileKeys(folder);
	expect(second.pepper).toEqual(first.pepper);
	expect(second.sessionSecret).toEqual(first.sessionSecret);
	expect(await second.makeEpochKey(WINDOW, 1)).toEqual(epoch);
	expect(await second.makeEpochKey(WINDOW, 2)).not.toEqual(epoch);
	expect(first.pepper).not.toEqual(first.sessionSecret);
});

test.each(['keys', 'keys-copy'])(
	'keys in %s can be read by their owner alone, and nothing unfinished stays behind',
	async (place) => {
		await (await fileKeys(folder)).makeEpochKey(WINDOW, 1);
		expect((await stat(join(folder, place))).mode & 0o777).toBe(0o700);
		const names = await readdir(join(folder, place));
		expect(names.toSorted()).toEqual([`epoch-${WINDOW}-1`, 'pepper', 'safety', 'session']);
		for (const name of names) {
			const { mode, size } = await stat(join(folder, place, name));
			expect([name, mode & 0o777, size]).toEqual([name, 0o600, 32]);
		}
	},
);

test('the second copies may lie elsewhere', async () => {
	const elsewhere = join(folder, 'other-disk');
	const { pepper } = await fileKeys(folder, elsewhere);
	expect(await readFile(join(elsewhere, 'pepper'))).toEqual(pepper);
	expect(await readdir(folder)).toEqual(['keys', 'other-disk']);
});

test.each([
	['missing', (path: string) => rm(path)],
	['damaged', (path: string) => writeFile(path, 'short')],
])('a copy that is %s is made anew from the other, whichever it is', async (_what, harm) => {
	const { pepper, makeEpochKey } = await fileKeys(folder);
	const epoch = await makeEpochKey(WINDOW, 1);
	for (const place of ['keys', 'keys-copy']) {
		await harm(join(folder, place, 'pepper'));
		await harm(join(folder, place, `epoch-${WINDOW}-1`));
		const keys = await fileKeys(folder);
		expect(keys.pepper).toEqual(pepper);
		expect(await keys.epochKey(WINDOW, 1, (key) => key.equals(epoch))).toEqual(epoch);
		expect(await readFile(join(folder, place, 'pepper'))).toEqual(pepper);
		expect(await readFile(join(folder, place, `epoch-${WINDOW}-1`))).toEqual(epoch);
	}
});

test('an epoch key is not made when it is only asked for, and another one is not taken for it', async () => {
	const keys = await fileKeys(folder);
	expect(await keys.epochKey(WINDOW, 1, () => true)).toBeNull();
	expect(await readdir(join(folder, 'keys'))).toEqual(['pepper', 'safety', 'session']);
	await keys.makeEpochKey(WINDOW, 1);
	expect(await keys.epochKey(WINDOW, 1, () => false)).toBeNull();
});

test('of two copies of an epoch key the one that opens its canary is right', async () => {
	const keys = await fileKeys(folder);
	const right = await keys.makeEpochKey(WINDOW, 1);
	await writeFile(join(folder, 'keys', `epoch-${WINDOW}-1`), Buffer.alloc(32, 9));
	expect(await keys.epochKey(WINDOW, 1, (key) => key.equals(right))).toEqual(right);
	expect(await readFile(join(folder, 'keys', `epoch-${WINDOW}-1`))).toEqual(right);
});

test('several processes that start at once agree on one key', async () => {
	const starts = await Promise.all(Array.from({ length: 8 }, () => fileKeys(folder)));
	expect(new Set(starts.map((keys) => keys.pepper.toString('hex'))).size).toBe(1);
	const epochs = await Promise.all(starts.map((keys) => keys.makeEpochKey(WINDOW, 1)));
	expect(new Set(epochs.map((key) => key.toString('hex'))).size).toBe(1);
});

test('what a crash left unfinished is no key and is in nobody’s way', async () => {
	const { pepper } = await fileKeys(folder);
	await writeFile(join(folder, 'keys', 'session.crashed.new'), '');
	expect((await fileKeys(folder)).pepper).toEqual(pepper);
});

test('a key that is damaged in both places stops the start, in words', async () => {
	await fileKeys(folder);
	await writeFile(join(folder, 'keys', 'pepper'), 'short');
	await writeFile(join(folder, 'keys-copy', 'pepper'), 'short');
	await expect(fileKeys(folder)).rejects.toThrow('holds 5 bytes instead of 32');
});

test('copies that differ stop the start, in words: nobody knows which is right', async () => {
	await fileKeys(folder);
	await writeFile(join(folder, 'keys', 'pepper'), Buffer.alloc(32));
	await expect(fileKeys(folder)).rejects.toThrow('differ');
});

test('a destroyed key is gone: the next one is another', async () => {
	const keys = await fileKeys(folder);
	const before = await keys.makeEpochKey(WINDOW, 1);
	await keys.destroyEpochKey(WINDOW, 1);
	for (const place of ['keys', 'keys-copy']) {
		expect(await readdir(join(folder, place))).toEqual(['pepper', 'safety', 'session']);
	}
	expect(await keys.epochKey(WINDOW, 1, () => true)).toBeNull();
	expect(await keys.makeEpochKey(WINDOW, 1)).not.toEqual(before);
});

test('a destroyed key was overwritten first: whoever holds the file open reads nothing of it', async () => {
	const keys = await fileKeys(folder);
	const before = await keys.makeEpochKey(WINDOW, 1);
	const files = await Promise.all(
		['keys', 'keys-copy'].map((place) => open(join(folder, place, `epoch-${WINDOW}-1`), 'r')),
	);
	await keys.destroyEpochKey(WINDOW, 1);
	for (const file of files) {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(32), 0, 32, 0);
		await file.close();
		expect(bytesRead).toBe(32);
		expect(buffer).not.toEqual(before);
	}
});

test('a destroyed key is in nothing that a killed process left beside it either', async () => {
	const keys = await fileKeys(folder);
	const key = await keys.makeEpochKey(WINDOW, 1);
	const other = await keys.makeEpochKey(WINDOW, 10);
	const left = join(folder, 'keys-copy', `epoch-${WINDOW}-1.3f1c.new`);
	await writeFile(left, key);
	const file = await open(left, 'r');
	await keys.destroyEpochKey(WINDOW, 1);
	const { buffer } = await file.read(Buffer.alloc(32), 0, 32, 0);
	await file.close();
	expect(buffer).not.toEqual(key);
	expect(await readdir(join(folder, 'keys-copy'))).not.toContain(`epoch-${WINDOW}-1.3f1c.new`);
	expect(await keys.epochKey(WINDOW, 10, () => true)).toEqual(other);
});

test('destroying a key that is half destroyed, or gone, does the rest', async () => {
	const keys = await fileKeys(folder);
	await keys.makeEpochKey(WINDOW, 1);
	await rm(join(folder, 'keys', `epoch-${WINDOW}-1`));
	await keys.destroyEpochKey(WINDOW, 1);
	await keys.destroyEpochKey(WINDOW, 1);
	expect(await readdir(join(folder, 'keys-copy'))).toEqual(['pepper', 'safety', 'session']);
});
