import { createHash } from 'node:crypto';
import { chmod, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { v4 } from 'uuid';
import type { Merge } from './merge.ts';

export interface RecordingKey {
	engagementId: string;
	recordingId: string;
}

/** Where the sound lies: `<DATA_DIR>/recordings`, readable by the server's own account only. */
export interface RecordingFiles {
	/** Bytes that are still arriving, one file per recording. */
	incoming: string;
	folderOf(key: RecordingKey): string;
	/** As it came, never changed. */
	original(key: RecordingKey): string;
	/** The copy that is played, made of one set of facts; with others it is another file. */
	playable(key: RecordingKey, made: Pick<Merge, 'facts'>): string;
	/** Loudness of that copy: a byte every 50 milliseconds. */
	peaks(key: RecordingKey, made: Pick<Merge, 'facts'>): string;
	/** Which recording is heard in that copy when. */
	heard(key: RecordingKey, made: Pick<Merge, 'facts'>): string;
}

export function recordingFiles(dataDir: string): RecordingFiles {
	const root = join(dataDir, 'recordings');
	const folderOf = ({ engagementId, recordingId }: RecordingKey) =>
		join(root, engagementId, recordingId);
	return {
		incoming: join(root, 'incoming'),
		folderOf,
		original: (key) => join(folderOf(key), 'original'),
		playable: (key, made) => join(folderOf(key), `playable-${nameOf(made)}.webm`),
		peaks: (key, made) => join(folderOf(key), `peaks-${nameOf(made)}`),
		heard: (key, made) => join(folderOf(key), `heard-${nameOf(made)}.json`),
	};
}

function nameOf({ facts }: Pick<Merge, 'facts'>): string {
	const all = new Set(facts);
	return createHash('sha256')
		.update([...all].toSorted().join())
		.digest('hex')
		.slice(0, 16);
}

export async function makeFolder(path: string): Promise<void> {
	await mkdir(path, { recursive: true, mode: 0o700 });
}

/** Moves a whole file to its place: it is there after this, whatever happens to the machine. */
export async function settle(from: string, to: string): Promise<void> {
	await chmod(from, 0o600);
	await withFile(from, (file) => file.sync());
	await rename(from, to);
	await withFile(join(to, '..'), (folder) => folder.sync());
}

/** A name beside `path` to write to before it is settled there. */
export function unfinished(path: string): string {
	return `${path}.${v4()}.part`;
}

/** Removes the files of a folder that `isKept` does not name; no folder is no fault. */
export async function removeOthers(
	folder: string,
	isKept: (name: string) => boolean,
): Promise<void> {
	const names = await readdir(folder).catch(() => []);
	for (const name of names.filter((each) => !isKept(each))) {
		await rm(join(folder, name), { force: true });
	}
}

/** Its size in bytes, or null when there is no such file. */
export async function sizeOf(path: string): Promise<number | null> {
	const found = await stat(path).catch(() => null);
	return found?.isFile() ? found.size : null;
}

async function withFile(path: string, work: (file: FileHandle) => Promise<void>): Promise<void> {
	const file = await open(path, 'r');
	try {
		await work(file);
	} finally {
		await file.close();
	}
}
