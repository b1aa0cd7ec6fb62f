import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test, watchForeignRequests } from './support.ts';
import type { Running } from './start-throughline.ts';

// Everything an administrator does works without script.
test.use({ javaScriptEnabled: false });
// axe looks at up to nine pages in a test, each three times.
test.describe.configure({ timeout: 240_000 });

/** Signs in by a link of the sample, as at the address printed by the server. */
async function signIn(page: Page, server: Running, role = 'administrator'): Promise<string> {
	await page.goto('/sign-in');
	const words = new RegExp(`^${role.replace('_', ' ')}`, 'i');
	await page.getByRole('button', { name: words }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(`${server.origin}/team/eng-2026-sro`);
	return '/team/eng-2026-sro';
}

/** Fills in the form of a window that opens and closes far ahead. */
async function makeWindow(page: Page, label: string): Promise<void> {
	await page.getByLabel('Name', { exact: true }).fill(label);
	await choose(page, 'Survey', /^Your School/);
	await choose(page, 'Notice', /is asking about safety/);
	await page.getByRole('checkbox', { name: /Old Mill/ }).check();
	await page.getByLabel('Opens').fill('2099-03-02T08:00');
	await page.getByLabel('Closes').fill('2099-03-20T16:00');
	await page.getByRole('button', { name: 'Make the window' }).click();
	await expect(page.getByRole('heading', { level: 1, name: label })).toBeVisible();
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
	const select = page.getByLabel(label, { exact: true });
	const value = await select.locator('option', { hasText: option }).first().getAttribute('value');
	await select.selectOption(value);
}

test('the printed link signs in, once, behind a button', async ({ page, server }) => {
	const { signInLinks } = await server.addresses();
	const link = signInLinks['administrator'] ?? '';
	expect(link).toContain('/sign-in/link?token=');
	// A preview opens the link and does not use it up.
	expect((await page.request.get(link)).status()).toBe(200);

	await page.goto(link);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('Signed in as Hollis Brandt')).toBeVisible();

	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page.getByText('You are signed out')).toBeVisible();
	await page.goto('/team');
	await expect(page).toHaveURL(/\/sign-in$/);

	await page.goto(link);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('It was used before')).toBeVisible();
	await expectNoAxeViolations(page);
});

test('the sign-in page says the same to known and unknown addresses', async ({ page, server }) => {
	const foreign = watchForeignRequests(page, server.origin);
	await page.goto('/sign-in');
	await expectNoAxeViolations(page);
	const answers = [];
	for (const email of ['hollis.brandt@example.org', 'nobody@example.org']) {
		await page.getByLabel('Your e-mail address').fill(email);
		await page.getByRole('button', { name: 'Send me a link' }).click();
		answers.push((await page.getByRole('status').innerText()).replace(email, ''));
	}
	expect(answers[0]).toContain('Look into your mail');
	expect(answers[1]).toBe(answers[0]);

	await page.getByLabel('Your e-mail address').fill('no address');
	await page.getByRole('button', { name: 'Send me a link' }).click();
	await expect(page).toHaveTitle('Error: Sign in');
	await expect(page.getByRole('alert')).toBeFocused();
	await expect(page.getByLabel('Your e-mail address')).toHaveAttribute('aria-invalid', 'true');
	await expectNoAxeViolations(page);
	expect(foreign()).toEqual([]);
});

test('the sample’s people are not offered to who comes from elsewhere', async ({ server }) => {
	const headers = { 'x-forwarded-for': '203.0.113.9' };
	const response = await fetch(`${server.origin}/sign-in`, { headers });
	expect(response.status).toBe(200);
	expect(await response.text()).not.toContain('Hollis Brandt');
	expect(await (await fetch(`${server.origin}/sign-in`)).text()).toContain('Hollis Brandt');
});

test('the overview tells mandate, milestones and what comes next', async ({ page, server }) => {
	await signIn(page, server);
	await expect(page.getByText('Resolution 25-041')).toBeVisible();
	await expect(page.getByText('Student survey window')).toBeVisible();
	await expect(page.getByRole('rowheader', { name: 'Old Mill Learning Center' })).toBeVisible();
	await expect(page.getByRole('region', { name: /School/ }).getByText('1,300')).toBeVisible();
	await expect(page.getByText('Synthetic sample')).toBeVisible();
	await expectNoAxeViolations(page);
});

