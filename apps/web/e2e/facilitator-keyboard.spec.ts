import type { Page } from '@playwright/test';
import { expect, test } from './support.ts';
import { agree, finish, openLink, prepare, PASSPHRASE, setUp, step, team } from './tablet.ts';

test.describe.configure({ timeout: 240_000 });
// A laptop, on a clock that is not the district's.
test.use({
	viewport: { width: 1280, height: 900 },
	timezoneId: 'Asia/Tokyo',
	actionTimeout: 20_000,
});

const press = async (page: Page, name: string) => {
	await page.getByRole('button', { name, exact: true }).focus();
	await page.keyboard.press('Enter');
};
const focused = (page: Page, name: RegExp | string) =>
	expect(page.getByRole('button', { name, exact: true })).toBeFocused();

test('what is still to be run stands first, at the time of the district', async ({ page }) => {
	await setUp(page);
	const cards = page.getByRole('main').getByRole('article');
	await expect(cards.first()).toContainText('Planned');
	await expect(cards.last()).toContainText('Held');
	await expect(cards.filter({ hasText: 'ds-01' })).toContainText('January 14, 2026 at 12:40');
});

test('each can say no, seat by seat, before anybody said yes to everything', async ({ page }) => {
	const sessionId = await setUp(page);
	await openLink(page, sessionId).click();
	await prepare(page);
	await step(page, '2 Consent').click();
	await page.getByText('Seat by seat (0/4)').click();
	const seat = page.getByRole('region', { name: 'Voice C' });
	const said = seat.getByRole('group', { name: /student/ });
	await said.getByRole('button', { name: 'Yes to everything' }).click();
	await said.getByRole('button', { name: 'Recorded: yes' }).click();
	await expect(said.getByRole('button', { name: 'Recorded: no' })).toBeVisible();
	await expect(page.getByText('Seat by seat (1/4)')).toBeVisible();
});

test('the focus never gets lost: from the room to the words that were read over', async ({
	page,
}) => {
	const sessionId = await setUp(page);
	await openLink(page, sessionId).click();
	await prepare(page);
	await agree(page);
	await press(page, 'Begin the session');

	await page.getByLabel('What is said').fill('The halls are loud after lunch.');
	await press(page, 'Next note');
	await expect(page.getByLabel('What is said')).toBeFocused();

	await press(page, 'Pause');
	await focused(page, 'Go on');
	await page.keyboard.press('Enter');
	await focused(page, 'Pause');

	await press(page, 'Delete what was just said');
	await press(page, 'Delete the last 60 seconds');
	await focused(page, /^Take it back/);
	await page.keyboard.press('Enter');
	await focused(page, 'Delete what was just said');
	await expect(page.getByText('The halls are loud after lunch.')).toBeVisible();

	await press(page, 'Pass the tablet');
	await page.keyboard.press('Enter');
	await focused(page, 'Pass the tablet');

	await finish(page);
	await expect(page.locator(':focus')).toHaveText('The session has ended');
	await expect(page.getByText('Everything is sent.')).toBeVisible({ timeout: 70_000 });

	await page.getByRole('button', { name: 'Lock this tablet' }).click();
	await page.getByLabel('Passphrase').fill('not these four words');
	await page.getByRole('button', { name: 'Unlock' }).click();
	await expect(page.getByText('That is not the passphrase of this tablet.')).toBeVisible();
	await expect(page.getByLabel('Passphrase')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.type(PASSPHRASE);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Lock this tablet' })).toBeVisible();

	await page.goto(`${team}/dialogs/${sessionId}/transcripts`);
	await page.getByRole('button', { name: 'Make a transcript of the notes' }).click();
	const turns = page.getByRole('grid');
	await expect(turns).toBeVisible();
	// Beside the long list of keys, the few turns stand right under their buttons.
	const above = await page.getByRole('button', { name: 'Next suggestion' }).boundingBox();
	const top = (await turns.boundingBox())?.y ?? Infinity;
	expect(top - (above?.y ?? 0) - (above?.height ?? 0)).toBeLessThan(120);
});
