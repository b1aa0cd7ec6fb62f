import type { Browser, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, expectNoAxeViolations, test } from './support.ts';
import type { Running } from './start-throughline.ts';

// Asking, deciding and fetching need no script.
test.use({ javaScriptEnabled: false });
test.describe.configure({ timeout: 180_000 });

const team = '/team/eng-2026-sro';

async function signedIn(browser: Browser, server: Running, role: RegExp): Promise<Page> {
	const context = await browser.newContext({
		baseURL: server.origin,
		javaScriptEnabled: false,
		acceptDownloads: true,
		viewport: { width: 1280, height: 900 },
	});
	const page = await context.newPage();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(`${server.origin}${team}`);
	return page;
}

const axe = (page: Page) => expectNoAxeViolations(page, { hasScript: false });

test('rows leave as one file: a steward asks, an administrator lets them out, once', async ({
	browser,
	server,
}) => {
	const steward = await signedIn(browser, server, /^data steward/i);
	await steward.getByRole('link', { name: 'Row exports' }).first().click();
	await axe(steward);
	await steward.getByRole('button', { name: 'Ask a second person' }).click();
	await expect(steward.getByRole('alert')).toContainText('at least 10 characters');
	await steward
		.getByLabel('What are they needed for?')
		.fill('Yearly comparison by the research office, kept until June.');
	await steward.getByRole('button', { name: 'Ask a second person' }).click();
	await expect(steward.getByText('A second person was asked')).toBeVisible();
	await expect(steward.getByText('so somebody else decides')).toBeVisible();
	await expect(steward.getByRole('button', { name: 'Fetch the rows' })).toHaveCount(0);
	await axe(steward);
	const address = steward.url().split('?')[0] ?? '';

	const administrator = await signedIn(browser, server, /^administrator/i);
	await administrator.goto(address);
	await expect(administrator.getByText('rows, in no order')).toBeVisible();
	await axe(administrator);
	await administrator.getByRole('button', { name: 'Decide' }).click();
	await expect(administrator.getByRole('alert')).toContainText('Choose one');
	await administrator.getByLabel('Yes, let them out once').check();
	await administrator.getByLabel('Why?').fill('The agreement of March covers it.');
	await administrator.getByRole('button', { name: 'Decide' }).click();
	await expect(administrator.getByText('Your decision is noted')).toBeVisible();
	await expect(administrator.getByRole('button', { name: 'Fetch the rows' })).toHaveCount(0);

	await steward.goto(address);
	const [download] = await Promise.all([
		steward.waitForEvent('download'),
		steward.getByRole('button', { name: 'Fetch the rows' }).click(),
	]);
	expect(download.suggestedFilename()).toBe('rows.csv');
	const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
	expect(lines[0]).toMatch(/^\uFEFFsite,grade,/);
	expect(lines.length).toBeGreaterThan(1000);

	await steward.goto(address);
	await expect(steward.getByText('Fetched', { exact: true })).toBeVisible();
	await expect(steward.getByRole('button', { name: 'Fetch the rows' })).toHaveCount(0);
	await steward.setViewportSize({ width: 360, height: 800 });
	await axe(steward);
});