test('every question of the survey can be read, in each language', async ({ page, server }) => {
	const team = await signIn(page, server);
	await page.goto(`${team}/surveys`);
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'Your School, Your Safety, Your Say' }).click();
	await expect(page.getByRole('heading', { name: /I feel safe inside my school/ })).toBeVisible();
	await expect(page.getByText('Prefer not to say').first()).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'العربية' }).click();
	const first = page.getByRole('article').first().getByRole('heading');
	await expect(first).toHaveAttribute('dir', 'rtl');
	await expect(first).toHaveAttribute('lang', 'ar');
	await expectNoAxeViolations(page);
});

test('a window is made with the keyboard alone, errors and all', async ({ page, server }) => {
	const team = await signIn(page, server);
	await page.goto(`${team}/windows/new`);
	await page.getByRole('button', { name: 'Make the window' }).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveTitle('Error: New window');
	await expect(page.getByRole('alert')).toBeFocused();
	await expectNoAxeViolations(page);

	// From the summary to the first field it names.
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await tabTo(page, 'label');
	await page.keyboard.type('By keyboard');
	await tabTo(page, 'surveyVersionId');
	await page.keyboard.type('Your School');
	await tabTo(page, 'noticeVersionId');
	await page.keyboard.press('ArrowDown');
	await tabTo(page, 'siteIds');
	await page.keyboard.press('Space');
	await tabTo(page, 'opensAt');
	await page.keyboard.type('03022099');
	await page.keyboard.press('Tab');
	await page.keyboard.type('0800AM');
	await tabTo(page, 'closesAt');
	await page.keyboard.type('03202099');
	await page.keyboard.press('Tab');
	await page.keyboard.type('0400PM');
	await page.keyboard.press('Enter');

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('By keyboard');
	await expect(page.getByText('Mar 2, 2099, 8:00 AM')).toBeVisible();
});

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
	for (let press = 0; press < 60; press += 1) {
		const focused = page.locator(':focus');
		if ((await focused.count()) > 0 && (await focused.getAttribute('name')) === name) {
			return;
		}
		await page.keyboard.press('Tab');
	}
	throw new Error(`No press of Tab led to '${name}'.`);
}

test('codes are made and printed once, and a printed code opens the survey', async ({
	page,
	server,
	browser,
}) => {
	const team = await signIn(page, server);
	await page.goto(`${team}/windows`);
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'New window' }).click();
	await expectNoAxeViolations(page);
	await makeWindow(page, 'Slips');
	await expectNoAxeViolations(page);

	await page.getByRole('link', { name: 'Codes and slips' }).click();
	await expect(page.getByText('0 of 4 grades have codes')).toBeVisible();
	await expectNoAxeViolations(page);
	await page
		.getByRole('link', { name: /^Make and print/ })
		.first()
		.click();
	await page.getByLabel('Spare slips, in percent').fill('lots');
	await page.getByRole('button', { name: 'Make codes and show the slips' }).click();
	await expect(page.getByLabel('Spare slips, in percent')).toHaveAttribute('aria-invalid', 'true');
	await expectNoAxeViolations(page);
	await page.getByLabel('Spare slips, in percent').fill('5');
	await page.getByRole('button', { name: 'Make codes and show the slips' }).click();

	await expect(page.getByText('Print this page now')).toBeVisible();
	const slips = page.getByRole('region', { name: 'Slips to print' }).getByRole('listitem');
	await expect(slips).toHaveCount(40);
	const [code = ''] =
		/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}/.exec(await slips.first().innerText()) ?? [];
	const [address = ''] = /\S+\/s\/\S+/.exec(await slips.first().innerText()) ?? [];
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'All schools and grades' }).click();
	await expect(page.getByText('1 of 4 grades have codes: 40 codes')).toBeVisible();
	await expect(page.locator('main')).not.toContainText(code);

	await page.getByRole('link', { name: 'Slips', exact: true }).click();
	await page.getByText('Open this window now').click();
	await page.getByRole('button', { name: 'Open it now' }).click();
	await expect(page.getByText('Students are answering')).toBeVisible();
	await expectNoAxeViolations(page);

	const student = await browser.newContext({ javaScriptEnabled: false });
	try {
		const phone = await student.newPage();
		await phone.goto(`http://${address}`);
		await phone.getByRole('textbox').fill(code.toLowerCase().replaceAll('-', ' '));
		await phone.locator('main form button, form button').first().click();
		await expect(phone.getByText('You do not have to take this survey')).toBeVisible();
	} finally {
		await student.close();
	}
});

