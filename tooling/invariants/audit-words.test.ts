import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../stages/command.ts';

const ACTION = /\baction(?::| =)[^;,]*?'([a-z_]+\.[a-z_]+)'(?:\s*:\s*'([a-z_]+\.[a-z_]+)')?/gs;
const WORDS = 'apps/web/src/routes/(team)/team/[engagement]/record/change-words.ts';

/** Every action the API writes into the log of changes, as its source names them. */
function actions(): string[] {
	const files = globSync('apps/api/src/**/*.ts', { cwd: root }).filter(
		(file) => !/\.(test|fixture)\.ts$|[/\\]testing[/\\]/.test(file),
	);
	const found = files.flatMap((file) =>
		[...readFileSync(join(root, file), 'utf8').matchAll(ACTION)].flatMap(([, one, other]) =>
			[one, other].filter((name) => name !== undefined),
		),
	);
	return [...new Set(found)].sort();
}

test('the page of the record has words for every change that is recorded', () => {
	const words = readFileSync(join(root, WORDS), 'utf8');
	const known = actions();
	expect(known).toContain('person.invited');
	expect(known).toContain('dialog.slips_replaced');
	expect(known.filter((action) => !words.includes(`'${action}':`))).toEqual([]);
});
