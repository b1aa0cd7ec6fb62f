import { getRequestListener } from '@hono/node-server';
import {
	housekeeping,
	migrate,
	openDatabase,
	pendingMigrations,
	type DatabaseHandle,
} from '@throughline/db';
import { createApp } from '../app.ts';
import { backupFolder, backupPassphrase } from '../backup/backup-folder.ts';
import { removeAbandonedTrials } from '../backup/trial-folder.ts';
import { removeUnfinishedBackups } from '../backup/unfinished-backups.ts';
import { reapplyTombstones } from '../backup/reapply-tombstones.ts';
import { composeDeps, createLog } from '../compose.ts';
import { addressOf, type Config, databaseOf } from '../config.ts';
import type { Deps } from '../deps.ts';
import { createJobs } from '../jobs/jobs.ts';
import { exclusivelyOn, type Scheduler, startScheduler } from '../jobs/scheduler.ts';
import { readSchedule } from '../retention/schedule.ts';
import { handOver } from '../server/hand-over.ts';
import { openPort } from '../server/one-port.ts';
import type { FirstAddresses } from './first-addresses.ts';
import { announceSample, callOffSample, loadFirstSample } from './first-sample.ts';
import { loadPages } from './load-pages.ts';
import { reportLostKeys } from './report-lost-keys.ts';
import { reportPlainHttp } from './report-plain-http.ts';
import { reportTellingLog } from './report-telling-log.ts';
import { newcomerAddresses } from './newcomer-addresses.ts';
import { removeServedAddress, writeServedAddress } from './served-address.ts';

/** Where every database begins. */
const FIRST_MIGRATION = '2026-11-23-01-places-and-people';

interface StartOptions {
	config: Config;
	/** False in development, where Vite serves the pages. */
	hasPages: boolean;
	/** Called with the name of each step that may take a while. */
	onStep(step: string): void;
	/** Called when the database dies: nothing works after that. */
	onFatal(error: Error): void;
}

export interface RunningServer {
	/** The address people reach it by. */
	address: string;
	/** Where a newcomer to the sample goes first; null without the sample. */
	firstAddresses: FirstAddresses | null;
	/**
	 * Lets running requests and jobs finish, then closes the database. With notice it first says for
	 * STOP_NOTICE_SECONDS that it is leaving, and serves meanwhile.
	 */
	stop(options: { hasNotice: boolean }): Promise<void>;
}

/**
 * Starts everything this process does: the port first (a taken one must not cost a minute), then
 * database, migrations, app and pages, and the jobs last. What was opened is closed again when a
 * later step fails.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
	const { config } = options;
	const log = createLog(config);
	const onePort = await openPort({
		port: config.PORT,
		host: config.HOST,
		publicUrl: config.PUBLIC_URL,
		onError: (error) => log.error({ err: error }, 'a page could not be answered'),
	});
	let handle: DatabaseHandle | null = null;
	let scheduler: Scheduler | null = null;
	let suggestions: Deps['suggestions'] | null = null;
	let recordings: Deps['recordings'] | null = null;
	const stop = async ({ hasNotice }: { hasNotice: boolean }) => {
		if (hasNotice) {
			await onePort.giveNotice(config.STOP_NOTICE_SECONDS * 1000);
		}
		await onePort.close(config.STOP_DRAIN_SECONDS * 1000);
		await removeServedAddress(config.DATA_DIR);
		await scheduler?.stop();
		await suggestions?.stop();
		await recordings?.stop();
		await handle?.close();
	};
	try {
		const address = addressOf(config, onePort.port);
		options.onStep('Opening the database');
		const opened = await openReady(options, log);
		handle = opened.handle;
		const deps = await composeDeps(config, { handle, log, origin: () => address });
		({ suggestions, recordings } = deps);
		recordings.useLock(exclusivelyOn(handle.db, handle.mode));
		// A schedule that cannot be read must stop the start, not a purge that nobody watches.
		await readSchedule(config);
		// Nor may a passphrase that cannot be read show only when a backup is wanted.
		await backupPassphrase(config);
		// A restore may have been killed before it had taken back again what was taken back.
		await reapplyTombstones(deps);
		await removeAbandonedTrials({ isStart: true });
		await removeUnfinishedBackups(backupFolder(config), { isStart: true });
		await reportLostKeys(deps);
		await reportTellingLog(handle, log);
		reportPlainHttp(config, log);
		await loadFirstSample(deps, { ...opened, address, onStep: options.onStep });
		const app = createApp(deps);
		onePort.serve({
			api: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
			pages: options.hasPages
				? handOver(await loadPages(onePort.port), app)
				: (_req, _res, next) => next(),
		});
		await writeServedAddress(config.DATA_DIR, address);
		void suggestions.start();
		scheduler = startScheduler({
			jobs: createJobs(handle, deps),
			onError: (job, error) => log.error({ job, err: error }, 'a background job failed'),
			exclusively: exclusivelyOn(handle.db, handle.mode),
		});
		// What fell due while no server ran is done now, not a minute after the start.
		void scheduler.tick();
		return { address, firstAddresses: await newcomerAddresses(deps, address), stop };
	} catch (error) {
		await stop({ hasNotice: false });
		throw error;
	}
}

async function openReady(
	{ config, onFatal }: StartOptions,
	log: Deps['log'],
): Promise<{ handle: DatabaseHandle; isNewDatabase: boolean }> {
	const handle = await openDatabase(databaseOf(config), {
		purpose: 'server',
		onFatal,
		onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
		...(config.DATABASE_URL !== undefined && { poolSize: config.DATABASE_POOL }),
	});
	try {
		const wasEmpty = (await pendingMigrations(handle.db)).includes(FIRST_MIGRATION);
		const isAnnounced =
			wasEmpty && config.isSampleWanted && (await announceSample(config.DATA_DIR));
		const applied = await handle.patiently((db) => migrate(db));
		const isNewDatabase = applied.includes(FIRST_MIGRATION);
		if (isAnnounced && !isNewDatabase) {
			// Another process made the database in between, and loads the sample.
			await callOffSample(config.DATA_DIR);
		}
		await housekeeping(handle);
		return { handle, isNewDatabase };
	} catch (error) {
		await handle.close();
		throw error;
	}
}
