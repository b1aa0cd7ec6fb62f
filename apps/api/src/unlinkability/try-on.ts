import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { backupEmbedded, type DatabaseConfig, openDatabase } from '@throughline/db';
import { openInspector } from '@throughline/db/testing/inspector';
import type { Random } from '../deps.ts';
import { fileKeys } from '../system/keys.ts';
import { measureAll, type Measure, type NotRun } from './measure.ts';
import { filesBelow } from './scan-bytes.ts';
import { LOG_SLOT, runTrial } from './trial.ts';

/**
 * Runs the trial on a migrated, otherwise empty database, then every attack. An embedded database is
 * closed in between and opened by the attacker.
 */
export async function tryOn(
	config: DatabaseConfig,
	options: { random: Random },
): Promise<(Measure | NotRun)[]> {
	const folder = await mkdtemp(join(tmpdir(), 'throughline-attack-'));
	try {
		const keys = await fileKeys(folder);
		const handle = await openDatabase(config, { purpose: 'trial' });
		const trial = await runTrial({
			handle,
			deps: { keys, random: options.random },
			keyFolders: [join(folder, 'keys'), join(folder, 'keys-copy')],
			readEverything: await readerOf(config, () => backupOf(config, handle, folder)),
		}).finally(() => handle.close());
		const inspector = await openInspector(config);
		try {
			return await measureAll(inspector, trial);
		} finally {
			await inspector.query(`select pg_drop_replication_slot('${LOG_SLOT}')`);
			await inspector.close();
		}
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	}
}

type Reader = () => AsyncIterable<{ name: string; bytes: Buffer }>;

async function readerOf(
	config: DatabaseConfig,
	backup: () => Promise<Buffer>,
): Promise<Reader | null> {
	const folder = await filesOf(config);
	if (folder === null) {
		return null;
	}
	return async function* () {
		yield* filesBelow(folder);
		yield { name: 'backup', bytes: await backup() };
	};
}

async function filesOf(config: DatabaseConfig): Promise<string | null> {
	if ('dataDir' in config) {
		return config.dataDir;
	}
	const inspector = await openInspector(config);
	await inspector.close();
	return inspector.folder;
}

/** A backup as an operator would make it: ours of the embedded database, pg_dump's of a server. */
async function backupOf(
	config: DatabaseConfig,
	handle: Awaited<ReturnType<typeof openDatabase>>,
	folder: string,
): Promise<Buffer> {
	if (handle.embedded !== null) {
		const { file } = await backupEmbedded(handle, { file: join(folder, 'backup.tar.gz') });
		return gunzipSync(await readFile(file));
	}
	// pg_dump knows nothing of our own parameter.
	const url = 'databaseUrl' in config ? config.databaseUrl.replace(/[?&]durability=\w+/, '') : '';
	const tables = ['access_code', 'draft', 'envelope*', 'response', 'excerpt'];
	const dumped = await promisify(execFile)(
		'pg_dump',
		['--dbname', url, ...tables.flatMap((table) => ['-t', table])],
		{ encoding: 'buffer', maxBuffer: 512 * 1024 * 1024 },
	);
	return dumped.stdout;
}
