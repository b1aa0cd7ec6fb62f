import {
	countRows,
	type DatabaseHandle,
	DatabaseOpenError,
	listMigrations,
	migrate,
	openDatabase,
	restoreEmbedded,
} from '@throughline/db';
import { endEverySession } from '@throughline/db/queries/staff-session';
import { addPendingTombstones, type Tombstone } from '@throughline/db/queries/tombstone';
import { sql } from 'kysely';
import { composeDeps, createLog } from '../compose.ts';
import { type Config, databaseOf } from '../config.ts';
import { recordingFiles } from '../recordings/recording-files.ts';
import { purge } from '../retention/purge.ts';
import { readSchedule } from '../retention/schedule.ts';
import { backupFolder, backupPassphrase } from './backup-folder.ts';
import { isBackup } from './read-backup.ts';
import { type Reapplied, reapplyTombstones } from './reapply-tombstones.ts';
import { restoreBackup } from './restore-backup.ts';
import { isSealedCopy, openerOf } from './sealed-copy.ts';
import { everyTombstone, readTombstones } from './tombstone-file.ts';
import { isUnverified } from './unfinished-backups.ts';

interface RestoreRequest {
	config: Config;
	file: string;
	isReplaced: boolean;
	/** Folders that may say what may not come back; a folder without such a file says nothing. */
	tombstoneFolders: readonly string[];
}

const TIMEOUT_MS = 6 * 60 * 60 * 1000;

/**
 * Restores whatever kind of backup a file is, takes back again what was taken back after it, and purges
 * what has been kept for long enough meanwhile. Everybody has to sign in anew.
 * @throws DatabaseOpenError when the file cannot be used, a server has the database, or it holds data.
 */
export async function restoreAnyBackup(
	request: RestoreRequest,
): Promise<Reapplied & { rows: number; recordings: number }> {
	const { config, file } = request;
	if (isUnverified(file)) {
		throw new DatabaseOpenError(
			'backup_unreadable',
			`${file} was never verified, or was found wanting. Use another one; should there be none, copy it to a name without that ending first.`,
		);
	}
	const schedule = await readSchedule(config);
	const tombstones = (
		await Promise.all([...request.tombstoneFolders, backupFolder(config)].map(readTombstones))
	).flat();
	const isCopy = !(await isBackup(file));
	const isSealed = isCopy && (await isSealedCopy(file));
	// A plain copy needs none, so one that is lost stands in nobody's way.
	const passphrase = isCopy && !isSealed ? null : await backupPassphrase(config);
	if (isCopy) {
		if (config.DATABASE_URL !== undefined) {
			throw new DatabaseOpenError(
				'backup_unreadable',
				`${file} is not a backup that can be loaded into a PostgreSQL server. Those end in .backup.`,
			);
		}
		const seal = isSealed ? openerOf(passphrase) : null;
		await restoreEmbedded(config.DATA_DIR, file, { purpose: 'throughline restore', seal });
	}
	const handle = await openDatabase(databaseOf(config), {
		purpose: 'throughline restore',
		queryTimeoutMs: TIMEOUT_MS,
	});
	try {
		await refuseBesideServer(handle);
		const found = isCopy
			? await bringUpToDate(handle, tombstones)
			: await load(handle, request, { passphrase, tombstones });
		const outside = { handle, log: createLog(config), origin: () => '' };
		const deps = await composeDeps(config, outside);
		const reapplied = await reapplyTombstones(deps);
		// What was due since the backup was made is due now.
		await purge(deps, { schedule, isDry: false });
		return { ...found, ...reapplied };
	} finally {
		await handle.close();
	}
}

async function load(
	handle: DatabaseHandle,
	{ config, file, isReplaced }: RestoreRequest,
	{ passphrase, tombstones }: { passphrase: string | null; tombstones: readonly Tombstone[] },
): Promise<{ rows: number; recordings: number }> {
	const restored = await restoreBackup(handle.db, {
		file,
		passphrase,
		isReplaced,
		tombstones: [...tombstones, ...(isReplaced ? await ownTombstones(handle) : [])],
		recordings: recordingFiles(config.DATA_DIR),
		isForUse: true,
	});
	return { rows: sumOf(restored.rows), recordings: restored.recordings };
}

async function bringUpToDate(
	{ db }: DatabaseHandle,
	tombstones: readonly Tombstone[],
): Promise<{ rows: number; recordings: number }> {
	await migrate(db);
	await addPendingTombstones(db, tombstones);
	await endEverySession(db);
	return { rows: sumOf(await countRows(db)), recordings: 0 };
}

/** What the database that is replaced says; an older one says nothing yet. */
async function ownTombstones({ db }: DatabaseHandle): Promise<Tombstone[]> {
	const isThere = (await listMigrations(db)).includes('2026-11-29-41-tombstones');
	return isThere ? await everyTombstone(db) : [];
}

/** The embedded database has a lock of its own. */
async function refuseBesideServer({ db, mode }: DatabaseHandle): Promise<void> {
	if (mode === 'embedded') {
		return;
	}
	const { rows } = await sql<{ n: number }>`
		select count(*)::int as n from pg_stat_activity
		where datname = current_database() and application_name = 'throughline'
			and pid <> pg_backend_pid()
	`.execute(db);
	if ((rows[0]?.n ?? 0) > 0) {
		throw new DatabaseOpenError(
			'database_in_use',
			'A Throughline server is connected to this database. Stop it, then restore.',
		);
	}
}

function sumOf(counts: Record<string, number>): number {
	return Object.values(counts).reduce((sum, n) => sum + n, 0);
}
