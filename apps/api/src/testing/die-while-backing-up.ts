// Makes a backup in a process of its own that kills itself after a step. Takes a Plan as its argument.
import { join } from 'node:path';
import { backupEmbedded, type DatabaseConfig, openDatabase } from '@throughline/db';
import { backupFolder, makeBackup } from '../backup/backup-folder.ts';
import { backUpAndLoad } from '../jobs/back-up-and-load.ts';

export interface Plan {
	database: DatabaseConfig;
	dataDir: string;
	/** The bare copy exists for the embedded database alone. */
	step: 'copied' | 'written' | 'verified';
}

// The test writes it.
const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const handle = await openDatabase(plan.database, { purpose: 'tests' });

function die(): void {
	process.kill(process.pid, 'SIGKILL');
}

function afterStep(step: Plan['step']): void {
	if (step === plan.step) {
		die();
	}
}

if (plan.step === 'copied') {
	const seal = {
		ending: '.sealed' as const,
		async *close(content: AsyncIterable<Buffer>) {
			die();
			yield* content;
		},
		open: (): AsyncIterable<Buffer> => {
			throw new Error('It was to die before.');
		},
	};
	await backupEmbedded(handle, { seal });
} else if (handle.mode === 'embedded') {
	await backUpAndLoad(handle, { config: {}, afterStep })([]);
} else {
	await makeBackup(handle, {
		file: join(backupFolder({ DATA_DIR: plan.dataDir }), 'throughline-20260115T030000Z.backup'),
		passphrase: null,
		recordings: null,
		now: new Date(),
		afterStep,
	});
}
