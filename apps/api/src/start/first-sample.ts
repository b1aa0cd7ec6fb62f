import { open, rm, stat } from 'node:fs/promises';
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
 * Loads the sample into a database that this start made, unless `--empty` said not to. A file in
 * the data folder stands while that lasts: when it is found at the next start, loading was
 * interrupted, and what came in is taken out before it is loaded again. A few unused codes of the
 * open window are kept in the clear, beside the database: only of the sample.
 */
export async function loadFirstSample(
	deps: Deps,
	{ address, isNewDatabase, onStep }: FirstSampleOptions,
): Promise<void> {
	const marker = join(deps.config.DATA_DIR, MARKER);
	const isInterrupted = await exists(marker);
	const isDue = isInterrupted || (isNewDatabase && deps.config.isSampleWanted);
	if (!isDue) {
		return;
	}
	if (isInterrupted) {
		await removeSample(deps.db);
	}
	if (!(await isEmpty(deps.db))) {
		return;
	}
	await (await open(marker, 'a', 0o600)).close();
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
