import type { DatabaseHandle } from '@throughline/db';
import { backupFolder, newestBackupAt } from '../backup/backup-folder.ts';
import type { BackUp, Deps } from '../deps.ts';
import { hourly } from './hourly.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Backs up: the embedded database each hour, a server once a day, at whatever hour the last one was
 * made. One that failed is tried again an hour later.
 */
export function backUpInTime(
	deps: Pick<Deps, 'clock' | 'config'>,
	{ mode, backUp }: { mode: DatabaseHandle['mode']; backUp: BackUp },
): () => Promise<void> {
	return hourly(deps, async () => {
		const last = await newestBackupAt(backupFolder(deps.config));
		const age = last === null ? DAY_MS : deps.clock().getTime() - last.getTime();
		if (mode === 'embedded' || age >= DAY_MS) {
			await backUp([]);
		}
	});
}
