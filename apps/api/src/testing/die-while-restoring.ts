// Restores a backup in a process of its own that kills itself after so many rows, or before the end.
// Takes a Plan as its argument.
import { type DatabaseConfig, loadTables, openDatabase } from '@throughline/db';
import { readBackup } from '../backup/read-backup.ts';

export interface Plan {
	database: DatabaseConfig;
	file: string;
	/** How many pages of rows it gets to; null dies when everything is loaded, before it is committed. */
	pages: number | null;
}

// The test writes it.
const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const handle = await openDatabase(plan.database, { purpose: 'tests' });
const reading = { file: plan.file, passphrase: null };
const { migrations } = await readBackup(reading);
let pages = 0;

function die(): void {
	process.kill(process.pid, 'SIGKILL');
}

await loadTables(handle.db, {
	migrations,
	isReplaced: true,
	load: async (load) => {
		await readBackup(reading, {
			rows: async (table, lines) => {
				await load(table, lines);
				pages += 1;
				if (pages === plan.pages) {
					die();
				}
			},
		});
	},
	afterwards: async () => die(),
});
