import { rename } from 'node:fs/promises';
import {
	backupEmbedded,
	type DatabaseHandle,
	openDatabase,
	restoreEmbedded,
} from '@throughline/db';
import { countResponses } from '@throughline/db/queries/opening';
import { inTrialFolder } from '../backup/trial-folder.ts';
import type { BackUp } from '../deps.ts';

/** Backups of the embedded database, each restored beside it, opened and counted in. */
export function backUpAndLoad(handle: DatabaseHandle): BackUp {
	return async (holds) => {
		const { file } = await backupEmbedded(handle);
		try {
			await inTrialFolder((folder) => load(folder, file, { holds }));
			return { verified: true };
		} catch (error) {
			// Nobody may take it for one that can be used.
			await rename(file, `${file}.unusable`);
			throw error;
		}
	};
}

async function load(
	folder: string,
	file: string,
	{ holds }: { holds: Parameters<BackUp>[0] },
): Promise<void> {
	await restoreEmbedded(folder, file, { purpose: 'verify a backup' });
	const copy = await openDatabase({ dataDir: folder }, { purpose: 'verify a backup' });
	try {
		for (const { responses, ...key } of holds) {
			const found = await countResponses(copy.db, key);
			if (found !== responses) {
				throw new Error(
					`The backup ${file} holds ${found} responses of window ${key.windowId}, not ${responses}. Its key is kept.`,
				);
			}
		}
	} finally {
		await copy.close();
	}
}
