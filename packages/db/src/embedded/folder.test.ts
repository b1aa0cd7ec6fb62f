import type * as FileSystem from 'node:fs/promises';
import { readdir, rm, statfs } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { makeTemporaryFolder } from '../testing/temporary-folder.ts';
import { networkFileSystem, prepareFolder } from './folder.ts';

// No test can mount a file system of the network; what the kernel says of one is put in its place.
vi.mock('node:fs/promises', async (original) => {
	const real = await original<typeof FileSystem>();
	return { ...real, statfs: vi.fn(real.statfs) };
});

test.runIf(process.platform === 'linux')(
	'a data folder on a file system of the network is refused in words, and left as it was',
	async () => {
		const folder = await makeTemporaryFolder('network');
		try {
			const real = await statfs(folder);
			vi.mocked(statfs).mockResolvedValueOnce(Object.assign(real, { type: 0x6969 }));
			await expect(prepareFolder(folder)).rejects.toMatchObject({
				code: 'data_folder_unusable',
				message: expect.stringMatching(/lies on NFS.*DATA_DIR.*DATABASE_URL/),
			});
			expect(await readdir(folder)).toEqual([]);
			// The control: the same folder on this machine's own disk.
			await expect(prepareFolder(folder)).resolves.toMatchObject({ root: folder });
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	},
);

test.runIf(process.platform === 'linux')('file systems of the network are known by number', () => {
	expect([0x6969, 0xff534d42, 0xff534d42 - 2 ** 32, 0x00c36400].map(networkFileSystem)).toEqual([
		'NFS',
		'CIFS',
		'CIFS',
		'Ceph',
	]);
	// ext4, tmpfs, overlayfs.
	expect([0xef53, 0x01021994, 0x794c7630].map(networkFileSystem)).toEqual([null, null, null]);
});
