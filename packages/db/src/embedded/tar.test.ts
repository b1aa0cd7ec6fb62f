import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import { packFolder, unpack } from './tar.ts';

let folder = '';
beforeAll(async () => {
	folder = await makeTemporaryFolder('tar');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every file comes back byte for byte, at every length around a block', async () => {
	let round = 0;
	const size = fc.oneof(fc.nat(2_000), fc.constantFrom(0, 1, 511, 512, 513, 1024, 70_000));
	await fc.assert(
		fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 5 }), async (sizes) => {
			round += 1;
			const source = join(folder, `in-${round}`);
			const target = join(folder, `out-${round}`);
			await mkdir(join(source, 'empty', 'folder'), { recursive: true });
			const contents = sizes.map((length, i) => Buffer.alloc(length, `${i}é`));
			for (const [i, content] of contents.entries()) {
				await writeFile(join(source, `file ${i}`), content);
			}
			const tar = join(folder, `${round}.tar`);
			await packFolder(source, tar, { skip: [] });
			const packed = await unpack(createReadStream(tar, { highWaterMark: 333 }), {
				required: ['file 0', 'empty/folder/'],
				target,
			});
			expect(packed).toEqual({ files: sizes.length, bytes: sizes.reduce((a, b) => a + b, 0) });
			for (const [i, content] of contents.entries()) {
				expect(await readFile(join(target, `file ${i}`))).toEqual(content);
			}
		}),
		{ numRuns: 25 },
	);
});

test('the system’s tar reads it', async () => {
	const source = join(folder, 'system');
	await mkdir(join(source, 'base'), { recursive: true });
	await writeFile(join(source, 'base', '1'), 'one');
	await writeFile(join(source, 'skipped'), 'two');
	await packFolder(source, join(folder, 'system.tar'), { skip: ['skipped'] });
	const listed = spawnSync('tar', ['-tvf', join(folder, 'system.tar')], { encoding: 'utf8' });
	expect(listed.stderr).toBe('');
	expect(listed.stdout).toMatch(/^drwx------ .* base\/\n-rw------- .* 3 .* base\/1\n$/);
});

test.each(['../out', '/etc/out', 'a/../../out'])('a tar that names %s is refused', async (name) => {
	const source = join(folder, 'forbidden');
	await mkdir(source, { recursive: true });
	const placeholder = 'x'.repeat(name.length);
	await writeFile(join(source, placeholder), '');
	const tar = join(folder, `${placeholder}.tar`);
	await packFolder(source, tar, { skip: [] });
	const bytes = await readFile(tar);
	bytes.write(name, 0);
	bytes.write(`${headerSum(bytes).toString(8).padStart(6, '0')}\0 `, 148);
	await rm(join(source, placeholder));
	const unpacking = unpack(one(bytes), { required: [], target: join(folder, 'forbidden-out') });
	await expect(unpacking).rejects.toThrow('forbidden name');
});

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

function headerSum(bytes: Buffer): number {
	const header = Buffer.from(bytes.subarray(0, 512)).fill(' ', 148, 156);
	return header.reduce((sum, byte) => sum + byte, 0);
}
