import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openDatabase, type DatabaseConfig, type DatabaseHandle } from '../open.ts';
import './global-setup.ts';
import { copyEmbedded, copyOnServer, type TestDatabase } from './test-databases.ts';

export type Mode = DatabaseHandle['mode'];

/** The database of one test file, and where it is for tests that open it again. */
export type OpenTestDatabase = DatabaseHandle & { config: DatabaseConfig };

const SETUP_TIMEOUT_MS = 120_000;

/**
 * Runs a suite twice: on the embedded database and on a PostgreSQL server. Each run has its own
 * migrated database, shared by the tests of the suite; `getDatabase` works inside tests and hooks.
 * Mutation testing (tooling/mutation) tries a thousand changes of the same code: once each, on the
 * server where there is one, which is the quicker.
 *
 * @example
 * describeOnBothDatabases('a window', (getDatabase) => {
 * 	test('opens once', async () => { await openWindow(getDatabase().db, …) });
 * });
 */
export function describeOnBothDatabases(
	name: string,
	define: (getDatabase: () => OpenTestDatabase, mode: Mode) => void,
): void {
	const { server } = inject('throughlineTemplates');
	if (process.env['MUTATION_TESTS'] === undefined || server.type === 'missing') {
		describeOn('embedded', name, define);
	}
	describeOn('server', name, define);
}

/** The same on one of the two, for what only that one has. */
export function describeOn(
	mode: Mode,
	name: string,
	define: (getDatabase: () => OpenTestDatabase, mode: Mode) => void,
): void {
	const { server } = inject('throughlineTemplates');
	if (mode === 'server' && server.type === 'missing') {
		describeMissing(name, server.reason);
		return;
	}
	describe(`${name} (${mode})`, () => {
		let copy: TestDatabase | undefined;
		let handle: DatabaseHandle | undefined;
		beforeAll(async () => {
			copy = await createTestDatabase(mode);
			handle = await openDatabase(copy.config, { purpose: 'tests', poolSize: 8 });
		}, SETUP_TIMEOUT_MS);
		afterAll(async () => {
			await handle?.close();
			await copy?.remove();
		}, SETUP_TIMEOUT_MS);

		define(() => {
			if (handle === undefined || copy === undefined) {
				throw new Error('The database is there inside tests and hooks only.');
			}
			return { ...handle, config: copy.config };
		}, mode);
	});
}

/** A migrated database that the caller opens and removes. */
export function createTestDatabase(mode: Mode): Promise<TestDatabase> {
	const { embedded, server } = inject('throughlineTemplates');
	if (mode === 'embedded') {
		return copyEmbedded(embedded);
	}
	if (server.type === 'missing') {
		return Promise.reject(new Error(`not run: no PostgreSQL. ${server.reason}`));
	}
	return copyOnServer(server.url, server.template);
}

/** Missing is a failure, unless the person who runs the tests said that they know. */
function describeMissing(name: string, reason: string): void {
	describe(`${name} (server)`, () => {
		const isAllowed = process.env['THROUGHLINE_ALLOW_MISSING'] === '1';
		test.skipIf(isAllowed)('not run: no PostgreSQL', () => {
			expect.fail(
				`not run: no PostgreSQL. ${reason} THROUGHLINE_ALLOW_MISSING=1 runs the rest without it.`,
			);
		});
	});
}
