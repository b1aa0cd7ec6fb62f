import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './find-chromium.ts';
import { expect, test } from './support.ts';

// What the next person at the same Chromebook can find: in the browser, and in its folder on the disk.

const SENT = 'SENT-CANARY-5521 the lockers by the gym';
const TYPED = 'TYPED-CANARY-5522 and the bus at four';
const CONTROL = 'CONTROL-CANARY-5523 on a page that takes no care';

// Its students take codes that other journeys count on.
test.use({ serverFor: 'students who leave' });
test.describe.configure({ mode: 'serial', timeout: 240_000 });

let profile: string;
let careless: Server;

test.beforeAll(async () => {
	profile = await mkdtemp(join(tmpdir(), 'throughline-residue-'));
	careless = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html');
		response.setHeader('cache-control', 'max-age=3600');
		response.end(
			`<title>Careless</title><form><textarea name="words"></textarea></form><p>${CONTROL}</p><a href="/next">Next</a>`,
		);
	});
	await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve));
});

test.afterAll(async () => {
	await new Promise((resolve) => careless.close(resolve));
	await rm(profile, { recursive: true, force: true, maxRetries: 3 });
});

function openBrowser(baseURL: string): Promise<BrowserContext> {
	return chromium.launchPersistentContext(profile, {
		executablePath: findChromium(),
		// As on a shared Chromebook: what was open is opened again.
		args: ['--no-sandbox', '--disable-gpu', '--restore-last-session'],
		baseURL,
		viewport: { width: 1280, height: 800 },
	});
}

async function typeOnCarelessPage(context: BrowserContext): Promise<void> {
	const page = await context.newPage();
	await page.goto(`http://127.0.0.1:${(careless.address() as AddressInfo).port}/`);
	await page.locator('textarea').fill(CONTROL);
	await page.getByRole('link', { name: 'Next' }).click();
	await page.waitForURL(/next/);
}

/** Which of these stand in any file of the browser's folder, as UTF-8 or as UTF-16. */
async function leftInFolder(words: readonly string[]): Promise<string[]> {
	const found = new Set<string>();
	const entries = await readdir(profile, { recursive: true, withFileTypes: true });
	for (const entry of entries.filter((one) => one.isFile())) {
		const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
		for (const word of words) {
			if (bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le'))) {
				found.add(word);
			}
		}
	}
	return [...found].sort();
}

const continueButton = (page: Page) => page.locator('main form button.primary');

async function goOn(page: Page, words: string): Promise<void> {
	const here = page.url();
	const choices = page.locator('main label:has(input)');
	if ((await choices.count()) > 1) {
		await choices.nth(1).click();
	} else if (await page.locator('textarea').isVisible()) {
		await page.locator('textarea').fill(words);
	}
	await continueButton(page).click();
	// With script a page is sent first, and left when it has arrived.
	await page.waitForURL((url) => url.href !== here);
}

async function begin(page: Page, slip: { url: string; code: string }): Promise<void> {
	await page.goto(new URL(slip.url).pathname);
	await page.locator('#code').fill(slip.code);
	await continueButton(page).click();
	await page.waitForURL(/\/notice$/);
}

test('after Finish neither Back, nor another tab, nor the disk has a word or the code', async ({
	server,
}) => {
	const [slip] = (await server.addresses()).studentLinks;
	if (!slip) {
		throw new Error('The sample has no unused code.');
	}
	let context = await openBrowser(server.origin);
	await typeOnCarelessPage(context);
	const page = await context.newPage();
	await begin(page, slip);
	while (!page.url().endsWith('/check')) {
		await goOn(page, SENT);
	}
	await expect(page.getByText(SENT).first()).toBeVisible();
	await continueButton(page).click();
	await page.waitForURL(/\/done/);
	for (let back = 0; back < 5; back += 1) {
		await page.goBack();
		expect(await page.content()).not.toContain(SENT);
	}
	const other = await context.newPage();
	await other.goto(`${new URL(slip.url).pathname}/check`);
	expect(await other.content()).not.toContain(SENT);
	expect(await context.cookies()).toEqual([]);
	expect(await other.evaluate(async () => (await caches.keys()).length)).toBe(0);
	expect(await other.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
	await context.close();

	// The next person opens the browser: what was open comes back.
	context = await openBrowser(server.origin);
	for (const tab of context.pages()) {
		expect(await tab.content()).not.toContain(SENT);
	}
	await context.close();

	const code = slip.code.replaceAll('-', '');
	expect(await leftInFolder([SENT, CONTROL, slip.code, code])).toEqual([CONTROL]);
});

test('a browser that crashes in the middle leaves no word and no code on the disk', async ({
	server,
}) => {
	const [, slip] = (await server.addresses()).studentLinks;
	if (!slip) {
		throw new Error('The sample has no unused code.');
	}
	const context = await openBrowser(server.origin);
	await typeOnCarelessPage(context);
	const page = await context.newPage();
	await begin(page, slip);
	while (!(await page.locator('textarea').isVisible())) {
		await goOn(page, SENT);
	}
	await goOn(page, SENT);
	await page.goBack();
	await page.locator('textarea').fill(TYPED);
	// Long enough for the browser to write down what it would restore.
	await page.waitForTimeout(4000);
	const crashed = context.newPage().then((tab) => tab.goto('chrome://crash'));
	await crashed.catch(() => undefined);
	await context.close();

	const code = slip.code.replaceAll('-', '');
	expect(await leftInFolder([SENT, TYPED, CONTROL, slip.code, code])).toEqual([CONTROL]);
});
