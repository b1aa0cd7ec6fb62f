import type { Page } from '@playwright/test';
import { authenticator, giveCode, useLink } from './authenticator.ts';
import { expect, expectNoAxeViolations, test } from './support.ts';

// Signing in and confirming need no script.
test.use({
	javaScriptEnabled: false,
	serverFor: 'second-factor',
	serverSettings: { SECOND_FACTOR_IN_SAMPLE: '1' },
});

const team = '/team/eng-2026-sro';
const axe = (page: Page) => expectNoAxeViolations(page, { hasScript: false });

test('a second step: set up, asked for again, confirmed, and a recovery code when the phone is gone', async ({
	page,
	server,
}) => {
	const start = server.minutesAhead();
	await useLink(page);
	await expect(page.getByRole('heading', { name: 'Set up a second step' })).toBeVisible();
	await page.goto(`${team}/people`);
	await expect(page, 'nothing is read before it').toHaveURL(/second-factor/);
	await axe(page);
	const codeAt = authenticator((await page.locator('code').textContent()) ?? '');

	await giveCode(page, '12345', 'Set it up');
	await expect(page.getByRole('alert')).toContainText('This code is not right');
	await axe(page);
	await giveCode(page, codeAt(start), 'Set it up');
	const codes = await page
		.getByRole('list', { name: 'Recovery codes' })
		.locator('code')
		.allTextContents();
	expect(new Set(codes).size).toBe(10);
	await axe(page);
	await page.getByRole('link', { name: 'I have kept them' }).click();
	await expect(page, 'back where it was asked for').toHaveURL(`${server.origin}${team}/people`);

	// Six minutes later a change is to be confirmed; what was entered is still there.
	server.moveClock();
	await page.getByRole('textbox', { name: 'Name' }).fill('Noor Example');
	await page.getByLabel('E-mail address').fill('noor@example.org');
	await page.getByRole('checkbox', { name: /^Coder/ }).check();
	await page.getByRole('button', { name: 'Send the invitation' }).click();
	await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
	await axe(page);
	await giveCode(page, '999');
	await expect(page.getByRole('alert')).toContainText('This code is not right');
	await axe(page);
	await giveCode(page, codeAt(start + 6));
	await expect(page.getByText('Noor Example is invited')).toBeVisible();
	await expect(page.getByRole('cell', { name: 'Coder' }).first()).toBeVisible();

	await page.getByRole('button', { name: 'Sign out' }).click();
	server.moveClock();
	await useLink(page);
	await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
	await axe(page);
	await giveCode(page, codeAt(start + 12));
	await expect(page).toHaveURL(`${server.origin}${team}`);

	await page.getByRole('button', { name: 'Sign out' }).click();
	await useLink(page);
	for (let i = 0; i < 5; i += 1) {
		await giveCode(page, `00000${i}`);
		await expect(page.getByRole('alert')).toContainText('This code is not right');
	}
	await giveCode(page, '000009');
	await expect(page.getByRole('alert')).toContainText('Too many wrong codes');
	server.moveClock();
	await page.getByText('My phone is gone').click();
	await page.getByLabel('Recovery code').fill((codes[0] ?? '').toLowerCase());
	await page.getByRole('button', { name: 'Go on' }).last().click();
	await expect(page).toHaveURL(`${server.origin}${team}`);

	await page.getByRole('link', { name: /^Signed in as/ }).click();
	await expect(page.getByText('You have 9 recovery codes left')).toBeVisible();
	await axe(page);
	await page.getByRole('button', { name: 'Sign out everywhere' }).click();
	await expect(page).toHaveURL(/sign-in/);
	await page.goto('/team');
	await expect(page).toHaveURL(/sign-in/);
});

test('a page that shows what was hidden asks to confirm first, and then opens', async ({
	page,
	server,
}) => {
	await useLink(page, /^data steward/i);
	const codeAt = authenticator((await page.locator('code').textContent()) ?? '');
	const ahead = server.minutesAhead();
	await giveCode(page, codeAt(ahead), 'Set it up');
	await page.getByRole('link', { name: 'I have kept them' }).click();

	server.moveClock();
	await page.goto(`${team}/redactions`);
	await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
	await axe(page);
	await giveCode(page, '123');
	await expect(page.getByRole('alert')).toContainText('This code is not right');
	await axe(page);
	await giveCode(page, codeAt(ahead + 6));
	await expect(page).toHaveURL(`${server.origin}${team}/redactions`);
	await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Confirm that it is you');
});
