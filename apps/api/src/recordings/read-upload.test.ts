import fc from 'fast-check';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readUpload, segmentStarts } from './read-upload.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'throughline-upload-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sha256 = (part: Buffer) => createHash('sha256').update(part).digest('hex');

async function written(parts: readonly Buffer[]) {
	const path = join(folder, randomBytes(8).toString('hex'));
	await writeFile(path, Buffer.concat(parts));
	const slices = parts.map((part, number) => ({
		number,
		segment: Math.floor(number / 2),
		bytes: part.length,
		sha256: sha256(part),
		startMs: number * 5000,
		endMs: (number + 1) * 5000,
	}));
	return { path, slices };
}

describe('what arrived', () => {
	test('is found whole however it was sliced, empty slices and all', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 12 }),
				async (given) => {
					const parts = given.map((part) => Buffer.from(part));
					const { path, slices } = await written(parts);
					const whole = Buffer.concat(parts);
					const read = await readUpload(path, slices);
					expect(read).toMatchObject({
						bytes: whole.length,
						sha256: sha256(whole),
						wrongSlice: null,
					});
				},
			),
			{ numRuns: 60 },
		);
	});

	test('names the slice that is not what the device says', async () => {
		const { path, slices } = await written([
			randomBytes(3_000_000),
			randomBytes(10),
			randomBytes(9),
		]);
		const wrong = slices.map((slice) =>
			slice.number === 1 ? { ...slice, sha256: '0'.repeat(64) } : slice,
		);
		expect((await readUpload(path, wrong)).wrongSlice).toBe(1);
	});

	test('names the first slice that is missing', async () => {
		const { path, slices } = await written([randomBytes(20), randomBytes(10)]);
		const more = { ...slices[1], number: 2, segment: 1, bytes: 5, sha256: sha256(Buffer.alloc(5)) };
		expect(
			(await readUpload(path, [...slices, { startMs: 0, endMs: 1, ...more }])).wrongSlice,
		).toBe(2);
	});

	test('shows how each segment begins', async () => {
		const parts = ['aaaa', 'bb', 'cccc', 'dd', 'ee'].map((text) => Buffer.from(text));
		const { path, slices } = await written(parts);
		const { heads } = await readUpload(path, slices);
		const texts = heads.map((head) => Buffer.from(head).toString().slice(0, 2));
		expect(texts).toEqual(['aa', 'cc', 'ee']);
	});
});

test('a segment begins at its first byte, not at an empty slice', () => {
	const slice = { sha256: '', startMs: 0, endMs: 0 };
	const slices = [
		{ ...slice, number: 0, segment: 0, bytes: 0 },
		{ ...slice, number: 1, segment: 0, bytes: 7 },
		{ ...slice, number: 2, segment: 1, bytes: 0 },
		{ ...slice, number: 3, segment: 1, bytes: 5 },
	];
	expect(segmentStarts(slices)).toEqual([0, 7]);
	expect(segmentStarts([])).toEqual([0]);
});
