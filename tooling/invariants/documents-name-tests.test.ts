import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listSources } from '../checks/sources.ts';
import { root } from '../stages/command.ts';

const DOCUMENTS = ['docs/threat-model.md', 'docs/privacy.md', 'docs/disclosure.md'];
const TEST = /[\w./-]+\.(?:test|spec)\.ts/g;
const sources = await listSources();

/** The tests a text names: by path, or by name alone where the path stands close by. */
function missingIn(text: string): string[] {
	const named = [...text.matchAll(TEST)].map(([name]) => name);
	return [...new Set(named)].filter((name) =>
		name.includes('/')
			? !existsSync(join(root, name))
			: !sources.some((path) => basename(path) === name),
	);
}

describe.each(DOCUMENTS)('%s', (document) => {
	test('names tests that are there', async () => {
		const text = await readFile(join(root, document), 'utf8');
		expect(missingIn(text)).toEqual([]);
		expect(text.match(TEST)?.length ?? 0).toBeGreaterThan(2);
	});
});

test('each actor of the threat model has a control, a test, and a number of its own', async () => {
	const text = await readFile(join(root, 'docs/threat-model.md'), 'utf8');
	const actors = text.split(/^### /m).slice(1);
	expect(actors.map((actor) => actor.split(':')[0])).toEqual(
		Array.from({ length: 17 }, (_, index) => `T${index + 1}`),
	);
	const incomplete = actors.filter(
		(actor) => !actor.includes('**Against it:**') || !/\*\*Test:\*\*/.test(actor),
	);
	expect(incomplete).toEqual([]);
});

test('a name that leads nowhere would be noticed (the control)', () => {
	const text = '`apps/api/src/gone.test.ts` and `gone.spec.ts`, beside `pure-packages.test.ts`';
	expect(missingIn(text)).toEqual(['apps/api/src/gone.test.ts', 'gone.spec.ts']);
});
