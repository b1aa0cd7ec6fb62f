import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { loadTables } from '@throughline/db';
import { endEverySession } from '@throughline/db/queries/staff-session';
import { addPendingTombstones, type Tombstone } from '@throughline/db/queries/tombstone';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { makeFolder, type RecordingFiles, settle } from '../recordings/recording-files.ts';
import { rowsOf } from './manifest.ts';
import { readBackup } from './read-backup.ts';

export interface RestoreOptions {
	file: string;
	passphrase: string | null;
	/** Whether what the database holds may go. */
	isReplaced: boolean;
	/** What may not come back, from wherever it is written down. */
	tombstones: readonly Tombstone[];
	/** Where sound goes; null leaves it in the backup. */
	recordings: RecordingFiles | null;
	/** Whether people are going to work with it: then everybody signs in anew. */
	isForUse?: boolean;
}

export interface Restored {
	/** Rows of each table. */
	rows: Record<string, number>;
	/** How many recordings have their sound again. */
	recordings: number;
}

/**
 * Fills a database, and the folder of recordings, from a backup: all of it or nothing, also when it is
 * killed. What `tombstones` name waits for `reapplyTombstones`, which has to be called before anybody
 * reads; the server does so too when it starts.
 * @throws DatabaseOpenError when the backup cannot be used, or the database holds data already.
 */
export async function restoreBackup(
	db: Kysely<Schema>,
	options: RestoreOptions,
): Promise<Restored> {
	const sound = soundReceiver(options.recordings, options.tombstones);
	let rows: Record<string, number> = {};
	try {
		await sound.begin();
		// The names of the migrations stand at the end of a file; reading it once also finds every fault.
		const { migrations } = await readBackup(options);
		await loadTables(db, {
			migrations,
			isReplaced: options.isReplaced,
			load: async (load) => {
				rows = rowsOf(await readBackup(options, { rows: load, file: sound.take }));
			},
			afterwards: async (trx) => {
				await addPendingTombstones(trx, options.tombstones);
				if (options.isForUse === true) {
					await endEverySession(trx);
				}
				await sound.settle();
			},
		});
		return { rows, recordings: sound.count() };
	} finally {
		await sound.end();
	}
}

/** Keeps sound beside its place until everything else is there. */
function soundReceiver(files: RecordingFiles | null, tombstones: readonly Tombstone[]) {
	const gone = new Set(
		tombstones.flatMap(({ kind, target }) => (kind === 'recording' ? [target] : [])),
	);
	const waiting: { from: string; to: string }[] = [];
	const folder = files === null ? null : join(files.incoming, '..', 'restoring');
	let output: WriteStream | null = null;

	return {
		async begin() {
			if (folder !== null) {
				await rm(folder, { recursive: true, force: true });
			}
		},
		async take(name: string, bytes: Buffer | null): Promise<void> {
			const [kind, engagementId = '', recordingId = ''] = name.split('/');
			if (files === null || folder === null || kind !== 'recording' || gone.has(recordingId)) {
				return;
			}
			if (bytes === null) {
				output?.end();
				if (output !== null) {
					await finished(output);
				}
				output = null;
				return;
			}
			if (output === null) {
				const from = join(folder, recordingId);
				await mkdir(folder, { recursive: true, mode: 0o700 });
				output = createWriteStream(from, { mode: 0o600 });
				waiting.push({ from, to: files.original({ engagementId, recordingId }) });
			}
			if (!output.write(bytes)) {
				const { promise, resolve, reject } = Promise.withResolvers<void>();
				output.once('drain', resolve).once('error', reject);
				await promise;
			}
		},
		async settle() {
			for (const { from, to } of waiting) {
				await makeFolder(dirname(to));
				await settle(from, to);
			}
		},
		count: () => waiting.length,
		async end() {
			output?.destroy();
			if (folder !== null) {
				await rm(folder, { recursive: true, force: true });
			}
		},
	};
}
