import type { Config } from '../config.ts';
import { backupFolder, newestBackupAt } from './backup-folder.ts';

export interface BackupState {
	/** When the newest backup was made; null before there is one. */
	lastAt: Date | null;
	/** It is older than a day and a bit: something keeps backups from being made. */
	isLate: boolean;
	/** The last one that was tried could not be made, or not be loaded. */
	hasFailed: boolean;
}

/** What this process knows of its backups, for the people who must hear when there are none. */
export interface Backups {
	failed(): void;
	succeeded(): void;
	read(): Promise<BackupState>;
}

/** A day, and two hours in which the next one is made. */
const LATE_MS = 26 * 60 * 60 * 1000;

export function createBackups(outside: {
	config: Pick<Config, 'DATA_DIR'>;
	clock: () => Date;
}): Backups {
	const startedAt = outside.clock().getTime();
	let hasFailed = false;
	return {
		failed() {
			hasFailed = true;
		},
		succeeded() {
			hasFailed = false;
		},
		async read() {
			const lastAt = await newestBackupAt(backupFolder(outside.config));
			// A server that has just begun has not had its first day yet.
			const since = lastAt?.getTime() ?? startedAt;
			return { lastAt, isLate: outside.clock().getTime() - since > LATE_MS, hasFailed };
		},
	};
}
