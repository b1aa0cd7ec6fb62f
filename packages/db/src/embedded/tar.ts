/**
 * Packs a folder into a tar and reads one back, in pieces: a database need not fit into memory.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (ustar interchange format)
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export type Packed = { files: number; bytes: number };

/** One step of reading: an entry begins, or bytes of the last one. */
type Piece =
	| { type: 'entry'; name: string; size: number; isFolder: boolean }
	| { type: 'bytes'; bytes: Uint8Array };

const BLOCK = 512;
const LONGEST_NAME = 100;
const CHECKSUM_AT = 148;
const CHECKSUM_LENGTH = 8;
const FOLDER_FLAG = '5';

/** Packs every file and folder below `folder`, but those named in `skip`, into the new file `target`. */
export async function packFolder(
	folder: string,
	target: string,
	options: { skip: readonly string[] },
): Promise<void> {
	const file = createWriteStream(target, { flags: 'wx', mode: 0o600 });
	await pipeline(Readable.from(pack(folder, options.skip)), file);
}

/**
 * Reads an uncompressed tar to its last byte; with `target`, writes its files there. Throws when an
 * entry is damaged, the end is missing, or a file of `required` is.
 */
export async function unpack(
	content: AsyncIterable<Uint8Array>,
	options: { required: readonly string[]; target?: string },
): Promise<Packed> {
	const missing = new Set(options.required);
	const packed = { files: 0, bytes: 0 };
	let output: FileHandle | null = null;
	try {
		for await (const piece of readPieces(content)) {
			if (piece.type === 'bytes') {
				await output?.writeFile(piece.bytes);
				continue;
			}
			await output?.close();
			output = options.target === undefined ? null : await place(options.target, piece);
			missing.delete(piece.name);
			packed.files += piece.isFolder ? 0 : 1;
			packed.bytes += piece.size;
		}
	} finally {
		await output?.close();
	}
	if (missing.size > 0) {
		throw new Error(`it lacks ${[...missing].join(' and ')}`);
	}
	return packed;
}

async function* pack(folder: string, skip: readonly string[]): AsyncGenerator<Uint8Array> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const names = entries
		.filter((entry) => entry.isFile() || entry.isDirectory())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.filter((name) => !skip.includes(name))
		.sort();
	for (const name of names) {
		const path = join(folder, name);
		const found = await stat(path);
		if (found.isDirectory()) {
			yield makeHeader(`${name}/`, 0, FOLDER_FLAG);
			continue;
		}
		yield makeHeader(name, found.size, '0');
		let rest = found.size;
		for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
			const bytes: Buffer = chunk;
			rest -= bytes.length;
			yield bytes;
		}
		if (rest !== 0) {
			throw new Error(`${path} changed while it was read`);
		}
		yield Buffer.alloc(padding(found.size));
	}
	yield Buffer.alloc(2 * BLOCK);
}

async function* readPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
	let rest: Buffer = Buffer.alloc(0);
	let toRead = 0;
	let toSkip = 0;
	let isEnded = false;
	for await (const chunk of content) {
		rest = Buffer.concat([rest, chunk]);
		while (rest.length > 0 && !isEnded) {
			if (toRead > 0) {
				const bytes = rest.subarray(0, toRead);
				toRead -= bytes.length;
				rest = rest.subarray(bytes.length);
				yield { type: 'bytes', bytes };
			} else if (toSkip > 0) {
				const skipped = Math.min(toSkip, rest.length);
				toSkip -= skipped;
				rest = rest.subarray(skipped);
			} else if (rest.length < BLOCK) {
				break;
			} else {
				const entry = readHeader(rest.subarray(0, BLOCK));
				rest = rest.subarray(BLOCK);
				isEnded = entry === null;
				toRead = entry?.size ?? 0;
				toSkip = padding(toRead);
				if (entry !== null) {
					yield entry;
				}
			}
		}
	}
	if (!isEnded) {
		throw new Error('it ends too early');
	}
}

/** Makes the folder, or the file to write into. */
async function place(
	target: string,
	entry: Extract<Piece, { type: 'entry' }>,
): Promise<FileHandle | null> {
	if (entry.name.split('/').includes('..') || entry.name.startsWith('/')) {
		throw new Error(`it holds the forbidden name ${entry.name}`);
	}
	const path = join(target, entry.name);
	await mkdir(entry.isFolder ? path : dirname(path), { recursive: true, mode: 0o700 });
	return entry.isFolder ? null : open(path, 'wx', 0o600);
}

function makeHeader(name: string, size: number, flag: string): Buffer {
	if (Buffer.byteLength(name) > LONGEST_NAME) {
		throw new Error(`the name ${name} is too long`);
	}
	const header = Buffer.alloc(BLOCK);
	header.write(name, 0);
	header.write(flag === FOLDER_FLAG ? '0000700\0' : '0000600\0', 100);
	header.write('0000000\0'.repeat(2), 108);
	header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
	header.write('00000000000\0', 136);
	header.write(flag, 156);
	header.write('ustar\x0000', 257);
	header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, CHECKSUM_AT);
	return header;
}

/** Null: the end mark. */
function readHeader(header: Buffer): Extract<Piece, { type: 'entry' }> | null {
	if (header.every((byte) => byte === 0)) {
		return null;
	}
	if (readOctal(header, CHECKSUM_AT, CHECKSUM_LENGTH) !== checksum(header)) {
		throw new Error('an entry is damaged');
	}
	const name = readText(header, 0, LONGEST_NAME);
	const isFolder = readText(header, 156, 1) === FOLDER_FLAG;
	return { type: 'entry', name, isFolder, size: readOctal(header, 124, 12) };
}

/** The sum of the header's bytes, its own field counted as spaces. */
function checksum(header: Buffer): number {
	let sum = CHECKSUM_LENGTH * 0x20;
	for (const [index, byte] of header.entries()) {
		sum += index >= CHECKSUM_AT && index < CHECKSUM_AT + CHECKSUM_LENGTH ? 0 : byte;
	}
	return sum;
}

function readOctal(header: Buffer, at: number, length: number): number {
	return Number.parseInt(readText(header, at, length).trim(), 8);
}

function readText(header: Buffer, at: number, length: number): string {
	const text = header.toString('utf8', at, at + length);
	const end = text.indexOf('\0');
	return end === -1 ? text : text.slice(0, end);
}

function padding(size: number): number {
	return (BLOCK - (size % BLOCK)) % BLOCK;
}
