import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, expectNoAxeViolations, test } from './support.ts';

// A phone whose network comes and goes: with script a page waits with what was written on it.

test.use({ viewport: { width: 360, height: 740 }, serverFor: 'offline students' });
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const ANSWER = 'More lockers near the gym, please.';
let taken = 0;

async function start(
	page: Page,
	server: { addresses(): Promise<{ studentLinks: { url: string; code: string }[] }> },
	query = '',
): Promise<void> {
	const slip = (await server.addresses()).studentLinks[taken];
	taken += 1;
	if (!slip) {
		throw new Error('The sample has no unused code left.');
	}
	await page.goto(new URL(slip.url).pathname + query);
	await page.locator('#code').fill(slip.code);
	await next(page).click();
	await expect(page).toHaveURL(/\/notice$/);
}

const next = (page: Page) => page.locator('main form button.primary');
const waiting = (page: Page) => page.getByText('There is no connection at the moment.');

async function goOn(page: Page): Promise<void> {
	const here = page.url();
	const choices = page.locator('main label:has(input)');
	if ((await choices.count()) > 1) {
		await choices.nth(1).click();
	} else if (await page.locator('textarea').isVisible()) {
		await page.locator('textarea').fill(ANSWER);
	}
	await next(page).click();
	await page.waitForURL((url) => url.href !== here);
}

async function goToWriting(page: Page): Promise<void> {
	while (!(await page.locator('textarea').isVisible())) {
		await goOn(page);
	}
}

