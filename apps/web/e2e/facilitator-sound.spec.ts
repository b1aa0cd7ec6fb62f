import type { Page } from '@playwright/test';
import { findChromium } from './find-chromium.ts';
import { expect, test } from './support.ts';
import { agree, begin, finish, openLink, prepare, setUp, step, write } from './tablet.ts';

test.describe.configure({ timeout: 240_000 });
test.use({
	viewport: { width: 810, height: 1080 },
	actionTimeout: 20_000,
	launchOptions: {
		executablePath: findChromium(),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--no-first-run',
			'--autoplay-policy=no-user-gesture-required',
			'--use-fake-device-for-media-stream',
			'--use-fake-ui-for-media-stream',
		],
	},
});

// Its box, and its copy at the foot of the screen while the box is out of sight.
const recording = (page: Page) => page.getByText('RECORDING', { exact: true }).first();
const sound = (page: Page) => page.getByRole('region', { name: 'Sound' });

/** A session that runs with sound, being recorded. */
async function record(page: Page): Promise<string> {
	const sessionId = await setUp(page);
	await openLink(page, sessionId).click();
	await prepare(page);
	await agree(page);
	await begin(page);
	await expect(sound(page).getByText('No sound waits on this tablet')).toBeVisible();
	await expect(sound(page).getByText('Everything recorded')).toHaveCount(0);
	await page.getByRole('button', { name: 'Check the microphone' }).click();
	await page.getByRole('button', { name: 'Start recording' }).click();
	await expect(recording(page)).toBeVisible();
	return sessionId;
}

interface Kept {
	status: string;
	gaps: { startMs: number; endMs: number; reason: string }[];
	cuts: { startMs: number; endMs: number; reason: string }[];
}

/** The session's recordings, as the server has them. */
function recordingsOf(page: Page, sessionId: string): Promise<Kept[]> {
	return page.evaluate(async (id) => {
		const session = await (await fetch('/api/session')).json();
		const base = `/api/engagements/${session.engagements[0].id}/dialogs/${id}`;
		return (await (await fetch(`${base}/recordings`)).json()).recordings;
	}, sessionId);
}

test('a pause of the session is a pause of the sound, whoever asks, and the end ends both', async ({
	page,
}) => {
	const sessionId = await record(page);
	await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
	const bar = page.locator('.recording-bar');
	await expect(bar).toContainText('RECORDING');
	await page.waitForTimeout(1000);
	await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
	await expect(sound(page).getByText('Nothing is recorded')).toBeVisible();
	await expect(page.getByLabel('What is said')).toBeDisabled();
	await page.waitForTimeout(1500);
	await page.getByRole('button', { name: 'Go on', exact: true }).click();
	await expect(recording(page)).toBeVisible();
	await page.waitForTimeout(1000);

	await sound(page).getByRole('button', { name: 'Pause', exact: true }).click();
	await expect(page.getByLabel('What is said')).toBeDisabled();
	await sound(page).getByRole('button', { name: 'Go on recording' }).click();
	await expect(page.getByLabel('What is said')).toBeEnabled();
	await expect(recording(page)).toBeVisible();
	await page.waitForTimeout(1000);

	await finish(page);
	await expect(recording(page)).toHaveCount(0);
	await expect(sound(page).getByText('The recording is over')).toBeVisible();
	await expect(page.getByText('Everything recorded on this tablet is on the server')).toBeVisible();
	await expect(sound(page).getByText('No sound waits')).toHaveCount(0);
	const [kept] = await recordingsOf(page, sessionId);
	expect(kept?.gaps.map(({ reason }) => reason)).toEqual(['paused', 'paused']);
	const [first] = kept?.gaps ?? [];
	expect((first?.endMs ?? 0) - (first?.startMs ?? 0)).toBeGreaterThan(1000);
});

test('one button deletes what was just said, notes and sound, by keyboard and with a way back', async ({
	page,
}) => {
	const sessionId = await record(page);
	const words = 'Somebody said a name.';
	await write(page, words);
	const button = page.getByRole('button', { name: 'Delete what was just said' });
	await expect(button).toHaveCount(1);
	await button.focus();
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog', { name: 'Delete the last 60 seconds?' });
	await dialog.getByLabel('How much').selectOption({ label: 'The last 30 seconds' });
	await page.getByRole('button', { name: 'Delete the last 30 seconds' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText(words)).toHaveCount(0);
	await page.getByRole('button', { name: /^Take it back/ }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText(words)).toBeVisible();

	await button.click();
	await page.getByRole('button', { name: 'Delete the last 60 seconds' }).click();
	await expect(page.getByRole('button', { name: /^Take it back/ })).toHaveCount(0);
	await page.waitForTimeout(1000);
	await finish(page);
	await expect(page.getByText('Everything recorded on this tablet is on the server')).toBeVisible();
	const [kept] = await recordingsOf(page, sessionId);
	expect(kept?.cuts.length).toBeGreaterThan(0);
	expect(kept?.cuts.every(({ startMs, reason }) => startMs === 0 && reason === 'asked')).toBe(true);
});

test('somebody who says no ends the sound, and what there was can be deleted', async ({ page }) => {
	const sessionId = await record(page);
	await page.waitForTimeout(6000);
	await step(page, '2 Consent').click();
	// The server does not hear of it for a while: the tablet itself has to hold the sound back.
	await page.route('**/sync', (route) => route.abort());
	await page.getByText('Seat by seat').click();
	const seat = page.getByRole('region', { name: 'Voice B' });
	const letter = seat.getByRole('group', { name: /guardian/ });
	await letter.getByRole('button', { name: /^Recorded/ }).click();
	await expect(recording(page)).toHaveCount(0);
	await expect(sound(page).getByText('Sound from before is still on this tablet')).toBeVisible();
	await sound(page).getByRole('button', { name: 'Delete the sound' }).click();
	await sound(page).getByRole('button', { name: 'Yes, delete it' }).click();
	await expect(page.getByText('Sound from before is still on this tablet')).toHaveCount(0);
	expect(await recordingsOf(page, sessionId)).toEqual([]);
});
