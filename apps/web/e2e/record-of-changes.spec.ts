import { appendFile, readFile } from 'node:fs/promises';
import { expect, expectNoAxeViolations, test } from './support.ts';
import type { Page } from '@playwright/test';

// Reading, narrowing and taking the file along need no script.
test.use({ javaScriptEnabled: false, serverFor: 'record-of-changes' });

const record = '/team/eng-2026-sro/record';

async function signIn(page: Page, role: RegExp): Promise<void> {
	await page.context().clearCookies();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a data steward reads what was done, narrows it, turns the pages and takes it along', async ({
	page,
	server,
}) => {
	await signIn(page, /^administrator/i);
	const session = await page.request.get('/api/session');
	const { engagements } = (await session.json()) as { engagements: { id: string }[] };
	const people = `/api/engagements/${engagements[0]?.id}/people/invitations`;
	for (let n = 0; n < 60; n += 1) {
		const data = { email: `guest${n}@example.org`, name: 'A Guest', roles: ['complaint_officer'] };
		const invited = await page.request.post(people, { data });
		expect(invited.status(), await invited.text()).toBe(201);
	}

	await signIn(page, /^data steward/i);
	await page.getByRole('link', { name: 'Record of changes' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Record of changes' })).toBeVisible();
	await expect(page.getByText(/^Checked just now: \d+ entries, unbroken\./)).toBeVisible();
	const rows = page.locator('tbody tr');
	await expect(rows).toHaveCount(50);
	await expect(rows.first()).toContainText('invited a person');
	await expect(page.getByText(/guest\d+@example\.org/)).toHaveCount(0);
	await expectNoAxeViolations(page, { hasScript: false });

	await page.getByLabel('What was done').selectOption({ label: 'invited a person' });
	await page.getByRole('button', { name: 'Show' }).click();
	await expect(page.getByText('Only: invited a person.')).toBeVisible();
	await expect(rows).toHaveCount(50);
	await page.getByRole('link', { name: 'Next' }).click();
	await expect(rows.filter({ hasNotText: 'invited a person' })).toHaveCount(0);
	await expect(rows.first(), 'the second page is narrowed as the first').toBeVisible();
	await expect(page.getByLabel('What was done')).toHaveValue('person.invited');

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: 'Download as CSV' }).click(),
	]);
	expect(download.suggestedFilename()).toBe('what-was-done.csv');
	const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
	expect(lines.length).toBeGreaterThan(60);
	expect(lines.slice(1).filter((line) => !line.includes(',person.invited,'))).toEqual([]);

	await page.getByLabel('To this day').fill('2020-01-01');
	await page.getByRole('button', { name: 'Show' }).click();
	await expect(page.getByText('Nothing like this was done')).toBeVisible();
	await expectNoAxeViolations(page, { hasScript: false });
	await page.getByRole('link', { name: 'Show everything' }).click();
	await expect(rows).toHaveCount(50);

	await page.emulateMedia({ media: 'print' });
	await expect(page.getByLabel('What was done')).toBeHidden();
	await expect(page.getByText('Checked just now')).toBeVisible();
	await page.emulateMedia({ media: 'screen' });

	// Somebody who kept a digest of an entry elsewhere finds that it says otherwise.
	const digest = { engagement: 'eng-2026-sro', position: 3, hash: 'ab'.repeat(32) };
	const line = JSON.stringify({ at: new Date().toISOString(), ...digest });
	await appendFile(server.fileIn('audit-digests.log'), `${line}\n`);
	await page.goto(record);
	await expect(page.getByText('The record was changed')).toBeVisible();
	await expect(page.getByText(/Entry 3 is the first that does not hold/)).toBeVisible();
	await expect(page.getByText(/Write down its number/)).toBeVisible();
	await expectNoAxeViolations(page, { hasScript: false });
});

test('a coder has no way to the record of changes', async ({ page }) => {
	await signIn(page, /^coder/i);
	await expect(page.getByRole('link', { name: 'Record of changes' })).toHaveCount(0);
	expect((await page.goto(record))?.status()).toBe(403);
	expect((await page.goto(`${record}/what-was-done.csv`))?.status()).toBe(403);
});
