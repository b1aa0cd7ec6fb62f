import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test, watchForeignRequests } from './support.ts';

const team = '/team/eng-2026-sro';

// axe looks at a page three times, and some tests look at several pages.
test.describe.configure({ timeout: 180_000 });

async function signIn(page: Page, role: RegExp = /^coder/i): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

async function openDesk(page: Page): Promise<void> {
	await page.goto(`${team}/coding`);
	await expect(page.getByText('Keys are on.')).toBeVisible();
}

function answer(page: Page): Promise<string> {
	return page.locator('blockquote').innerText();
}

/**
 * Follows the desk's link, for the next excerpt that may be quoted: the queue is shuffled, and words
 * of a dialog session cannot be quoted where somebody who spoke them did not agree.
 */
async function chooseQuoteFrom(page: Page): Promise<void> {
	const link = page.getByRole('link', { name: 'Choose a quote from this answer' });
	const address = (await link.getAttribute('href')) ?? '';
	const session = await fetchJson<{ engagements: { id: string }[] }>(page, '/api/session');
	const base = `/api/engagements/${session.engagements[0]?.id}`;
	const { excerpts } = await fetchJson<{ excerpts: { id: string }[] }>(
		page,
		`${base}/coding/next?limit=20`,
	);
	for (const { id } of excerpts) {
		const source = await fetchJson<{ mayBeQuoted: boolean }>(page, `${base}/quotes/sources/${id}`);
		await page.goto(address.replace(/excerpt=.*$/, `excerpt=${id}`));
		if (source.mayBeQuoted) {
			return;
		}
		await expect(page.getByText('Not everyone who spoke these words agreed')).toBeVisible();
	}
	throw new Error('None of the next twenty excerpts may be quoted.');
}

async function fetchJson<T>(page: Page, path: string): Promise<T> {
	return (await (await page.request.get(path)).json()) as T;
}

/** The number in '312 decided by you, 2,040 still need a coder'. */
async function decided(page: Page): Promise<number> {
	const words = await page.getByText(/decided by you/).innerText();
	return Number(words.split(' ')[0]?.replace(',', ''));
}

async function pause(page: Page, isOn: boolean): Promise<void> {
	await page.getByLabel(/Pause after each decision/).setChecked(isOn);
	await page.getByRole('form', { name: 'Coding desk' }).focus();
}

test('twenty answers are coded by keyboard alone, n themes in n + 1 keys', async ({
	page,
	server,
}) => {
	const foreign = watchForeignRequests(page, server.origin);
	await signIn(page);
	await openDesk(page);
	await pause(page, false);
	const before = await decided(page);
	const seen = new Set<string>();

	for (let index = 0; index < 20; index += 1) {
		const text = await answer(page);
		seen.add(text);
		await page.keyboard.press(String((index % 9) + 1));
		if (index % 2 === 0) {
			await page.keyboard.press('w');
		}
		await page.keyboard.press('Enter');
		await expect(page.locator('blockquote')).not.toHaveText(text);
	}

	expect(seen.size).toBe(20);
	expect(await decided(page)).toBe(before + 20);
	await expect(page.getByText('Everything is saved.')).toBeVisible();
	await expect(page.getByRole('form', { name: 'Coding desk' })).toBeFocused();
	await page.reload();
	expect(await decided(page)).toBe(before + 20);
	expect(foreign()).toEqual([]);
});

