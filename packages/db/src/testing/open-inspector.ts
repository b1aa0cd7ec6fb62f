import { PGlite } from '@electric-sql/pglite';
import { pageinspect } from '@electric-sql/pglite/contrib/pageinspect';
import { pg_walinspect } from '@electric-sql/pglite/contrib/pg_walinspect';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { ENGINE_FOLDER } from '../embedded/folder.ts';
import type { DatabaseConfig } from '../open.ts';

/** A database as its operator may look at it: every page, every record of the write-ahead log. */
export type Inspector = {
	query<Row>(statement: string): Promise<Row[]>;
	/** The folder with the database's files; null when it is not on this machine, or not readable. */
	folder: string | null;
	close(): Promise<void>;
};

const EXTENSIONS =
	'create extension if not exists pageinspect; create extension if not exists pg_walinspect';

/**
 * Opens a database with `pageinspect` and `pg_walinspect`. Nobody else may have an embedded one open;
 * on a server the role must be a superuser, and Debian has both extensions in `postgresql-NN`.
 */
export async function openInspector(config: DatabaseConfig): Promise<Inspector> {
	return 'dataDir' in config
		? await inspectFolder(config.dataDir)
		: await inspectServer(config.databaseUrl);
}

async function inspectFolder(dataDir: string): Promise<Inspector> {
	const folder = join(resolve(dataDir), 'database', ENGINE_FOLDER);
	const extensions = { pageinspect, pg_walinspect };
	const engine = await PGlite.create({ dataDir: folder, extensions });
	await engine.exec(EXTENSIONS);
	return {
		folder,
		query: async <Row>(statement: string) => (await engine.query<Row>(statement)).rows,
		close: () => engine.close(),
	};
}

async function inspectServer(databaseUrl: string): Promise<Inspector> {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	await client.query(EXTENSIONS);
	const answer = await client.query<{ data_directory: string }>('show data_directory');
	const folder = answer.rows[0]?.data_directory ?? '';
	const isHere = await access(join(folder, 'pg_wal')).then(
		() => true,
		() => false,
	);
	return {
		folder: isHere ? folder : null,
		// The caller says what the statement gives.
		query: async <Row>(statement: string) => (await client.query(statement)).rows as Row[],
		close: () => client.end(),
	};
}
