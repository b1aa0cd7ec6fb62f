import type { DatabaseHandle } from '@throughline/db';
import { lastTold } from '@throughline/db/queries/release';
import { backupFolder, newestBackupAt } from '../backup/backup-folder.ts';
import type { BackUp, Deps } from '../deps.ts';
import { hourly } from './hourly.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Backs up: the embedded database each hour; a server once a day, at whatever hour the last one was
 * made, and within the hour after a release was frozen or rows were fetched, which a restored database
 * must not forget. One that failed is tried again an hour later.
 */
export function backUpInTime(
	deps: Pick<Deps, 'db' | 'clock' | 'config'>,
	{ mode, backUp }: { mode: DatabaseHandle['mode']; backUp: BackUp },
): () => Promise<void> {
	return hourly(deps, async () => {
		const last = await newestBackupAt(backupFolder(deps.config));
		if (mode === 'embedded' || last === null || (await isDue(deps, last))) {
			await backUp([]);
		}
	});
}

async function isDue({ db, clock }: Pick<Deps, 'db' | 'clock'>, last: Date): Promise<boolean> {
	const told = await lastTold(db);
	return clock().getTime() - last.getTime() >= DAY_MS || (told !== null && told > last);
}
