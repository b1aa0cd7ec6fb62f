import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './support.ts';
import { announceRecording, SHELF } from './announce-recording.ts';
import { openRoom } from './recorder/room.ts';
import { sendRecording } from './send-recording.ts';
import { wavOf } from './wav.ts';

// The list needs no script: what was sent can be heard on any computer.
test.use({ javaScriptEnabled: false, serverFor: 'recordings' });
test.describe.configure({ timeout: 180_000 });

const team = '/team/eng-2026-sro';

async function signIn(page: Page, role: RegExp): Promise<void> {
	await page.context().clearCookies();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

test('what was recorded in a session is listed, and deleted for good', async ({ page, server }) => {
	await signIn(page, /^facilitator/i);
	const session = await announceRecording(page, server.origin);
	await page.goto(session);
	await page.getByRole('link', { name: 'Recordings' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recordings of this session');
	const card = page.getByRole('article', { name: SHELF });
	await expect(card.getByText(/has not sent all of it yet/)).toBeVisible();
	await expectNoAxeViolations(page);

	await card.getByText('Delete this recording').click();
	await card.getByRole('button', { name: 'Yes, delete it for good' }).click();
	await expect(page.getByRole('alert')).toContainText('Say why in a few words.');
	await expectNoAxeViolations(page);
	await card.getByLabel('Reason').fill('It was the wrong room.');
	await card.getByRole('button', { name: 'Yes, delete it for good' }).click();
	await expect(page.getByText('The recording is deleted')).toBeVisible();
	await expect(card.getByText(/^The sound was deleted on/)).toBeVisible();
	await expect(card.getByRole('button')).toHaveCount(0);

	// The reason stands in the record, and a data steward sees the recordings of every session.
	await signIn(page, /^administrator/i);
	await page.goto(`${team}/people`);
	await expect(page.getByText('Reason: It was the wrong room.')).toBeVisible();
	await signIn(page, /^data steward/i);
	await page.goto(session);
	await page.getByRole('link', { name: 'Recordings' }).click();
	await expect(card.getByText(/^The sound was deleted on/)).toBeVisible();
});

test('two recorders at one table are heard as one', async ({ page, server }) => {
	await signIn(page, /^facilitator/i);
	const room = await openRoom(page.context(), server.origin);
	const wav = wavOf(3, { hertz: 440 });
	await sendRecording(page, room, { label: 'On the table', wav });
	await sendRecording(page, room, { label: 'By the window', wav, offsetMs: 20_000 });
	const first = page.getByRole('article', { name: 'On the table' });
	await expect(async () => {
		await page.goto(`${team}/dialogs/${room.sessionId}/recordings`);
		await expect(first.getByText(/0:15 to 0:18 from “By the window”/)).toBeVisible();
	}).toPass();
	await expect(first.getByText(/^1 gap remains/)).toBeVisible();
	const second = page.getByRole('article', { name: 'By the window' });
	await expect(second.getByText(/in the copy of that one too/)).toBeVisible();
	// Which one to listen to is said above the player.
	const said = await second.getByText(/in the copy of that one too/).boundingBox();
	const player = await second.getByLabel('By the window, All of it').boundingBox();
	expect(said?.y).toBeLessThan(player?.y ?? 0);
	await expectNoAxeViolations(page);
});
