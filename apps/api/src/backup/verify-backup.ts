import { countRows, openDatabase } from '@throughline/db';
import type { BackUp } from '../deps.ts';
import type { Manifest } from './manifest.ts';
import { readBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { inTrialFolder } from './trial-folder.ts';

export type Verified = { manifest: Manifest; how: 'loaded' | 'part by part' };

/** What is larger, in bytes of rows, is compared part by part alone: loading it would take too long. */
const MOST_LOADED = 512 * 1024 * 1024;
const TIMEOUT_MS = 60 * 60 * 1000;

/**
 * Reads a backup to its last byte, compares every part with what the file says of it, and loads it into
 * a database of its own that is thrown away: a backup that was never loaded is a hope.
 * @param options.holds how many responses of which windows it must hold.
 * @throws DatabaseOpenError, or Error when it does not hold what it should.
 */
export async function verifyBackup(
	file: string,
	options: { passphrase: string | null; holds?: Parameters<BackUp>[0]; mostLoaded?: number },
): Promise<Verified> {
	const counts = new Map<string, number>();
	const manifest = await readBackup(
		{ file, passphrase: options.passphrase },
		{
			async rows({ name, columns }, lines) {
				const at = columns.indexOf('window_id');
				for (const line of name === 'response' ? lines : []) {
					const row: unknown = JSON.parse(line);
					const windowId = Array.isArray(row) ? String(row[at]) : '';
					counts.set(windowId, (counts.get(windowId) ?? 0) + 1);
				}
			},
		},
	);
	for (const { windowId, responses } of options.holds ?? []) {
		const found = counts.get(windowId) ?? 0;
		if (found !== responses) {
			throw new Error(
				`The backup ${file} holds ${found} responses of window ${windowId}, not ${responses}. Its key is kept.`,
			);
		}
	}
	const bytes = manifest.parts.reduce(
		(sum, { columns, bytes: own }) => sum + (columns ? own : 0),
		0,
	);
	if (bytes > (options.mostLoaded ?? MOST_LOADED)) {
		return { manifest, how: 'part by part' };
	}
	await load(file, options.passphrase);
	return { manifest, how: 'loaded' };
}

async function load(file: string, passphrase: string | null): Promise<void> {
	await inTrialFolder(async (folder) => {
		const copy = await openDatabase(
			{ dataDir: folder },
			{ purpose: 'verify a backup', queryTimeoutMs: TIMEOUT_MS },
		);
		try {
			const { rows } = await restoreBackup(copy.db, {
				file,
				passphrase,
				isReplaced: false,
				tombstones: [],
				recordings: null,
			});
			const found = await countRows(copy.db);
			const wrong = Object.keys(rows).find((name) => found[name] !== rows[name]);
			if (wrong !== undefined) {
				throw new Error(
					`The backup ${file} was loaded, and ${wrong} has ${found[wrong]} rows, not ${rows[wrong]}.`,
				);
			}
		} finally {
			await copy.close();
		}
	});
}
