import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import { briefly, DatabaseOpenError } from '../open-error.ts';
import type { DatabaseHandle } from '../open.ts';
import { createDatabaseFolder, removeLeftovers } from './engine.ts';
import { ENGINE_FOLDER, makePrivate, prepareFolder, syncPath } from './folder.ts';
import { inUseError, readHolder, takeLock } from './lock.ts';
import { packFolder, unpack, type Packed } from './tar.ts';
import { checkVersion, ENGINE_MAJOR } from './version.ts';

export type Backup = Packed & { file: string };

/** How a backup is closed to whoever has the file alone. */
export interface Seal {
	/** What stands behind `.tar.gz` in its name, with its dot. */
	ending: '.sealed';
	close(content: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
	/** Throws what says that the file is damaged or locked. */
	open(file: string): AsyncIterable<Buffer>;
}

interface BackupOptions {
	file?: string;
	now?: () => Date;
	/** Without it the file is a plain `.tar.gz`. */
	seal?: Seal | null;
	/** Looks at the whole file before it gets its name; when it throws there is no backup. */
	verify?: (file: string) => Promise<void>;
}

const REQUIRED = ['PG_VERSION', 'global/pg_control'];
/** They describe a process, not the data. */
const SKIPPED = ['postmaster.pid', 'postmaster.opts'];
const KEPT = 48;
const KEPT_DAYS = 14;
/** Where the day ends in `throughline-20260115T030000Z.tar.gz`. */
const DAY_END = 'throughline-20260115'.length;
const NAME = /^throughline-\d{8}T\d{6}Z\.tar\.gz(?:\.sealed)?$/;
/** Well inside the time after which the engine cuts off a silent transaction. */
const STAY_AWAKE_MS = 10_000;

/**
 * Copies the embedded database into one file, while it is in use, and reads the file back. Without
 * `file` it goes to `backups` in the data folder, where the newest 48 stay and the newest of each of the
 * last 14 days that has one. Everyone else waits while the files are copied (about a second for 100 MB),
 * not while they are compressed. Under its name lies one that was verified, or nothing.
 */
export async function backupEmbedded(
	handle: DatabaseHandle,
	options: BackupOptions = {},
): Promise<Backup> {
	if (handle.embedded === null) {
		throw new DatabaseOpenError(
			'backup_impossible',
			'This database is on a PostgreSQL server, whose files are not here. Use throughline backup.',
		);
	}
	const { folder } = handle.embedded;
	const now = (options.now ?? (() => new Date()))();
	const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
	const seal = options.seal ?? null;
	const name = `throughline-${stamp}.tar.gz${seal?.ending ?? ''}`;
	const file = resolve(options.file ?? join(folder.backups, name));
	if (options.file === undefined) {
		await makePrivate(folder.backups);
	}
	// The bare copy lies beside the database, never where backups are fetched from.
	const raw = join(folder.run, `${basename(file)}.${process.pid}.tar`);
	const unfinished = `${file}.${process.pid}.part`;
	try {
		await copyQuietly(handle, join(folder.database, ENGINE_FOLDER), raw);
		const target = createWriteStream(unfinished, { flags: 'wx', mode: 0o600 });
		await pipeline(createReadStream(raw), createGzip(), seal?.close ?? unchanged, target);
		await rm(raw);
		await syncPath(unfinished);
		const packed = await readBackup({ file: unfinished, seal });
		await options.verify?.(unfinished);
		await rename(unfinished, file);
		await syncPath(dirname(file));
		if (options.file === undefined) {
			await prune(folder.backups);
		}
		return { file, ...packed };
	} finally {
		await rm(raw, { force: true });
		await rm(unfinished, { force: true });
	}
}

/** Reads a backup to its last byte. Throws `backup_unreadable` when anything is wrong with it. */
export function verifyBackup(file: string): Promise<Packed> {
	return readBackup({ file, seal: null });
}

/**
 * Makes the database of a data folder from a backup and starts it once to see that it works. A folder
 * that already has a database is refused; it is complete or not there at all when this ends.
 */
export async function restoreEmbedded(
	dataDir: string,
	file: string,
	options: { purpose?: string; now?: () => Date; seal?: Pick<Seal, 'open'> | null } = {},
): Promise<Packed> {
	const folder = await prepareFolder(dataDir);
	const now = options.now ?? (() => new Date());
	const lock = await takeLock(folder, options.purpose ?? 'restore', now);
	if (lock === null) {
		throw inUseError(folder, await readHolder(folder));
	}
	try {
		await removeLeftovers(folder);
		if (await checkVersion(folder)) {
			throw new DatabaseOpenError(
				'data_folder_not_empty',
				`${folder.root} already has a database. Move ${folder.database} away first, or restore into another folder (DATA_DIR).`,
			);
		}
		let packed: Packed = { files: 0, bytes: 0 };
		await createDatabaseFolder(folder, async (unfinished) => {
			const target = join(unfinished, ENGINE_FOLDER);
			packed = await readBackup({ file, seal: options.seal ?? null, target });
			await checkMajor(file, join(unfinished, ENGINE_FOLDER));
		});
		return packed;
	} finally {
		await removeLeftovers(folder);
		await lock.release();
	}
}

/**
 * Copies the engine's files while this connection holds a transaction. There is one backend, so
 * nothing else runs meanwhile, in whichever process it is; the checkpoint wrote everything before.
 */
async function copyQuietly(handle: DatabaseHandle, source: string, target: string): Promise<void> {
	const client: PoolClient = await handle.pool.connect();
	const timer = setInterval(() => void client.query('select 1').catch(() => {}), STAY_AWAKE_MS);
	let failure: Error | undefined;
	try {
		await client.query('begin');
		await client.query('checkpoint');
		await packFolder(source, target, { skip: SKIPPED });
		await client.query('commit');
	} catch (error) {
		failure = new Error(briefly(error), { cause: error });
		throw failure;
	} finally {
		clearInterval(timer);
		client.release(failure);
	}
}

async function* unchanged(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	yield* content;
}

async function readBackup(reading: {
	file: string;
	seal: Pick<Seal, 'open'> | null;
	target?: string;
}): Promise<Packed> {
	const { file, seal, target } = reading;
	const source: Readable = seal === null ? createReadStream(file) : Readable.from(seal.open(file));
	const content = createGunzip();
	source.on('error', (error) => content.destroy(error));
	source.pipe(content);
	try {
		return await unpack(content, {
			required: REQUIRED,
			...(target === undefined ? {} : { target }),
		});
	} catch (error) {
		if (error instanceof DatabaseOpenError) {
			throw error;
		}
		throw new DatabaseOpenError(
			'backup_unreadable',
			`The backup ${file} cannot be read: ${briefly(error)}. Use an older one.`,
			{ cause: error },
		);
	} finally {
		source.destroy();
	}
}

async function checkMajor(file: string, database: string): Promise<void> {
	const major = (await readFile(join(database, 'PG_VERSION'), 'utf8')).trim();
	if (major !== String(ENGINE_MAJOR)) {
		throw new DatabaseOpenError(
			'data_folder_version',
			`The backup ${file} was made by PostgreSQL ${major}; this release of Throughline runs ${ENGINE_MAJOR}. Restore it with the release that made it.`,
		);
	}
}

async function prune(folder: string): Promise<void> {
	const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
	const kept = keptBackups(names);
	for (const name of names.filter((candidate) => !kept.has(candidate))) {
		await rm(join(folder, name), { force: true });
	}
}

/** Of the names of backups, oldest first: those that stay. */
export function keptBackups(names: readonly string[]): Set<string> {
	const lastOfDay = new Map(names.map((name) => [name.slice(0, DAY_END), name]));
	return new Set([...names.slice(-KEPT), ...[...lastOfDay.values()].slice(-KEPT_DAYS)]);
}
