import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { openEmbedded, type Endpoint } from './open-embedded.ts';
import { checkServer, isDurabilityChecked } from './open-server.ts';
import { valueParsers } from './open-values.ts';
import type { Schema } from './schema.ts';

/** Where the data is: a folder of this machine, or a PostgreSQL server. */
export type DatabaseConfig = { dataDir: string } | { databaseUrl: string };

export type OpenOptions = {
	/** Join the process that has the data folder open, if one has: for commands beside a server. */
	attach?: boolean;
	/** What this process does, for the message another one gets: 'server', 'throughline migrate'. */
	purpose?: string;
	/** Connections at most; 8 embedded (it is one backend anyway), 16 on a server. */
	poolSize?: number;
	/** The longest a statement may take before its caller gets an error. */
	queryTimeoutMs?: number;
	/** Called once when the embedded engine dies on its own: nothing works after that. */
	onFatal?: (error: Error) => void;
	/** Called when a connection that nobody used was lost; the pool makes a new one. */
	onConnectionLost?: (error: Error) => void;
	now?: () => Date;
};

export type DatabaseHandle = {
	db: Kysely<Schema>;
	pool: pg.Pool;
	mode: 'embedded' | 'server';
	/** The embedded database's folder and engine; null on a server. */
	embedded: Endpoint | null;
	/**
	 * Resolves when everything committed before the call survives a power cut. A server sees to that
	 * itself; the embedded engine does not. Once it has failed it fails for ever.
	 */
	makeDurable(): Promise<void>;
	/** Does on a connection of its own what may take longer than an answer to a person: migrations. */
	patiently<Result>(work: (db: Kysely<Schema>) => Promise<Result>): Promise<Result>;
	/** Ends the pool and, where this process runs it, the engine. May be called again. */
	close(): Promise<void>;
};

const QUERY_TIMEOUT_MS = 30_000;
/** What migrations may take: all that lies sealed, or every response, is written once. */
const PATIENT_TIMEOUT_MS = 6 * 60 * 60 * 1000;
const CONNECTION_TIMEOUT_MS = 10_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

/**
 * Opens the database. Both kinds answer the same SQL with the same values and the same errors
 * (`error.code`, never `instanceof`). Throws `DatabaseOpenError`.
 *
 * Transactions on the embedded database make everyone else wait: keep them short, use only `trx`
 * inside them, and no session-level settings or locks.
 */
export async function openDatabase(
	config: DatabaseConfig,
	options: OpenOptions = {},
): Promise<DatabaseHandle> {
	const endpoint = 'dataDir' in config ? await openFolder(config.dataDir, options) : null;
	const pool = openPool(config, endpoint, options);
	try {
		if ('databaseUrl' in config) {
			await checkServer(pool, { isDurabilityChecked: isDurabilityChecked(config.databaseUrl) });
		}
	} catch (error) {
		await pool.end();
		throw error;
	}
	return createHandle(pool, endpoint, () =>
		openPool(config, endpoint, { ...options, poolSize: 2, queryTimeoutMs: PATIENT_TIMEOUT_MS }),
	);
}

function openPool(
	config: DatabaseConfig,
	endpoint: Endpoint | null,
	options: OpenOptions,
): pg.Pool {
	const pool = new pg.Pool({
		...('databaseUrl' in config ? serverSettings(config.databaseUrl, options) : {}),
		...(endpoint?.connection ?? {}),
		max: options.poolSize ?? (endpoint === null ? 16 : 8),
		connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
		query_timeout: options.queryTimeoutMs ?? QUERY_TIMEOUT_MS,
		types: valueParsers,
	});
	pool.on('error', (error) => options.onConnectionLost?.(error));
	// The pool listens to idle connections alone: one that is lost while it is used, with the server
	// behind it, would end the process. What was asked on it fails, which is all that is needed.
	pool.on('connect', (client) => client.on('error', () => {}));
	return pool;
}

function createHandle(
	pool: pg.Pool,
	endpoint: Endpoint | null,
	openPatientPool: () => pg.Pool,
): DatabaseHandle {
	let closing: Promise<void> | null = null;
	async function close(): Promise<void> {
		await pool.end();
		await endpoint?.close();
	}
	return {
		db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }),
		pool,
		mode: endpoint === null ? 'server' : 'embedded',
		embedded: endpoint,
		makeDurable: endpoint?.sync ?? (() => Promise.resolve()),
		async patiently(work) {
			const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: openPatientPool() }) });
			try {
				return await work(db);
			} finally {
				await db.destroy();
			}
		},
		close: () => (closing ??= close()),
	};
}

function openFolder(dataDir: string, options: OpenOptions): Promise<Endpoint> {
	return openEmbedded(dataDir, {
		attach: options.attach ?? false,
		purpose: options.purpose ?? 'throughline',
		now: options.now ?? (() => new Date()),
		onFatal:
			options.onFatal ??
			((error) => {
				throw error;
			}),
	});
}

function serverSettings(databaseUrl: string, options: OpenOptions): pg.PoolConfig {
	return {
		connectionString: databaseUrl,
		application_name: 'throughline',
		statement_timeout: options.queryTimeoutMs ?? QUERY_TIMEOUT_MS,
		idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
	};
}
