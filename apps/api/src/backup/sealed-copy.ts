import { createReadStream } from 'node:fs';
import type { Seal } from '@throughline/db';
import { newCipher } from './cipher.ts';
import { type CopyHeader, copyHeader } from './manifest.ts';
import { readHeader, unlock } from './read-header.ts';

/** Seals copies of the embedded database's files in the way every backup is sealed. */
export function sealOf(passphrase: string): Seal {
	return {
		ending: '.sealed',
		async *close(content) {
			const cipher = await newCipher(passphrase);
			const first: CopyHeader = {
				format: 'throughline-copy',
				version: 1,
				encryption: cipher.header,
			};
			yield Buffer.from(`${JSON.stringify(first)}\n`);
			yield* cipher.seal(content);
		},
		...openerOf(passphrase),
	};
}

/** Opens them; without their passphrase what is read throws `backup_locked` and says what is missing. */
export function openerOf(passphrase: string | null): Pick<Seal, 'open'> {
	return {
		async *open(file) {
			const { read, length } = await readHeader(file, copyHeader);
			const cipher = await unlock(file, { passphrase, encryption: read.encryption });
			yield* cipher.open(createReadStream(file, { start: length }));
		},
	};
}

/** Whether a file says that it is such a copy. */
export async function isSealedCopy(file: string): Promise<boolean> {
	return (await readHeader(file, copyHeader).catch(() => null)) !== null;
}
