import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { startThroughline, type Running } from './start-throughline.ts';
import { expect, test } from './support.ts';

// Markup that would run, in every text there is, looked at by everybody who can look.

const ROLES = [
	'administrator',
	'data_steward',
	'advisory_member',
	'complaint_officer',
	'coder',
	'facilitator',
	'safety_responder',
	'police_partner',
];
const MOST_PAGES = 25;

let dataDir: string;
let planted: string[];
let server: Running;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'throughline-planted-'));
	await cp(process.env['THROUGHLINE_E2E_TEMPLATE'] ?? '', dataDir, { recursive: true });
	const script = resolve(import.meta.dirname, '../../api/src/testing/plant-texts.ts');
	const printed = execFileSync(process.execPath, [script, dataDir, JSON.stringify(payloads())], {
		encoding: 'utf8',
	});
	// The script's own list.
	planted = JSON.parse(printed) as string[];
	server = await startThroughline(dataDir);
});

test.afterAll(async () => {
	await server.stop();
	await rm(dataDir, { recursive: true, force: true });
});

test('two hundred payloads are in the texts of many tables', () => {
	expect(new Set(payloads()).size).toBeGreaterThanOrEqual(200);
	expect(planted.length).toBeGreaterThan(15);
	expect(new Set(planted.map((column) => column.split('.')[0])).size).toBeGreaterThan(8);
});

test('every role of the sample has a page to look at', async () => {
	const { signInLinks } = await server.addresses();
	expect(Object.keys(signInLinks).toSorted()).toEqual(ROLES.toSorted());
});

for (const role of ROLES) {
	test(`nothing runs for ${role.replace('_', ' ')}`, async ({ page }) => {
		const ran = await watchForExecution(page);
		const { signInLinks } = await server.addresses();
		await page.goto(signInLinks[role] ?? '');
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL(/\/team\//);

		const seen = await crawl(page, page.url());

		expect(await ran()).toEqual([]);
		// The police partner has one page, whatever there is.
		expect(seen.pages).toBeGreaterThan(role === 'police_partner' ? 0 : 1);
	});
}

test('nothing runs for readers and students', async ({ page }) => {
	const ran = await watchForExecution(page);
	const { studentLinks } = await server.addresses();

	await crawl(page, `${server.origin}/`);
	await page.goto(`${server.origin}${new URL(studentLinks[0]?.url ?? '').pathname}`);
	await page.locator('#code').fill(studentLinks[0]?.code ?? '');
	await page.locator('main form button.primary').click();
	await expect(page).toHaveURL(/\/notice$/);

	expect(await ran()).toEqual([]);
});

test('a page that lets markup run is noticed (the control)', async ({ page, violations }) => {
	const ran = await watchForExecution(page);
	await page.route('**/control', (route) =>
		route.fulfill({ contentType: 'text/html', body: `<p>${payloads()[0]}</p>` }),
	);

	await page.goto(`${server.origin}/control`);
	await expect.poll(ran).not.toEqual([]);

	expect(violations).toEqual([]);
});

/** Tells what ran: every payload sets this name, in the page or in a frame of it. */
async function watchForExecution(page: Page): Promise<() => Promise<string[]>> {
	const ran: string[] = [];
	await page.exposeFunction('planted', (what: string) => ran.push(what));
	page.on('dialog', async (dialog) => {
		ran.push(dialog.message());
		await dialog.dismiss();
	});
	return async () => ran;
}

/** Opens pages by their links, breadth first, and looks for elements only a payload would make. */
async function crawl(page: Page, start: string): Promise<{ pages: number }> {
	const waiting = [start];
	const known = new Set([pattern(start)]);
	let pages = 0;
	while (waiting.length > 0 && pages < MOST_PAGES) {
		await page.goto(waiting.shift() ?? start);
		pages += 1;
		const made = await page.locator('[data-planted], [onerror], [onload], [onfocus]').count();
		expect(made, `${page.url()} has elements of a payload`).toBe(0);
		const links = await page
			.locator('a[href]')
			.evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
		for (const link of links) {
			expect(link, page.url()).not.toMatch(/^(javascript|data|vbscript):/i);
			const url = new URL(link);
			if (
				url.origin === server.origin &&
				!known.has(pattern(link)) &&
				!/sign-out|leave|\.csv|\.json|\/audio/.test(url.pathname)
			) {
				known.add(pattern(link));
				waiting.push(link.split('#')[0] ?? link);
			}
		}
	}
	return { pages };
}

/** Pages of the same kind, so that a hundred rows of one table are one page. */
function pattern(link: string): string {
	const { pathname } = new URL(link);
	return pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id').replaceAll(/\/[A-Z]\d+$/g, '/key');
}

/** Elements that run something × ways out of where a text may stand × spellings. */
function payloads(): string[] {
	const run = `planted('x')`;
	const elements = [
		`<img data-planted src=x onerror="${run}">`,
		`<svg data-planted onload="${run}"></svg>`,
		`<script data-planted>${run}</script>`,
		`<iframe data-planted srcdoc="<script>parent.${run}</script>"></iframe>`,
		`<details data-planted open ontoggle="${run}">x</details>`,
		`<input data-planted autofocus onfocus="${run}">`,
		`<video data-planted><source onerror="${run}"></video>`,
		`<a data-planted href="javascript:${run}">x</a>`,
		`<math data-planted><mtext><style><img src=x onerror="${run}"></style></mtext></math>`,
		`<object data-planted data="data:text/html,<script>${run}</script>"></object>`,
	];
	const ways = [
		'',
		'">',
		"'>",
		'</title>',
		'</textarea>',
		'</style>',
		'</script>',
		'-->',
		']]>',
		'{@html ',
	];
	const spellings = [
		(text: string) => text,
		(text: string) => text.replaceAll(/<(\w+)/g, (_, tag: string) => `<${tag.toUpperCase()}/`),
	];
	return ways.flatMap((way) =>
		elements.flatMap((element) => spellings.map((spell) => `${way}${spell(element)}`)),
	);
}
