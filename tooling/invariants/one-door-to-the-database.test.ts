import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../stages/command.ts';
import { lintText } from './lint-text.ts';

const build = join(root, 'apps/web/build');
/** What every build that can open a database holds somewhere, minified or not. */
const TRACES = [
	/pglite/i,
	/kysely/i,
	/\bpg-(pool|protocol|types|connection-string)\b/,
	/postgres(ql)?:\/\//i,
];

function tracesIn(text: string): string[] {
	return TRACES.filter((trace) => trace.test(text)).map(String);
}

describe('the web build', () => {
	test('is there to be looked at', () => {
		expect(existsSync(join(build, 'handler.js')), 'Run: npm run build').toBe(true);
	});

	test('contains no database code', async () => {
		const found: string[] = [];
		let files = 0;
		for await (const file of glob('**/*.{js,mjs,cjs,json,html}', { cwd: build })) {
			files += 1;
			const traces = tracesIn(await readFile(join(build, file), 'utf8'));
			found.push(...traces.map((trace) => `${file}: ${trace}`));
		}
		expect(files).toBeGreaterThan(20);
		expect(found).toEqual([]);
	});

	test('would be found out (the control): the packages of the database carry these traces', async () => {
		const pool = await readFile(join(root, 'node_modules/pg/lib/index.js'), 'utf8');
		const dialect = await readFile(join(root, 'packages/db/src/open.ts'), 'utf8');
		expect(tracesIn(pool)).not.toEqual([]);
		expect(tracesIn(dialect)).not.toEqual([]);
	});
});

describe('the linter refuses', () => {
	test.each([
		['apps/web/src/lib/api.ts', "import { openDatabase } from '@throughline/db';"],
		['apps/web/src/lib/api.ts', "import { sql } from 'kysely';"],
		['apps/web/src/lib/api.ts', "import { createApp } from '../../../api/src/app.ts';"],
		['apps/web/src/lib/api.ts', "import { createClient } from '@throughline/api/client';"],
		['apps/api/src/app.ts', "import pg from 'pg';"],
		['apps/api/src/app.ts', "import { PGlite } from '@electric-sql/pglite';"],
		['packages/db/src/open.ts', "import { createApp } from '@throughline/api';"],
	])(
		'in %s: %s',
		async (path, code) => {
			expect(await lintText(code, path)).toContain('no-restricted-imports');
		},
		60_000,
	);
});

test('only apps/api depends on the database package, the tools aside', async () => {
	const users: string[] = [];
	for await (const file of glob('{apps,packages}/*/package.json', { cwd: root })) {
		// npm's own format.
		const { name, dependencies, devDependencies } = JSON.parse(
			await readFile(join(root, file), 'utf8'),
		) as { name: string; dependencies?: object; devDependencies?: object };
		if ('@throughline/db' in { ...dependencies, ...devDependencies }) {
			users.push(name);
		}
	}
	expect(users).toEqual(['@throughline/api']);
});
