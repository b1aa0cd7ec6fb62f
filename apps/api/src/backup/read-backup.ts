import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { briefly, DatabaseOpenError } from '@throughline/db';
import { readFrames } from './frames.ts';
import { header, manifest, type Manifest, type Part } from './manifest.ts';
import { readHeader, unlock } from './read-header.ts';

/** What a reader is told of a backup, part by part; each is waited for. */
export interface BackupVisitor {
	rows?(table: { name: string; columns: string[] }, lines: string[]): Promise<void>;
	/** Bytes of a file; null says that all of them were there. */
	file?(name: string, bytes: Buffer | null): Promise<void>;
}

interface Reading {
	file: string;
	passphrase: string | null;
}

/** Whether a file says that it is a backup of this kind. */
export async function isBackup(file: string): Promise<boolean> {
	return (await readHeader(file, header).catch(() => null)) !== null;
}

/**
 * Reads a backup to its last byte and compares every part with the manifest.
 * @throws DatabaseOpenError `backup_unreadable` when anything is wrong with it, `backup_locked` when
 * the passphrase is missing or another; what `visitor` throws is thrown as it is.
 */
export async function readBackup(reading: Reading, visitor: BackupVisitor = {}): Promise<Manifest> {
	const { file } = reading;
	let visited: { error: unknown } | null = null;
	/** Its own failures are not the file's. */
	const visit = async (work: () => Promise<void> | undefined) => {
		try {
			await work();
		} catch (error) {
			visited = { error };
			throw error;
		}
	};
	try {
		return await readParts(await contentOf(reading), visitor, visit);
	} catch (error) {
		const own = visited as { error: unknown } | null;
		if (own !== null) {
			throw own.error;
		}
		if (error instanceof DatabaseOpenError) {
			throw error;
		}
		throw new DatabaseOpenError(
			'backup_unreadable',
			`The backup ${file} cannot be used: ${wordsFor(error)}. Nothing was restored from it. Use another one.`,
			{ cause: error },
		);
	}
}

async function readParts(
	content: AsyncIterable<Buffer>,
	visitor: BackupVisitor,
	visit: (work: () => Promise<void> | undefined) => Promise<void>,
): Promise<Manifest> {
	const parts: Part[] = [];
	let hash: Hash | null = null;
	let whole: Manifest | null = null;
	const end = async () => {
		const last = parts.at(-1);
		if (last && hash) {
			last.sha256 = hash.digest('hex');
			hash = null;
			if (last.columns === null) {
				await visit(() => visitor.file?.(last.name, null));
			}
		}
	};
	for await (const frame of readFrames(content)) {
		if (whole !== null) {
			throw new Error('something follows its end');
		}
		if (frame.type === 'part') {
			await end();
			hash = createHash('sha256');
			const { name, columns } = frame;
			parts.push({ name, columns, rows: columns === null ? null : 0, bytes: 0, sha256: '' });
		} else if (frame.type === 'manifest') {
			await end();
			whole = manifest.parse(frame.manifest);
		} else {
			const last = parts.at(-1);
			if (!last || !hash) {
				throw new Error('a part of it was changed or damaged');
			}
			hash.update(frame.bytes);
			last.bytes += frame.bytes.length;
			await visit(() => handOver(last, frame.bytes, visitor));
		}
	}
	if (whole === null) {
		throw new Error('its end is missing');
	}
	const other = whole.parts.find(
		(expected, index) => JSON.stringify(expected) !== JSON.stringify(parts[index]),
	);
	if (other || whole.parts.length !== parts.length) {
		throw new Error(`${other?.name ?? 'a part'} is not what its list says`);
	}
	return whole;
}

async function handOver(to: Part, bytes: Buffer, visitor: BackupVisitor): Promise<void> {
	if (to.columns === null) {
		await visitor.file?.(to.name, bytes);
		return;
	}
	const lines = bytes.toString('utf8').split('\n');
	lines.pop();
	to.rows = (to.rows ?? 0) + lines.length;
	await visitor.rows?.({ name: to.name.slice('table/'.length), columns: to.columns }, lines);
}

async function contentOf({ file, passphrase }: Reading): Promise<AsyncIterable<Buffer>> {
	const { read, length } = await readHeader(file, header);
	const body: AsyncIterable<Buffer> = createReadStream(file, { start: length });
	const { encryption } = read;
	return unpacked(
		encryption === null ? body : (await unlock(file, { passphrase, encryption })).open(body),
	);
}

function unpacked(body: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
	const source = Readable.from(body);
	const content = createGunzip();
	source.on('error', (error) => content.destroy(error));
	content.on('close', () => source.destroy());
	source.pipe(content);
	return content;
}

function wordsFor(error: unknown): string {
	if (error instanceof Error && error.name.includes('ZodError')) {
		return 'a part of it was changed or damaged';
	}
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code === 'Z_BUF_ERROR') {
		return 'its end is missing';
	}
	return code.startsWith('Z_') ? 'a part of it was changed or damaged' : briefly(error);
}
