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
import { nightly } from './nightly.ts';
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
	const make =
		handle.mode === 'embedded' ? backUpAndLoad(handle, deps) : backUpServer(handle, deps);
	const backUp: BackUp = async (holds) => {
		const verified = await make(holds).catch(async (error: unknown) => {
			await deps.backups.failed();
			throw error;
		});
		await deps.backups.succeeded();
		return verified;
	};
	const atNight = (name: string, work: () => Promise<void>): Job => ({
		name,
		run: nightly(deps, name, work),
	});
	return [
		{ name: 'advance-windows', run: () => advanceWindows(deps) },
		{ name: 'open-closed-windows', run: () => openClosedWindows(deps) },
		{ name: 'destroy-epoch-keys', run: destroyKeysJob(deps, backUp) },
		// What was taken back must be known outside the database, should that be lost.
		{
			name: 'write-tombstones',
			run: async () => void (await writeTombstones(deps.db, backupFolder(deps.config))),
		},
		{ name: 'back-up', run: backUpInTime(deps, { mode: handle.mode, backUp }) },
		// Records once per district day; asking every minute finds each district's midnight.
		{ name: 'record-response-rates', run: () => recordResponseRates(deps) },
		{ name: 'delete-recordings', run: () => deleteRecordings(deps) },
		// Takes minutes, so nothing else waits for it (decision 0014).
		{ name: 'prepare-recordings', run: async () => startPreparing(deps) },
		{ name: 'digest-audit', run: digestAudit(deps) },
		atNight('purge', async () => {
			await purge(deps, { schedule: await readSchedule(deps.config), isDry: false });
		}),
		// After the purge, so that its backup holds nothing of what was due.
		atNight('housekeeping', () => housekeeping(handle, { backUp })),
	];
}
