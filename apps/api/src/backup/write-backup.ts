import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readTables } from '@throughline/db';
import { listKeptRecordings } from '@throughline/db/queries/recording';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import type { RecordingFiles } from '../recordings/recording-files.ts';
import { type Cipher, newCipher } from './cipher.ts';
import { type Frame, writeFrame } from './frames.ts';
import type { Header, Manifest, Part } from './manifest.ts';

export interface BackupOptions {
	file: string;
	/** Seals the file; without one anybody who has it can read it. */
	passphrase: string | null;
	/** Where the sound lies that goes into the file; null leaves sound out. */
	recordings: RecordingFiles | null;
	now: Date;
}

/**
 * Writes everything the database holds, as it was at one moment, into one file, and the sound of
 * recordings with it. Keys are in no table, so they are in no backup. The file is whole under its
 * name, or not there; whoever needs to know that it can be used reads it (`verifyBackup`).
 */
export async function writeBackup(db: Kysely<Schema>, options: BackupOptions): Promise<Manifest> {
	const cipher = options.passphrase === null ? null : await newCipher(options.passphrase);
	await mkdir(dirname(options.file), { recursive: true, mode: 0o700 });
	const unfinished = `${options.file}.${process.pid}.part`;
	const frames = new PassThrough();
	try {
		const written = pipeline(
			Readable.from(packed(frames, cipher)),
			createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }),
		);
		// Whichever fails first is the reason; the other is only told to stop.
		const [manifest] = await Promise.all([
			fill(db, frames, options).catch((error: unknown) => {
				frames.destroy(error instanceof Error ? error : new Error(String(error)));
				throw error;
			}),
			written,
		]);
		await syncFile(unfinished);
		await rename(unfinished, options.file);
		await syncFile(dirname(options.file));
		return manifest;
	} finally {
		frames.destroy();
		await rm(unfinished, { force: true });
	}
}

async function* packed(frames: PassThrough, cipher: Cipher | null): AsyncGenerator<Buffer> {
	const header: Header = {
		format: 'throughline-backup',
		version: 1,
		encryption: cipher?.header ?? null,
	};
	yield Buffer.from(`${JSON.stringify(header)}\n`);
	const compressed = createGzip();
	frames.on('error', (error) => compressed.destroy(error));
	frames.pipe(compressed);
	yield* cipher === null ? compressed : cipher.seal(compressed);
}

async function fill(
	db: Kysely<Schema>,
	frames: PassThrough,
	options: BackupOptions,
): Promise<Manifest> {
	const parts: Part[] = [];
	let hash: Hash | null = null;
	const write = (frame: Frame) => writeWaiting(frames, writeFrame(frame));
	const end = () => {
		const last = parts.at(-1);
		if (last && hash) {
			last.sha256 = hash.digest('hex');
		}
		hash = null;
	};
	const begin = async (name: string, columns: string[] | null) => {
		end();
		hash = createHash('sha256');
		parts.push({ name, columns, rows: columns === null ? null : 0, bytes: 0, sha256: '' });
		await write({ type: 'part', name, columns });
	};
	const add = async (bytes: Buffer, rows: number) => {
		const last = parts.at(-1);
		if (last) {
			last.bytes += bytes.length;
			last.rows = last.rows === null ? null : last.rows + rows;
		}
		hash?.update(bytes);
		await write({ type: 'bytes', bytes });
	};
	const { migrations, found } = await readTables(
		db,
		{
			table: ({ name, columns }) =>
				begin(
					`table/${name}`,
					columns.map((column) => column.name),
				),
			rows: (lines) => add(Buffer.from(`${lines.join('\n')}\n`), lines.length),
		},
		(trx) => (options.recordings === null ? Promise.resolve([]) : listKeptRecordings(trx)),
	);
	for (const key of found) {
		const file = await openSound(options.recordings?.original(key));
		if (file !== null) {
			await begin(`recording/${key.engagementId}/${key.recordingId}`, null);
			for await (const bytes of file) {
				await add(bytes, 0);
			}
		}
	}
	end();
	const manifest = { madeAt: options.now.toISOString(), migrations, parts };
	await write({ type: 'manifest', manifest });
	frames.end();
	return manifest;
}

/** Its bytes; null when it has not arrived yet, or was deleted meanwhile. */
async function openSound(path: string | undefined): Promise<AsyncIterable<Buffer> | null> {
	const file = path === undefined ? null : await open(path).catch(() => null);
	await file?.close();
	return file === null || path === undefined ? null : createReadStream(path);
}

function writeWaiting(stream: PassThrough, bytes: Buffer): Promise<void> {
	return new Promise((resolve, reject) => {
		stream.write(bytes, (error) => (error ? reject(error) : resolve()));
	});
}

async function syncFile(path: string): Promise<void> {
	const file = await open(path, 'r');
	try {
		await file.sync();
	} finally {
		await file.close();
	}
}
