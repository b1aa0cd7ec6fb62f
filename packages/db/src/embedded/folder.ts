import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, open, realpath, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseOpenError, briefly } from '../open-error.ts';

/** Where the parts of an embedded database live. */
export type DataFolder = {
	root: string;
	/** The engine's files and VERSION; appears complete or not at all. */
	database: string;
	/** Mode 0700: the socket has no other protection. */
	run: string;
	lock: string;
	holder: string;
	backups: string;
	/** The folder of the socket, `run` unless its path is too long for one. */
	socketFolder: string;
};

/** Inside `database`: the engine's own files. */
export const ENGINE_FOLDER = 'postgres';
export const SOCKET_NAME = '.s.PGSQL.5432';
/** `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing NUL included. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;

/** What Linux calls file systems of the network: https://man7.org/linux/man-pages/man2/statfs.2.html */
const NETWORK: ReadonlyMap<number, string> = new Map([
	[0x6969, 'NFS'],
	[0x517b, 'SMB'],
	[0xfe534d42, 'SMB'],
	[0xff534d42, 'CIFS'],
	[0x5346414f, 'AFS'],
	[0x6b414653, 'AFS'],
	[0x73757245, 'Coda'],
	[0x00c36400, 'Ceph'],
	[0x0bd00bd0, 'Lustre'],
	[0x7461636f, 'OCFS2'],
]);

/**
 * The name of a file system of the network by its number on Linux, or null for any other. One that is
 * reached through FUSE looks like every other program's own file system, and is not known here.
 *
 * @example networkFileSystem(0x6969) === 'NFS'
 */
export function networkFileSystem(type: number): string | null {
	// Some numbers are told with their sign.
	return process.platform === 'linux' ? (NETWORK.get(type >>> 0) ?? null) : null;
}

/** Makes the folders of an embedded database, parents too, readable by this user only. */
export async function prepareFolder(dataDir: string): Promise<DataFolder> {
	if (process.platform === 'win32') {
		throw new DatabaseOpenError(
			'data_folder_unusable',
			'The embedded database needs Unix sockets, which Windows lacks. Set DATABASE_URL to a PostgreSQL server.',
		);
	}
	try {
		await mkdir(resolve(dataDir), { recursive: true, mode: 0o700 });
		const root = await realpath(dataDir);
		const network = networkFileSystem((await statfs(root)).type);
		if (network !== null) {
			throw new DatabaseOpenError(
				'data_folder_unusable',
				`The data folder ${root} lies on ${network}, a file system of the network: locks and writes cannot be relied on there, and answers could be lost. Choose a folder on a disk of this machine (DATA_DIR), or set DATABASE_URL to a PostgreSQL server.`,
			);
		}
		const run = join(root, 'run');
		await makePrivate(run);
		return {
			root,
			run,
			database: join(root, 'database'),
			lock: join(run, 'lock'),
			holder: join(run, 'holder.json'),
			backups: join(root, 'backups'),
			socketFolder: fits(run) ? run : await makeShortFolder(root),
		};
	} catch (error) {
		if (error instanceof DatabaseOpenError) {
			throw error;
		}
		throw new DatabaseOpenError(
			'data_folder_unusable',
			`The data folder ${dataDir} cannot be used: ${briefly(error)}. Choose another with DATA_DIR.`,
			{ cause: error },
		);
	}
}

/** Makes a folder, or keeps an existing one of ours, and closes it to everyone else. */
export async function makePrivate(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const found = await lstat(folder);
	const isOurs = process.getuid === undefined || found.uid === process.getuid();
	if (!found.isDirectory() || !isOurs) {
		throw new Error(`${folder} is not a folder of this user`);
	}
	if ((found.mode & 0o077) !== 0) {
		await chmod(folder, 0o700);
	}
}

/** fsync of one file or folder. */
export async function syncPath(path: string): Promise<void> {
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** A folder with a short path that is the same for every process of this user. */
async function makeShortFolder(root: string): Promise<string> {
	const name = `throughline-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
	const user = process.getuid?.() ?? 0;
	const parents = [process.env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp'];
	for (const parent of parents) {
		const folder = parent ? join(parent, `${name}-${user}`) : '';
		if (folder === '' || !fits(folder)) {
			continue;
		}
		const isMade = await makePrivate(folder).then(
			() => true,
			() => false,
		);
		if (isMade) {
			return folder;
		}
	}
	throw new DatabaseOpenError(
		'data_folder_unusable',
		`The path of the data folder ${root} is too long for a socket (${LONGEST_SOCKET_PATH} bytes), and no short folder for it could be made. Choose a shorter DATA_DIR.`,
	);
}

function fits(folder: string): boolean {
	return Buffer.byteLength(join(folder, SOCKET_NAME)) <= LONGEST_SOCKET_PATH;
}
