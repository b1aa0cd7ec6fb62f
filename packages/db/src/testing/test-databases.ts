import { randomBytes } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../migrate.ts';
import { openDatabase, type DatabaseConfig } from '../open.ts';
import { startPostgres } from './start-postgres.ts';
import { makeTemporaryFolder, sweepTemporaryFolders } from './temporary-folder.ts';

/** The migrated databases that every test file gets a copy of. */
export type Templates = {
	/** A data folder. */
	embedded: string;
	server:
		| { type: 'ready'; url: string; template: string; version: string }
		| { type: 'missing'; reason: string };
};

export type TestDatabase = { config: DatabaseConfig; remove(): Promise<void> };

/** Makes the templates; `remove` drops them and stops the server if it was started here. */
export async function makeTemplates(): Promise<Templates & { remove(): Promise<void> }> {
	await sweepTemporaryFolders();
	const folder = await makeTemporaryFolder('template');
	const embedded = join(folder, 'data');
	const [server] = await Promise.all([
		makeServerTemplate(),
		migrateAndClose({ dataDir: embedded }),
	]);
	return {
		embedded,
		server: server.template,
		async remove() {
			await server.remove();
			await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		},
	};
}

/** A migrated data folder of its own. */
export async function copyEmbedded(template: string): Promise<TestDatabase> {
	const folder = await makeTemporaryFolder('data');
	const dataDir = join(folder, 'data');
	await cp(join(template, 'database'), join(dataDir, 'database'), { recursive: true });
	return {
		config: { dataDir },
		remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
	};
}

/** A migrated database of its own on the test server; without a template, an empty one. */
export async function copyOnServer(url: string, template?: string): Promise<TestDatabase> {
	const name = `throughline_test_${randomBytes(6).toString('hex')}`;
	await run(url, `create database ${name} template ${template ?? 'template0'}`);
	return {
		config: { databaseUrl: withDatabase(url, name) },
		remove: () => run(url, `drop database if exists ${name} with (force)`),
	};
}

type ServerTemplate = { template: Templates['server']; remove(): Promise<void> };

async function makeServerTemplate(): Promise<ServerTemplate> {
	const given = process.env['TEST_DATABASE_URL'];
	if (given) {
		return templateOn(given, 'TEST_DATABASE_URL', async () => {});
	}
	try {
		const server = await startPostgres();
		return await templateOn(server.url, server.version, server.stop);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return { template: { type: 'missing', reason }, remove: async () => {} };
	}
}

async function templateOn(
	url: string,
	version: string,
	stop: () => Promise<void>,
): Promise<ServerTemplate> {
	const database = await copyOnServer(url);
	try {
		await migrateAndClose(database.config);
	} catch (error) {
		await database.remove();
		await stop();
		throw error;
	}
	const template = 'databaseUrl' in database.config ? nameOf(database.config.databaseUrl) : '';
	return {
		template: { type: 'ready', url, template, version },
		async remove() {
			await database.remove();
			await stop();
		},
	};
}

async function migrateAndClose(config: DatabaseConfig): Promise<void> {
	const handle = await openDatabase(config, { purpose: 'test template' });
	try {
		await migrate(handle.db);
	} finally {
		await handle.close();
	}
}

async function run(url: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

function withDatabase(url: string, name: string): string {
	const copy = new URL(url);
	copy.pathname = `/${name}`;
	return copy.href;
}

function nameOf(url: string): string {
	return new URL(url).pathname.slice(1);
}
