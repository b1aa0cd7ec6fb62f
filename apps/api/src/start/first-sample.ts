import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Schema } from '@throughline/db/schema';
import { type Kysely, sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { isEmpty, loadSample } from '../sample/load/load-sample.ts';
import { studentLink, writeFirstAddresses } from './first-addresses.ts';

const MARKER = 'sample-loading';

interface FirstSampleOptions {
	/** The address students reach this server by. */
	address: string;
	/** Whether this start made the database. */
	isNewDatabase: boolean;
	onStep(step: string): void;
}

/**
 * Says in the data folder that the sample is to be loaded, before the database is made: a start
 * that is killed from then on is taken up by the next one.
 * @returns false where the folder said so already.
 */
export async function announceSample(dataDir: string): Promise<boolean> {
	await mkdir(dataDir, { recursive: true, mode: 0o700 });
	if (await exists(join(dataDir, MARKER))) {
		return false;
	}
	await (await open(join(dataDir, MARKER), 'a', 0o600)).close();
	return true;
}

/** Takes back what `announceSample` said: the database turned out to be somebody else's. */
export async function callOffSample(dataDir: string): Promise<void> {
	await rm(join(dataDir, MARKER));
}

/**
 * Loads the sample into a database that this start made, unless `--empty` said not to. A file in
 * the data folder stands from before until it is whole: when it is found at a start that did not
 * make the database, loading was interrupted, and what came in is taken out before it is loaded
 * again, or left out with `--empty`. A few unused codes of the open window are kept in the clear,
 * beside the database: only of the sample.
 */
export async function loadFirstSample(
	deps: Deps,
	{ address, isNewDatabase, onStep }: FirstSampleOptions,
): Promise<void> {
	const marker = join(deps.config.DATA_DIR, MARKER);
	if (!(await exists(marker))) {
		return;
	}
	if (!isNewDatabase) {
		await removeSample(deps.db);
	}
	if (!deps.config.isSampleWanted || !(await isEmpty(deps.db))) {
		await rm(marker);
		return;
	}
	const { open: window, slip } = await loadSample(deps, (step) =>
		onStep(`Loading the sample engagement: ${step}`),
	);
	await writeFirstAddresses(deps.config.DATA_DIR, {
		studentLinks: window.codes.map((code) => studentLink(address, window.linkKey, code)),
		signInLinks: {},
		slip,
	});
	await rm(marker);
}

/**
 * Empties every table, if all that is there is synthetic.
 * @throws Error when a real engagement is: nothing is taken out then.
 */
async function removeSample(db: Kysely<Schema>): Promise<void> {
	const real = await db
		.selectFrom('engagement')
		.select('slug')
		.where('is_synthetic', '=', false)
		.limit(1)
		.executeTakeFirst();
	if (real) {
		throw new Error(
			`The data folder says that loading the sample was interrupted (${MARKER}), and the database holds the engagement ${real.slug}. Remove that file if the database is in order.`,
		);
	}
	const { rows } = await sql<{ name: string }>`
		select tablename as name from pg_tables
		where schemaname = current_schema() and tablename not like 'kysely%'
		order by tablename
	`.execute(db);
	const tables = sql.join(rows.map(({ name }) => sql.id(name)));
	await sql`truncate ${tables}`.execute(db);
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}
