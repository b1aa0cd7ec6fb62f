import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { DatabaseOpenError, briefly } from '../open-error.ts';
import { syncPath } from './folder.ts';

const BLOCK = 512;

/** Writes a dump compressed to `file` and asks the disk to keep it. */
export async function dumpTo(file: string, dump: Blob): Promise<void> {
	const source = Readable.fromWeb(dump.stream());
	const target = createWriteStream(file, { flags: 'wx', mode: 0o600 });
	await pipeline(source, createGzip({ level: 6 }), target);
	await syncPath(file);
}

/**
 * Reads a dump back to its last byte: the checksum of the compression, every entry's place, the end
 * mark, and the files no database can be without. Throws `backup_unreadable` otherwise.
 */
export async function verifyDump(file: string): Promise<{ files: number; bytes: number }> {
	try {
		return await readDump(file);
	} catch (error) {
		throw new DatabaseOpenError(
			'backup_unreadable',
			`The backup ${file} cannot be read back: ${briefly(error)}. Keep the older ones and make a new one.`,
			{ cause: error },
		);
	}
}

async function readDump(file: string): Promise<{ files: number; bytes: number }> {
	const missing = new Set(['PG_VERSION', 'global/pg_control']);
	let rest: Buffer = Buffer.alloc(0);
	let toSkip = 0;
	let files = 0;
	let bytes = 0;
	let isEnded = false;
	const source = createReadStream(file);
	const content = source.pipe(createGunzip());
	source.on('error', (error) => content.destroy(error));
	for await (const chunk of content) {
		rest = Buffer.concat([rest, chunk]);
		while (rest.length > 0) {
			if (toSkip > 0) {
				const skipped = Math.min(toSkip, rest.length);
				rest = rest.subarray(skipped);
				toSkip -= skipped;
				continue;
			}
			if (rest.length < BLOCK) {
				break;
			}
			const header = rest.subarray(0, BLOCK);
			rest = rest.subarray(BLOCK);
			if (header.every((byte) => byte === 0)) {
				isEnded = true;
				continue;
			}
			const entry = readHeader(header);
			missing.delete(entry.name);
			files += 1;
			bytes += entry.size;
			toSkip = Math.ceil(entry.size / BLOCK) * BLOCK;
		}
	}
	if (toSkip > 0 || !isEnded) {
		throw new Error('it ends too early');
	}
	if (missing.size > 0) {
		throw new Error(`it lacks ${[...missing].join(' and ')}`);
	}
	return { files, bytes };
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, ustar interchange format. */
function readHeader(header: Buffer): { name: string; size: number } {
	const stored = readOctal(header, 148, 8);
	let sum = 8 * 0x20;
	for (const [index, byte] of header.entries()) {
		sum += index >= 148 && index < 156 ? 0 : byte;
	}
	if (sum !== stored) {
		throw new Error('an entry has a wrong checksum');
	}
	const name = readText(header, 0, 100).replace(/^\.?\/+/, '');
	return { name, size: readOctal(header, 124, 12) };
}

function readOctal(header: Buffer, at: number, length: number): number {
	const value = Number.parseInt(readText(header, at, length).trim(), 8);
	if (!Number.isSafeInteger(value)) {
		throw new Error('an entry has no readable length');
	}
	return value;
}

function readText(header: Buffer, at: number, length: number): string {
	const text = header.toString('utf8', at, at + length);
	const end = text.indexOf('\0');
	return end === -1 ? text : text.slice(0, end);
}