test('a decision is undone and redone, after a reload too', async ({ page }) => {
	await signIn(page);
	await openDesk(page);
	await pause(page, false);
	const before = await decided(page);
	const first = await answer(page);
	await page.keyboard.press('1');
	await page.keyboard.press('Enter');
	await expect(page.locator('blockquote')).not.toHaveText(first);
	const second = await answer(page);
	await page.keyboard.press('2');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Everything is saved.')).toBeVisible();
	await page.reload();
	await expect(page.getByText('Keys are on.')).toBeVisible();

	await page.keyboard.press('u');
	await expect(page.locator('blockquote')).toHaveText(second);
	await page.keyboard.press('u');
	await expect(page.locator('blockquote')).toHaveText(first);
	expect(await decided(page)).toBe(before);
	await page.keyboard.press('Shift+U');
	await expect(page.getByText('You have decided on this one.')).toBeVisible();
	await expect(page.getByRole('checkbox', { name: /^A1/ })).toBeChecked();
	await page.keyboard.press('Control+Shift+Z');
	await expect(page.getByRole('checkbox', { name: /^A2/ })).toBeChecked();
	expect(await decided(page)).toBe(before + 2);
});

test('an answer is skipped by key or button, and nothing is decided by it', async ({ page }) => {
	await signIn(page);
	await openDesk(page);
	const before = await decided(page);
	const first = await answer(page);
	await page.keyboard.press('j');
	await expect(page.locator('blockquote')).not.toHaveText(first);
	const second = await answer(page);
	await page.getByRole('link', { name: 'Skip for now' }).click();
	await expect(page.locator('blockquote')).not.toHaveText(second);
	await expect(page.getByRole('form', { name: 'Coding desk' })).toBeFocused();
	expect(await decided(page)).toBe(before);
});

test('suggestions are shown after the decision, and added by their key', async ({ page }) => {
	await signIn(page);
	await openDesk(page);
	await pause(page, true);
	const text = await answer(page);
	await expect(page.getByRole('heading', { name: 'Suggestions' })).toBeHidden();
	expect(await page.content()).not.toContain('Suggested:');

	await page.keyboard.press('n');
	await expect(page.getByRole('heading', { name: 'Suggestions' })).toBeVisible();
	await expect(page.locator('blockquote')).toHaveText(text);
	const first = page.getByRole('region', { name: 'Suggestions' }).getByRole('listitem').first();
	await expect(first).toContainText(/likely|possible|a guess/);
	await expect(first).toContainText('Because of');
	expect(await page.locator('blockquote mark').count()).toBeGreaterThan(0);
	await expectNoAxeViolations(page);

	await page.getByRole('form', { name: 'Coding desk' }).focus();
	const key = await first.locator('kbd').innerText();
	await page.keyboard.press(key.toLowerCase());
	await expect(first).toContainText('Chosen');
	await page.keyboard.press('Enter');
	await expect(page.locator('blockquote')).not.toHaveText(text);
	await expect(page.getByRole('heading', { name: 'Suggestions' })).toBeHidden();
	await expect(page.getByText('Everything is saved.')).toBeVisible();

	await page.goto(`${team}/coding/decided`);
	await expect(page.getByRole('row').nth(1)).toContainText('after suggestions');
	await expectNoAxeViolations(page);
});

test('nothing chosen is asked back once, and then says that no theme fits', async ({ page }) => {
	await signIn(page);
	await openDesk(page);
	await pause(page, false);
	const text = await answer(page);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('status').filter({ hasText: 'No theme is chosen' })).toBeVisible();
	await expect(page.locator('blockquote')).toHaveText(text);
	await page.keyboard.press('Enter');
	await expect(page.locator('blockquote')).not.toHaveText(text);
});

test('keys act on the desk alone, and can be switched off', async ({ page }) => {
	await signIn(page);
	await openDesk(page);
	await page.getByRole('link', { name: 'What you decided' }).focus();
	await expect(page.getByText('Keys are asleep')).toBeVisible();
	await page.keyboard.press('1');
	await expect(page.getByRole('checkbox', { name: /^A1/ })).not.toBeChecked();

	await page.getByRole('form', { name: 'Coding desk' }).focus();
	await page.keyboard.press('1');
	await expect(page.getByRole('checkbox', { name: /^A1/ })).toBeChecked();
	await page.getByLabel(/Use single keys/).uncheck();
	await page.getByRole('form', { name: 'Coding desk' }).focus();
	await page.keyboard.press('2');
	await expect(page.getByRole('checkbox', { name: /^A2/ })).not.toBeChecked();
	await page.reload();
	await expect(page.getByLabel(/Use single keys/)).not.toBeChecked();
	await page.getByLabel(/Use single keys/).check();
});

