// Runs every attack on databases of its own and prints what was found as JSON: for the benchmark.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseConfig, migrate, openDatabase } from '@throughline/db';
import { lintBallotTables, listColumns } from '@throughline/db/testing/ballot-tables';
import { startPostgres } from '@throughline/db/testing/postgres';
import { systemRandom } from '../system/random.ts';
import type { Measure, NotRun } from './measure.ts';
import { finishTimes } from './finish-times.ts';
import { scanLogs } from './log-scan.ts';
import { tryOn } from './try-on.ts';

export interface DatabaseResults {
	database: string;
	results: (Measure | NotRun)[];
	/** U12: how likely times like these are if both kinds of request took the same. */
	times?: Awaited<ReturnType<typeof finishTimes>>;
}

/** As docs/self-hosting.md asks; the server warns of others at the start. */
const QUIET_LOG = ['log_error_verbosity=terse', 'log_parameter_max_length_on_error=0'];

async function main(): Promise<void> {
	const all: DatabaseResults[] = [];
	const folder = await mkdtemp(join(tmpdir(), 'throughline-unlinkability-'));
	try {
		all.push(await run('embedded', { dataDir: join(folder, 'data') }));
		all.push(await onServer());
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	}
	process.stdout.write(`${JSON.stringify(all)}\n`);
}

async function onServer(): Promise<DatabaseResults> {
	const postgres = await startPostgres({ fsync: true, settings: QUIET_LOG }).catch(
		(error: unknown) => error,
	);
	if (postgres === null || typeof postgres !== 'object' || !('url' in postgres)) {
		const notRun = postgres instanceof Error ? postgres.message : String(postgres);
		return { database: 'PostgreSQL', results: [{ id: 'U1–U12', attack: 'all', notRun }] };
	}
	// What `startPostgres` gives; the other case was taken above.
	const server = postgres as Awaited<ReturnType<typeof startPostgres>>;
	try {
		const database = `PostgreSQL ${server.version}`;
		return await run(database, { databaseUrl: server.url }, () => server.log());
	} finally {
		await server.stop();
	}
}

async function run(
	database: string,
	config: DatabaseConfig,
	serverLog: (() => string) | null = null,
): Promise<DatabaseResults> {
	const columns = await using(config, async ({ db }) => {
		await migrate(db);
		return await listColumns(db);
	});
	const attacks = await tryOn(config, { random: systemRandom });
	const logs = await using(config, (handle) => scanLogs(handle, serverLog));
	const times = await using(config, ({ db }) => finishTimes(db));
	const wrong = { table: 'response', name: 'stored_at', type: 'timestamp', filledBy: null };
	const schema: Measure = {
		id: 'U10',
		attack: 'columns of ballot tables that hold a time, an order or a link',
		matched: lintBallotTables(columns).length,
		of: columns.length,
		bound: 0,
		control: {
			what: 'with a column for the time',
			matched: lintBallotTables([...columns, wrong]).length,
			of: 1,
			atLeast: 1,
		},
	};
	return { database, results: [...attacks, schema, ...logs], times };
}

async function using<T>(
	config: DatabaseConfig,
	use: (handle: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> {
	const handle = await openDatabase(config, { purpose: 'trial' });
	return await use(handle).finally(() => handle.close());
}

await main();
