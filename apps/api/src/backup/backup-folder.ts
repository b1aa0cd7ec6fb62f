import { copyFile, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { briefly, type DatabaseHandle, keptBackups } from '@throughline/db';
import type { Config } from '../config.ts';
import type { BackUp } from '../deps.ts';
import { type RecordingFiles, settle } from '../recordings/recording-files.ts';
import { tombstoneFile, writeTombstones } from './tombstone-file.ts';
import { removeUnfinishedBackups, unverifiedName } from './unfinished-backups.ts';
import { type Verified, verifyBackup } from './verify-backup.ts';
import { writeBackup } from './write-backup.ts';

const NAME = /^throughline-\d{8}T\d{6}Z\.backup$/;
const ANY_NAME = /^throughline-\d{8}T\d{6}Z\.(?:backup|tar\.gz(?:\.sealed)?)$/;

/** Where this server's own backups lie. */
export function backupFolder(config: Pick<Config, 'DATA_DIR'>): string {
	return join(config.DATA_DIR, 'backups');
}

/** As in 'throughline-20260115T030000Z.backup'. */
export function backupName(now: Date): string {
	return `throughline-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.backup`;
}

/**
 * The passphrase of backups: the first line of the file that BACKUP_PASSPHRASE_FILE names, or null.
 * @throws Error when that file cannot be read, or has no usable line in it.
 */
export async function backupPassphrase(
	config: Pick<Config, 'BACKUP_PASSPHRASE_FILE'>,
): Promise<string | null> {
	const path = config.BACKUP_PASSPHRASE_FILE;
	if (path === undefined) {
		return null;
	}
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw new Error(
			`The file that BACKUP_PASSPHRASE_FILE names cannot be read: ${briefly(error)}. Name one that can be.`,
			{ cause: error },
		);
	});
	const [line = ''] = text.split(/\r?\n/);
	if (line.trim().length < SHORTEST_PASSPHRASE) {
		throw new Error(
			`The passphrase in ${path} has fewer than ${SHORTEST_PASSPHRASE} characters. Write a longer one into its first line.`,
		);
	}
	return line.trim();
}

const SHORTEST_PASSPHRASE = 12;

/** Writes a backup and verifies it: under its name lies one that was verified, or nothing. */
export async function makeBackup(
	{ db }: Pick<DatabaseHandle, 'db'>,
	options: {
		file: string;
		passphrase: string | null;
		recordings: RecordingFiles | null;
		now: Date;
		holds?: Parameters<BackUp>[0];
		/** Called after each step; a test ends the process there. */
		afterStep?(step: 'written' | 'verified'): void;
	},
): Promise<Verified> {
	const unverified = unverifiedName(options.file);
	await removeUnfinishedBackups(dirname(options.file), { isStart: false });
	try {
		await writeBackup(db, { ...options, file: unverified });
		options.afterStep?.('written');
		const { holds = [], passphrase } = options;
		const verified = await verifyBackup(unverified, { passphrase, holds });
		options.afterStep?.('verified');
		await settle(unverified, options.file);
		return verified;
	} finally {
		await rm(unverified, { force: true });
	}
}

/**
 * Backups of a PostgreSQL server into DATA_DIR/backups, each loaded into a database of its own and
 * counted in: the newest 48 stay, and the last of each of the newest 14 days.
 */
export function backUpServer(
	handle: Pick<DatabaseHandle, 'db'>,
	{ config, clock }: { config: Config; clock: () => Date },
): BackUp {
	return async (holds) => {
		const folder = backupFolder(config);
		await writeTombstones(handle.db, folder);
		const now = clock();
		const file = join(folder, backupName(now));
		const passphrase = await backupPassphrase(config);
		await makeBackup(handle, { file, passphrase, recordings: null, now, holds });
		const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
		const kept = keptBackups(names);
		for (const name of names.filter((each) => !kept.has(each))) {
			await rm(join(folder, name), { force: true });
		}
		return { verified: true };
	};
}

/** When the newest backup in a folder was made; null when there is none. */
export async function newestBackupAt(folder: string): Promise<Date | null> {
	const names = await readdir(folder).catch(() => []);
	const [newest] = names.filter((name) => ANY_NAME.test(name)).sort((a, b) => (a < b ? 1 : -1));
	return newest === undefined ? null : (await stat(join(folder, newest))).mtime;
}

/** Puts what may not come back beside a backup that lies elsewhere. */
export async function copyTombstones(from: string, to: string): Promise<void> {
	await copyFile(tombstoneFile(from), tombstoneFile(to)).catch((error: unknown) => {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
			throw error;
		}
	});
}