test('a lost network holds nobody up and loses nothing', async ({ page }) => {
	await signIn(page);
	await openDesk(page);
	await pause(page, false);
	const before = await decided(page);
	await page.route('**/decision', (route) => route.abort());
	const text = await answer(page);
	await page.keyboard.press('3');
	await page.keyboard.press('Enter');
	await expect(page.locator('blockquote')).not.toHaveText(text);
	await expect(page.getByText(/^1 decision is not saved yet/)).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('form', { name: 'Coding desk' }).focus();
	await page.keyboard.press('4');
	await page.keyboard.press('Enter');
	await expect(page.getByText(/^2 decisions are not saved yet/)).toBeVisible();

	page.on('dialog', (dialog) => void dialog.accept());
	await page.reload();
	await expect(page.getByText(/^2 decisions are not saved yet/)).toBeVisible();
	await page.unroute('**/decision');
	// Pressed or not, they are sent again by themselves.
	await expect(page.getByText('Everything is saved.')).toBeVisible({ timeout: 30_000 });
	await page.reload();
	expect(await decided(page)).toBe(before + 2);
});

test('disagreements are settled with a note', async ({ page }) => {
	await signIn(page);
	await page.goto(`${team}/coding/disagreements`);
	await expectNoAxeViolations(page);
	const many = await page.getByText(/disagreements to settle/).innerText();
	await page
		.getByRole('link', { name: /^Settle/ })
		.first()
		.click();
	await expect(page.getByRole('heading', { name: 'Another coder' })).toBeVisible();
	await expect(page.getByText('only here').first()).toBeVisible();
	await expectNoAxeViolations(page);

	await page.getByRole('button', { name: 'Settle it and go on' }).click();
	await expect(page.getByRole('alert')).toContainText('Say in a few words why.');
	await page.getByLabel('Why').fill('The harm is named first.');
	const address = page.url();
	await page.getByRole('button', { name: 'Settle it and go on' }).click();
	await expect(page.getByLabel('Why')).toHaveValue('');
	await page.goto(`${team}/coding/disagreements`);
	expect(await page.getByText(/disagreements to settle/).innerText()).not.toBe(many);

	await page.goto(address.replace(/\?.*/, ''));
	await expect(page.getByText('This one is settled')).toBeVisible();
	await expectNoAxeViolations(page);
});

test('blank words are listed apart and brought back', async ({ page }) => {
	await signIn(page);
	await page.goto(`${team}/coding/blank-words`);
	await expectNoAxeViolations(page);
	const rows = await page.getByRole('row').count();
	await page
		.getByRole('button', { name: /^Bring back/ })
		.first()
		.click();
	await expect(page.getByText('The answer is back in the queue')).toBeVisible();
	expect(await page.getByRole('row').count()).toBe(rows - 1);
});

