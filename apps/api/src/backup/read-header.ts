import { open } from 'node:fs/promises';
import { DatabaseOpenError } from '@throughline/db';
import type { ZodType } from 'zod';
import { type Cipher, cipherFor } from './cipher.ts';

const LONGEST = 4096;

/**
 * The first line of a file, and how many bytes it has.
 * @throws Error when the file is not there, or its first line is not what `kind` takes.
 */
export async function readHeader<T>(
	file: string,
	kind: ZodType<T>,
): Promise<{ read: T; length: number }> {
	const handle = await open(file, 'r');
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST), 0, LONGEST, 0);
		const length = buffer.subarray(0, bytesRead).indexOf('\n') + 1;
		if (length === 0) {
			throw new Error('it is no backup of Throughline');
		}
		return { read: kind.parse(JSON.parse(buffer.toString('utf8', 0, length))), length };
	} catch (error) {
		throw error instanceof SyntaxError || (error instanceof Error && error.name === '$ZodError')
			? new Error('it is no backup of Throughline', { cause: error })
			: error;
	} finally {
		await handle.close();
	}
}

/**
 * The cipher of an encrypted file.
 * @throws DatabaseOpenError `backup_locked` when the passphrase is missing or another.
 */
export async function unlock(
	file: string,
	{ passphrase, encryption }: { passphrase: string | null; encryption: Cipher['header'] },
): Promise<Cipher> {
	if (passphrase === null) {
		throw new DatabaseOpenError(
			'backup_locked',
			`The backup ${file} is encrypted. Put its passphrase into a file and name that file in BACKUP_PASSPHRASE_FILE.`,
		);
	}
	const cipher = await cipherFor(passphrase, encryption);
	if (cipher === null) {
		throw new DatabaseOpenError(
			'backup_locked',
			`The passphrase in BACKUP_PASSPHRASE_FILE is not the one ${file} was encrypted with.`,
		);
	}
	return cipher;
}
