import { type DatabaseHandle, openDatabase, pendingMigrations } from '@throughline/db';
import { type Config, databaseOf, readConfig } from '../config.ts';
import type { Deps } from '../deps.ts';
import type { Io } from './command.ts';

/**
 * Runs work on the database, beside a running server if there is one, and closes it afterwards.
 * @param purpose what another process is told who finds the data folder in use.
 */
export async function withDatabase<Result>(
	io: Pick<Io, 'env'>,
	purpose: string,
	work: (handle: DatabaseHandle, config: Config) => Promise<Result>,
): Promise<Result> {
	const config = readConfig(io.env, { isSampleWanted: false });
	const handle = await openDatabase(databaseOf(config), { attach: true, purpose });
	try {
		return await work(handle, config);
	} finally {
		await handle.close();
	}
}

/**
 * The same with everything actions need.
 * @throws Error when the database is not up to date.
 */
export function withDeps<Result>(
	io: Pick<Io, 'env'>,
	purpose: string,
	work: (deps: Deps) => Promise<Result>,
): Promise<Result> {
	return withDatabase(io, purpose, async (handle, config) => {
		if ((await pendingMigrations(handle.db)).length > 0) {
			throw new Error(
				'The database is not up to date. Run: npm run -s throughline -- migrate (or start the server once).',
			);
		}
		const { composeDeps, createLog } = await import('../compose.ts');
		const { servedAddress } = await import('../start/served-address.ts');
		const address = await servedAddress(config);
		const log = createLog(config);
		return work(await composeDeps(config, { handle, log, origin: () => address }));
	});
}
