import type { DatabaseHandle } from '@throughline/db';
import type { BackUp, Deps } from '../deps.ts';
import { backupFolder, backUpServer } from '../backup/backup-folder.ts';
import { writeTombstones } from '../backup/tombstone-file.ts';
import { advanceWindows } from './advance-windows.ts';
import { backUpInTime } from './back-up-in-time.ts';
import { backUpAndLoad } from './back-up-and-load.ts';
import { deleteRecordings } from './delete-recordings.ts';
import { digestAudit } from './digest-audit.ts';
import { destroyKeysJob } from './destroy-keys-job.ts';
import { housekeeping } from './housekeeping.ts';
import { openClosedWindows } from './open-closed-windows.ts';
import { recordResponseRates } from './record-response-rates.ts';
import { startPreparing } from './prepare-recordings.ts';
import { purge } from '../retention/purge.ts';
import { readSchedule } from '../retention/schedule.ts';
import type { Job } from './scheduler.ts';

/** Every background job, in the order they run. */
export function createJobs(
	handle: DatabaseHandle,
	deps: Pick<
		Deps,
		'db' | 'clock' | 'random' | 'keys' | 'recordings' | 'log' | 'config' | 'mailer' | 'backups'
	>,
): Job[] {
	const make = handle.mode === 'embedded' ? backUpAndLoad(handle) : backUpServer(handle, deps);
	const backUp: BackUp = async (holds) => {
		try {
			const verified = await make(holds);
			deps.backups.succeeded();
			return verified;
		} catch (error) {
			deps.backups.failed();
			throw error;
		}
	};
	return [
		{ name: 'advance-windows', schedule: 'minute', run: () => advanceWindows(deps) },
		{ name: 'open-closed-windows', schedule: 'minute', run: () => openClosedWindows(deps) },
		{ name: 'destroy-epoch-keys', schedule: 'minute', run: destroyKeysJob(deps, backUp) },
		// What was taken back must be known outside the database, should that be lost.
		{
			name: 'write-tombstones',
			schedule: 'minute',
			run: async () => void (await writeTombstones(deps.db, backupFolder(deps.config))),
		},
		{ name: 'back-up', schedule: 'minute', run: backUpInTime(deps, { mode: handle.mode, backUp }) },
		// Records once per district day; asking every minute finds each district's midnight.
		{ name: 'record-response-rates', schedule: 'minute', run: () => recordResponseRates(deps) },
		{ name: 'delete-recordings', schedule: 'minute', run: () => deleteRecordings(deps) },
		// Takes minutes, so nothing else waits for it (decision 0014).
		{ name: 'prepare-recordings', schedule: 'minute', run: async () => startPreparing(deps) },
		{ name: 'digest-audit', schedule: 'minute', run: digestAudit(deps) },
		{
			name: 'purge',
			schedule: 'night',
			run: async () =>
				void (await purge(deps, { schedule: await readSchedule(deps.config), isDry: false })),
		},
		{ name: 'housekeeping', schedule: 'night', run: () => housekeeping(handle) },
	];
}