test('the codebook says how well coders agree, and an administrator edits it', async ({ page }) => {
	await signIn(page);
	await page.goto(`${team}/codebook`);
	await expect(page.getByText(/Krippendorff’s alpha over \d+ answers/)).toBeVisible();
	await expect(page.getByText(/Alpha -?\d\.\d\d \(95 % interval/).first()).toBeVisible();
	await expect(page.getByRole('link', { name: /^Edit/ })).toHaveCount(0);
	await expectNoAxeViolations(page);

	await signIn(page, /^administrator/i);
	await page.goto(`${team}/codebook`);
	await page.getByRole('link', { name: /^Edit ?: A1/ }).click();
	await expectNoAxeViolations(page);
	await page.getByLabel('Definition').fill('');
	await page.getByRole('button', { name: 'Save the theme' }).click();
	await expect(page.getByRole('alert')).toContainText('Say what the theme is.');
	await page.getByLabel('Definition').fill('Somebody feels safer because an officer is there.');
	await page.getByRole('button', { name: 'Save the theme' }).click();
	await expect(page.getByText('The theme is changed')).toBeVisible();
	await expect(page.getByText('Somebody feels safer because an officer is there.')).toBeVisible();
	await page.goto(`${team}/people`);
	await expect(page.getByText('edited a theme')).toBeVisible();
});

test('a quote is selected by keyboard and cleared by two people', async ({ page }) => {
	await signIn(page);
	await openDesk(page);
	await chooseQuoteFrom(page);
	await page.getByLabel('Select words in the answer').focus();
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('Control+Shift+ArrowRight');
	await page.keyboard.press('Control+Shift+ArrowRight');
	const chosen = (await page.getByText(/^Chosen:/).innerText())
		.replace(/^Chosen: “|”$/g, '')
		.trim();
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: 'Propose what is selected' }).click();
	await expect(page.getByText('The quote is proposed')).toBeVisible();
	await expect(page.locator('blockquote mark')).toHaveText(chosen);
	await expect(page.getByText('Waits for 2 more people')).toBeVisible();
	await expectNoAxeViolations(page);
	const address = page.url().replace(/\?.*/, '');

	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('alert')).toContainText('Choose one of the two.');
	for (const role of [/^coder/i, /^data steward/i]) {
		await signIn(page, role);
		await page.goto(address);
		await page.getByRole('radio', { name: 'It can be shown' }).check();
		await page.getByLabel('Why').fill('No name, no place, no day.');
		await page.getByRole('button', { name: 'Save' }).click();
		await expect(page.getByText('Your word is saved')).toBeVisible();
	}
	await expect(page.getByText('Cleared', { exact: true })).toBeVisible();

	await page.getByRole('radio', { name: 'It must not be shown' }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Blocked', { exact: true })).toBeVisible();
	await page.goto(`${team}/quotes`);
	await expect(page.getByText(chosen).first()).toBeVisible();
	await expectNoAxeViolations(page);
});

test.describe('without script', () => {
	test.use({ javaScriptEnabled: false });

	test('the desk is a form: decide, compare, undo', async ({ page }) => {
		await signIn(page);
		await page.goto(`${team}/coding`);
		await expectNoAxeViolations(page);
		const text = await answer(page);
		await page.getByRole('button', { name: /^Save and go on/ }).click();
		await expect(page.getByText('No theme is chosen')).toBeVisible();
		await page.getByRole('checkbox', { name: /^A1/ }).check();
		await page.getByRole('button', { name: /^Save and go on/ }).click();
		await expect(page.getByText('You have decided on this one.')).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Suggestions' })).toBeVisible();
		expect(await answer(page)).toBe(text);
		await expectNoAxeViolations(page);

		await page.getByRole('checkbox', { name: /^A2/ }).check();
		await page.getByRole('button', { name: /^(Save the change|Go on)/ }).click();
		expect(await answer(page)).not.toBe(text);
		await page.getByRole('button', { name: /^Undo/ }).click();
		expect(await answer(page)).toBe(text);
		await expect(page.getByRole('checkbox', { name: /^A2/ })).not.toBeChecked();
	});

	test('answers are skipped one after the other', async ({ page }) => {
		await signIn(page);
		await page.goto(`${team}/coding`);
		const seen = new Set([await answer(page)]);
		for (let skips = 1; skips <= 3; skips += 1) {
			await page.getByRole('link', { name: 'Skip for now' }).click();
			await page.waitForURL((url) => url.search.split(',').length === skips);
			seen.add(await answer(page));
		}
		expect(seen.size).toBe(4);
	});

	test('a quote is chosen by its sentences', async ({ page }) => {
		await signIn(page);
		await page.goto(`${team}/coding`);
		await chooseQuoteFrom(page);
		await expectNoAxeViolations(page);
		await page.getByRole('button', { name: 'Propose this quote' }).click();
		await expect(page.getByText('The quote is proposed')).toBeVisible();
	});
});
