import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type KnownPage, listPages, notLookedAt } from './pages-looked-at.ts';

let pages: KnownPage[];

beforeAll(async () => {
	pages = await listPages(resolve(import.meta.dirname, '../src/routes'));
});

const looked = (path: string, hasScript = true) => ({ path, hasScript });
const missing = (...seen: ReturnType<typeof looked>[]) => notLookedAt(pages, seen).join('\n');

describe('a page that nobody looked at', () => {
	test('is named', () => {
		expect(missing()).toContain('(public)/e/[slug]: nobody looked at it');
		expect(missing(looked('/e/a-listening'))).not.toContain('(public)/e/[slug]: nobody');
	});

	test('is not taken for a more exact one at the same place', () => {
		const findings = '(team)/team/[engagement]/findings';
		const seen = missing(looked('/team/one/findings/new'));
		expect(seen).toContain(`${findings}/[finding]: nobody`);
		expect(seen).not.toContain(`${findings}/new: nobody`);
	});

	test('is every page where nobody looked at any', () => {
		const folders = notLookedAt(pages, []).map((line) => line.split(': ')[0]);
		expect(new Set(folders).size).toBe(pages.length);
	});
});

describe('a page that runs script', () => {
	const quote = '(team)/team/[engagement]/quotes/new';
	const path = '/team/one/quotes/new';

	test('and works without is to be looked at both ways', () => {
		expect(missing(looked(path))).toContain(`${quote}: nobody looked at it with no script`);
		expect(missing(looked(path, false))).toContain(`${quote}: nobody looked at it with script`);
		expect(missing(looked(path), looked(path, false))).not.toContain(quote);
	});

	test('and says it works by script alone is to be looked at with it', () => {
		expect(missing(looked('/dialogs/one', false))).toContain(
			'(facilitator)/dialogs/[session]: nobody looked at it with script',
		);
		expect(missing(looked('/dialogs/one'))).not.toContain('(facilitator)/dialogs/[session]');
	});

	test('is not one whose folder switches script off', () => {
		expect(missing(looked('/s/ABC/notice', false))).not.toContain('(student)/s/[link]/[step]');
	});
});