test('what was written waits on the page without a network, and is sent when it is back', async ({
	page,
	context,
	server,
}) => {
	await start(page, server);
	await goToWriting(page);
	const here = page.url();
	await context.setOffline(true);
	await page.locator('textarea').fill(ANSWER);
	await next(page).click();
	await expect(waiting(page)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Try now' })).toBeVisible();
	await expect(page.locator('textarea')).toHaveValue(ANSWER);
	await expectNoAxeViolations(page);
	// It goes on trying, and goes on waiting.
	await page.getByRole('button', { name: 'Try now' }).click();
	await expect(waiting(page)).toBeVisible();
	expect(page.url()).toBe(here);

	await context.setOffline(false);
	await expect(page).not.toHaveURL(here);
	await page.goto(here);
	await expect(page.locator('textarea')).toHaveValue(ANSWER);
});

test('a server that is busy is asked again, and a mistake is told as without script', async ({
	page,
	server,
}) => {
	await start(page, server);
	let refused = 0;
	await page.route('**/s/**', async (route) => {
		if (route.request().method() === 'POST' && refused < 2) {
			refused += 1;
			await route.fulfill({ status: 503, headers: { 'retry-after': '0' }, body: 'busy' });
			return;
		}
		await route.fallback();
	});
	await next(page).click();
	await expect(page).not.toHaveURL(/\/notice$/);
	expect(refused).toBe(2);
	// A question that is left blank: the server's own words, on the server's own page.
	while ((await page.locator('main label:has(input)').count()) === 0) {
		await goOn(page);
	}
	await next(page).click();
	await expect(page.getByRole('alert')).toBeVisible();
	await expect(page).toHaveTitle(/^Error:/);
});

test('a server that says when to come again is asked for as long as it says so', async ({
	page,
	server,
}) => {
	await start(page, server);
	await goToWriting(page);
	const here = page.url();
	let refused = 0;
	await page.route('**/s/**', async (route) => {
		if (route.request().method() === 'POST' && refused < 9) {
			refused += 1;
			await route.fulfill({ status: 503, headers: { 'retry-after': '3' }, body: 'busy' });
			return;
		}
		await route.fallback();
	});
	await page.locator('textarea').fill(ANSWER);
	await next(page).click();
	const again = page.getByRole('button', { name: 'Try now' });
	for (let tries = 1; tries < 9; tries += 1) {
		await expect.poll(() => refused).toBe(tries);
		await expect(page.getByText('The survey is busy at the moment.')).toBeVisible();
		await expect(page.locator('textarea')).toHaveValue(ANSWER);
		await again.click();
	}
	// The last time by itself, when it was told to come again.
	await expect(page).not.toHaveURL(here, { timeout: 90_000 });
	expect(refused).toBe(9);
	await page.goto(here);
	await expect(page.locator('textarea')).toHaveValue(ANSWER);
});

test('a server that stays busy is shown in the end, and nothing runs for ever', async ({
	page,
	server,
}) => {
	await start(page, server);
	let asked = 0;
	await page.route('**/s/**', async (route) => {
		if (route.request().method() !== 'POST') {
			await route.fallback();
			return;
		}
		asked += 1;
		await route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Down</h1>' });
	});
	await next(page).click();
	const again = page.getByRole('button', { name: 'Try now' });
	for (let tries = 0; tries < 5; tries += 1) {
		await again.click();
		await expect(again.or(page.getByRole('heading', { name: 'Down' }))).toBeVisible();
	}
	await expect(page.getByRole('heading', { name: 'Down' })).toBeVisible();
	expect(asked).toBe(7);
});

test('a Finish whose answer was lost on the way counts once', async ({ page, server }) => {
	await start(page, server);
	while (!page.url().endsWith('/check')) {
		await goOn(page);
	}
	let sent = 0;
	await page.route('**/check', async (route) => {
		if (route.request().method() !== 'POST') {
			await route.fallback();
			return;
		}
		sent += 1;
		if (sent === 1) {
			// It arrives at the server; the answer does not arrive here, and neither do its cookies.
			const headers = await route.request().allHeaders();
			const stored = await fetch(route.request().url(), {
				method: 'POST',
				headers: {
					cookie: headers['cookie'] ?? '',
					origin: new URL(page.url()).origin,
					accept: 'application/json',
					'content-type': 'application/x-www-form-urlencoded',
				},
				body: route.request().postData() ?? '',
			});
			expect(await stored.json()).toMatchObject({ type: 'redirect' });
			await route.abort('connectionreset');
			return;
		}
		await route.fallback();
	});
	await next(page).click();
	await expect(page).toHaveURL(/\/done/);
	expect(sent).toBe(2);
});

test('leaving fast asks nothing, though something was not sent', async ({
	page,
	context,
	server,
}) => {
	await context.route('https://www.weather.gov/**', (route) =>
		route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' }),
	);
	await start(page, server);
	while (!page.url().includes('/section-')) {
		await goOn(page);
	}
	await page.route('**/s/**', (route) =>
		route.request().method() === 'POST' ? route.abort() : route.fallback(),
	);
	await next(page).click();
	await expect(waiting(page)).toBeVisible();
	let asked = false;
	page.on('dialog', (dialog) => {
		asked = true;
		void dialog.accept();
	});
	await page.getByRole('link', { name: 'Leave this page fast' }).click();
	await expect(page).toHaveTitle('Weather');
	expect(asked).toBe(false);
});

test('in Arabic it waits in Arabic, and the section that is skipped is skipped', async ({
	page,
	context,
	server,
}) => {
	await start(page, server, '?lang=ar');
	await context.setOffline(true);
	await next(page).click();
	await expect(page.getByText('لا يوجد اتصال الآن.')).toBeVisible();
	await context.setOffline(false);
	await expect(page).not.toHaveURL(/\/notice$/);
	while (!page.url().includes('/section-')) {
		await goOn(page);
	}
	const here = page.url();
	await page.locator('button[value="skip_section"]').click();
	// The next section or the last page, not a question of the one that was skipped.
	await expect(page).toHaveURL(
		(url) => url.href !== here && /\/(section-\w+|check)$/.test(url.href),
	);
});

test('a page that nobody touches says so, saves what is on it and goes, with the code', async ({
	page,
	context,
	server,
}) => {
	await page.clock.install();
	await start(page, server);
	await goToWriting(page);
	const here = page.url();
	const warning = page.getByText('Nobody has touched this page for a while.');
	const minutes = (count: number) => page.clock.fastForward(count * 60_000 + 20_000);
	await page.locator('textarea').pressSequentially(ANSWER);
	// Whoever writes for long is not sent out: what is there is saved, and the code stays known.
	const saved = page.waitForResponse((response) => response.request().method() === 'POST');
	await minutes(8);
	await saved;
	expect(page.url()).toBe(here);
	await page.locator('textarea').press('End');
	await minutes(14);
	// However far down the page it is written, it is on the screen.
	await expect(warning).toBeInViewport();
	await expect(page.getByRole('button', { name: 'Try now' })).toBeHidden();
	await expectNoAxeViolations(page);
	await page.locator('textarea').pressSequentially(' Soon.');
	await expect(warning).toBeHidden();

	await minutes(15);
	await expect(page.getByText('You are signed out')).toBeVisible();
	expect(await context.cookies()).toEqual([]);
	await page.goBack();
	expect(await page.content()).not.toContain(ANSWER);

	await page.goto(new URL(here).pathname.replace(/\/[^/]+$/, ''));
	const code = (await server.addresses()).studentLinks[taken - 1]?.code ?? '';
	await page.locator('#code').fill(code);
	await next(page).click();
	await page.waitForURL((url) => url.pathname.split('/').length > 3);
	await page.goto(here);
	await expect(page.locator('textarea')).toHaveValue(`${ANSWER} Soon.`);
});

test('the script is small', async () => {
	const script = await readFile(join(import.meta.dirname, '../static/send-again.js'));
	expect(gzipSync(script).length).toBeLessThan(10 * 1024);
});
