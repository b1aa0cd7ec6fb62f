import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { backupFolder, newestBackupAt } from './backup-folder.ts';

interface BackupState {
	/** When the newest backup was made; null before there is one. */
	lastAt: Date | null;
	/** Something keeps backups from being made. */
	isLate: boolean;
	/** How old the newest may be, in hours. */
	lateAfterHours: number;
	/** The last one that was tried could not be made, or not be loaded. */
	hasFailed: boolean;
}

/** What is known of the backups of a data folder, for the people who must hear when there are none. */
export interface Backups {
	/** Never throws: whoever could not back up has an error of their own. */
	failed(): Promise<void>;
	succeeded(): Promise<void>;
	read(): Promise<BackupState>;
}

const HOUR_MS = 60 * 60 * 1000;
/** An hour or a day, and two hours in which the next one is made. */
const LATE_HOURS = { hourly: 3, daily: 26 };

/**
 * That a backup failed is remembered by a file in the data folder, so that it outlives the process and
 * is known of commands that made one, until the next one succeeds.
 */
export function createBackups(outside: {
	config: Pick<Config, 'DATA_DIR' | 'DATABASE_URL'>;
	clock: () => Date;
}): Backups {
	const { config, clock } = outside;
	const startedAt = clock().getTime();
	const failure = join(config.DATA_DIR, 'backup-failed');
	const isHourly = config.DATABASE_URL === undefined;
	const lateAfterHours = isHourly ? LATE_HOURS.hourly : LATE_HOURS.daily;
	/** A disk that takes no backup may not take a word of it either. */
	let isUnwritten = false;

	async function hasFailed(lastAt: Date | null): Promise<boolean> {
		const found = await stat(failure).catch(() => null);
		return isUnwritten || (found !== null && (lastAt === null || found.mtime > lastAt));
	}

	function isLate(lastAt: Date | null): boolean {
		const now = clock().getTime();
		const running = now - startedAt;
		// A server that has just begun has not had its first day yet.
		const age = lastAt === null ? running : now - lastAt.getTime();
		// One that was switched off over night has not had its first hour.
		return age > LATE_HOURS.daily * HOUR_MS || Math.min(age, running) > lateAfterHours * HOUR_MS;
	}

	return {
		async failed() {
			try {
				await mkdir(config.DATA_DIR, { recursive: true, mode: 0o700 });
				await writeFile(failure, `${clock().toISOString()}\n`, { mode: 0o600, flush: true });
				isUnwritten = false;
			} catch {
				isUnwritten = true;
			}
		},
		async succeeded() {
			isUnwritten = false;
			await rm(failure, { force: true });
		},
		async read() {
			const lastAt = await newestBackupAt(backupFolder(config));
			return {
				lastAt,
				isLate: isLate(lastAt),
				lateAfterHours,
				hasFailed: await hasFailed(lastAt),
			};
		},
	};
}