test('a sheet of slips fits on Letter, every word inside its cut lines', async ({
	page,
	server,
}) => {
	const team = await signIn(page, server);
	await page.goto(`${team}/windows/new`);
	await makeWindow(page, 'Sheets');
	await page.getByRole('link', { name: 'Codes and slips' }).click();
	await page
		.getByRole('link', { name: /^Make and print/ })
		.first()
		.click();
	await page.getByRole('button', { name: 'Make codes and show the slips' }).click();

	// Letter less its margins, at 96 dots an inch.
	await page.setViewportSize({ width: 720, height: 960 });
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByText('Signed in as')).toBeHidden();
	const sheets = page.getByRole('region', { name: 'Slips to print' }).getByRole('list');
	await expect(sheets).toHaveCount(5);
	const box = await sheets.first().boundingBox();
	expect(box?.width).toBeLessThanOrEqual(720);
	expect(box?.height).toBeLessThanOrEqual(960);
	const overflowing = await sheets
		.getByRole('listitem')
		.evaluateAll(
			(slips) => slips.filter((slip) => slip.scrollHeight > slip.clientHeight + 1).length,
		);
	expect(overflowing).toBe(0);
});

test('a lost print is voided and made anew', async ({ page, server }) => {
	const team = await signIn(page, server);
	await page.goto(`${team}/windows/new`);
	await makeWindow(page, 'Lost');
	await page.getByRole('link', { name: 'Codes and slips' }).click();
	const codes = page.url();
	await page
		.getByRole('link', { name: /^Make and print/ })
		.first()
		.click();
	await page.getByRole('button', { name: 'Make codes and show the slips' }).click();
	await page.goto(codes);
	await page.getByRole('link', { name: /^Print was lost/ }).click();
	await expectNoAxeViolations(page);

	await page.getByRole('button', { name: 'Void them and make new slips' }).click();
	await expect(page.getByRole('alert')).toContainText('Codes were made for this grade already');
	await page.getByRole('checkbox').check();
	await page.getByRole('button', { name: 'Void them and make new slips' }).click();
	await expect(page.getByText('Print this page now')).toBeVisible();
	await page.goto(codes);
	const row = page.getByRole('row', { name: /grade 9/ });
	await expect(row.getByRole('cell')).toHaveText([/Print was lost/, '38', '80', '40']);
});

test('response rates are bands and intervals, recorded once a day', async ({ page, server }) => {
	const team = await signIn(page, server);
	await page.goto(`${team}/rates`);
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: /December 2025/ }).click();
	// The first record is made in the background when the server starts.
	await expect(async () => {
		await page.reload();
		await expect(page.getByText('As recorded on')).toBeVisible({ timeout: 500 });
	}).toPass();

	const all = page.getByRole('row', { name: /^All schools/ });
	await expect(all).toContainText('4,567');
	await expect(all).toContainText(/\d+–\d+%/);
	await expect(all).toContainText('300+');
	await expect(page.getByText('not shown').first()).toBeVisible();
	await expect(page.locator('main')).not.toContainText('1,400');
	await expectNoAxeViolations(page);
});

test('people are invited, changed and kept from locking everyone out', async ({ page, server }) => {
	const team = await signIn(page, server);
	await page.goto(`${team}/people`);
	await expectNoAxeViolations(page);
	await page.getByLabel('Name', { exact: true }).fill('Ada Field');
	await page.getByLabel('E-mail address').fill('ada.field@example.org');
	await page.getByRole('checkbox', { name: /^Police partner/ }).check();
	await page.getByRole('checkbox', { name: /^Coder/ }).check();
	await page.getByRole('button', { name: 'Send the invitation' }).click();
	await expect(page.getByRole('alert')).toContainText('Whoever works for the police');
	await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ada Field');
	await expectNoAxeViolations(page);

	await page.getByRole('checkbox', { name: /^Police partner/ }).uncheck();
	await page.getByRole('button', { name: 'Send the invitation' }).click();
	await expect(page.getByText('Ada Field is invited')).toBeVisible();
	await expect(page.getByText('Hollis Brandt invited a person')).toBeVisible();

	await page.getByRole('link', { name: 'Change Hollis Brandt' }).click();
	await expectNoAxeViolations(page);
	await page.getByRole('checkbox', { name: /^Administrator/ }).uncheck();
	await page.getByRole('checkbox', { name: /^Coder/ }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('alert')).toContainText('only administrator');
});

test('a coder and a police partner have no such pages', async ({ page, server }) => {
	for (const role of ['coder', 'police_partner']) {
		const team = await signIn(page, server, role);
		const nav = page.getByRole('navigation', { name: 'Team pages' });
		await expect(nav.getByRole('link', { name: 'Windows and codes' })).toHaveCount(0);
		for (const path of ['/windows', '/rates', '/people', '/places', '/surveys', '/windows/new']) {
			const response = await page.goto(team + path);
			expect([role, path, response?.status()]).toEqual([role, path, 403]);
		}
		await page.goto(team);
		await page.getByRole('button', { name: 'Sign out' }).click();
	}
});
