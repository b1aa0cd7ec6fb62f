import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './support.ts';

// Pages that no other journey leads past, as people find them.
test.use({ javaScriptEnabled: false });
test.describe.configure({ timeout: 240_000 });

const team = '/team/eng-2026-sro';

async function signIn(page: Page, role: RegExp): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
	const select = page.getByLabel(label, { exact: true });
	const value = await select.locator('option', { hasText: option }).first().getAttribute('value');
	await select.selectOption(value);
}

test('a draft window is changed before it opens', async ({ page }) => {
	await signIn(page, /^administrator/i);
	await page.goto(`${team}/windows/new`);
	await page.getByLabel('Name', { exact: true }).fill('Fall survey');
	await choose(page, 'Survey', /^Your School/);
	await choose(page, 'Notice', /is asking about safety/);
	await page.getByRole('checkbox', { name: /Old Mill/ }).check();
	await page.getByLabel('Opens').fill('2099-09-02T08:00');
	await page.getByLabel('Closes').fill('2099-09-20T16:00');
	await page.getByRole('button', { name: 'Make the window' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Fall survey' })).toBeVisible();

	await page.goto(`${page.url().replace(/\?.*/, '')}/edit`);
	await expectNoAxeViolations(page);
	await page.getByLabel('Name', { exact: true }).fill('Autumn survey');
	await page.locator('main form').getByRole('button').first().click();
	await expect(page.getByRole('heading', { level: 1, name: 'Autumn survey' })).toBeVisible();
});

test('a facilitator takes words back for a student who asks', async ({ page }) => {
	await signIn(page, /^facilitator/i);
	await page.goto(`${team}/dialogs`);
	const sessions = await page
		.locator('main a[href*="/dialogs/"]')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
	const isSession = (path: string) => /\/dialogs\/[0-9a-f-]{36}$/.test(path);
	for (const path of new Set(sessions.filter(isSession))) {
		await page.goto(path);
		const link = page.locator('a[href$="/take-back"]');
		if ((await link.count()) > 0) {
			await link.first().click();
			break;
		}
	}
	await expect(page).toHaveURL(/\/take-back$/);
	await expectNoAxeViolations(page);
	await page.locator('main form').getByRole('button').first().click();
	await expect(page.getByRole('alert')).toBeVisible();
	await expectNoAxeViolations(page);
});
