import type { Browser } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { authenticator, giveCode, useLink } from './authenticator.ts';
import { openRoom } from './recorder/room.ts';
import { sendRecording } from './send-recording.ts';
import { expect, expectNoAxeViolations, test } from './support.ts';
import type { Running } from './start-throughline.ts';
import { wavOf } from './wav.ts';

// Asking, deciding, confirming and fetching need no script.
test.use({
	javaScriptEnabled: false,
	serverFor: 'second-factor-rows',
	serverSettings: { SECOND_FACTOR_IN_SAMPLE: '1' },
});

const team = '/team/eng-2026-sro';

/** Somebody with a second step that was just set up, and their authenticator app. */
async function signedIn(browser: Browser, server: Running, role: RegExp) {
	const options = { baseURL: server.origin, javaScriptEnabled: false, acceptDownloads: true };
	const page = await (await browser.newContext(options)).newPage();
	await useLink(page, role);
	const codeAt = authenticator((await page.locator('code').textContent()) ?? '');
	await giveCode(page, codeAt(server.minutesAhead()), 'Set it up');
	await page.getByRole('link', { name: 'I have kept them' }).click();
	return { page, code: () => codeAt(server.minutesAhead()) };
}

test('rows leave only for who confirms that it is them: asking, deciding, fetching', async ({
	browser,
	server,
}) => {
	const steward = await signedIn(browser, server, /^data steward/i);
	server.moveClock();
	await steward.page.goto(`${team}/exports`);
	const reason = 'Yearly comparison by the research office, kept until June.';
	await steward.page.getByLabel('What are they needed for?').fill(reason);
	await steward.page.getByRole('button', { name: 'Ask a second person' }).click();
	await expect(steward.page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
	await giveCode(steward.page, steward.code());
	await expect(steward.page.getByText('A second person was asked')).toBeVisible();
	await expect(steward.page.getByText(reason), 'nothing that was entered is lost').toBeVisible();
	const address = steward.page.url().split('?')[0] ?? '';

	const administrator = await signedIn(browser, server, /^administrator/i);
	server.moveClock();
	await administrator.page.goto(address);
	await administrator.page.getByLabel('Yes, let them out once').check();
	await administrator.page.getByLabel('Why?').fill('The agreement of March covers it.');
	await administrator.page.getByRole('button', { name: 'Decide' }).click();
	await giveCode(administrator.page, administrator.code());
	await expect(administrator.page.getByText('Your decision is noted')).toBeVisible();

	await steward.page.goto(address);
	await steward.page.getByRole('button', { name: 'Fetch the rows' }).click();
	await expect(steward.page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
	await expectNoAxeViolations(steward.page, { hasScript: false });
	await giveCode(steward.page, steward.code());
	await expect(steward.page, 'back where the rows are').toHaveURL(address);
	const [download] = await Promise.all([
		steward.page.waitForEvent('download'),
		steward.page.getByRole('button', { name: 'Fetch the rows' }).click(),
	]);
	expect(download.suggestedFilename()).toBe('rows.csv');
});

test('a recording is fetched as it came, and deleted, by who confirms that it is them', async ({
	browser,
	server,
}) => {
	const { page, code } = await signedIn(browser, server, /^facilitator/i);
	const room = await openRoom(page.context(), server.origin);
	const wav = wavOf(3, { hertz: 440 });
	await sendRecording(page, room, { label: 'The recorder on the shelf', wav });
	server.moveClock();
	await page.goto(`${team}/dialogs/${room.sessionId}`);
	await page.getByRole('link', { name: 'Recordings' }).click();
	const recordings = page.url();
	const card = page.getByRole('article', { name: 'The recorder on the shelf' });
	const original = card.getByRole('link', { name: 'The original, as it came' });
	await original.click();
	await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
	await giveCode(page, code());
	await expect(page, 'back where the recording is').toHaveURL(recordings);
	const [download] = await Promise.all([page.waitForEvent('download'), original.click()]);
	expect(download.suggestedFilename()).toMatch(/^ds-\d\d-recording-1\.wav$/);
	expect((await readFile(await download.path())).equals(wav)).toBe(true);

	server.moveClock();
	await page.goto(recordings);
	await card.getByText('Delete this recording').click();
	await card.getByLabel('Reason').fill('It was the wrong room.');
	await card.getByRole('button', { name: 'Yes, delete it for good' }).click();
	await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
	await giveCode(page, code());
	await expect(page.getByText('The recording is deleted')).toBeVisible();
	await expect(card.getByText(/^The sound was deleted on/)).toBeVisible();
});
