import {
	backupEmbedded,
	type DatabaseHandle,
	openDatabase,
	restoreEmbedded,
	type Seal,
} from '@throughline/db';
import { countResponses } from '@throughline/db/queries/opening';
import { backupPassphrase } from '../backup/backup-folder.ts';
import { sealOf } from '../backup/sealed-copy.ts';
import { inTrialFolder } from '../backup/trial-folder.ts';
import type { Config } from '../config.ts';
import type { BackUp } from '../deps.ts';

interface Outside {
	config: Pick<Config, 'BACKUP_PASSPHRASE_FILE'>;
	/** Called after each step; a test ends the process there. */
	afterStep?(step: 'written' | 'verified'): void;
}

/**
 * Backups of the embedded database, sealed where there is a passphrase. Each is restored beside it,
 * opened and counted in before it gets its name.
 */
export function backUpAndLoad(handle: DatabaseHandle, outside: Outside): BackUp {
	return async (holds) => {
		const passphrase = await backupPassphrase(outside.config);
		const seal = passphrase === null ? null : sealOf(passphrase);
		await backupEmbedded(handle, {
			seal,
			verify: async (file) => {
				outside.afterStep?.('written');
				await inTrialFolder((folder) => load(folder, { file, seal, holds }));
				outside.afterStep?.('verified');
			},
		});
		return { verified: true };
	};
}

async function load(
	folder: string,
	{ file, seal, holds }: { file: string; seal: Seal | null; holds: Parameters<BackUp>[0] },
): Promise<void> {
	await restoreEmbedded(folder, file, { purpose: 'verify a backup', seal });
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
