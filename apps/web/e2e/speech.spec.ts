import type { Page } from '@playwright/test';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRoom } from './recorder/room.ts';
import { expect, expectNoAxeViolations, test } from './support.ts';
import { sendRecording } from './send-recording.ts';
import { wavOf } from './wav.ts';

const team = '/team/eng-2026-sro';
const folder = await mkdtemp(join(tmpdir(), 'throughline-speech-'));
const command = join(folder, 'transcribe.sh');

/**
 * A speech-to-text command as an administrator would set one: it looks at the sound it is given,
 * says how far it is, waits to be let go on, and prints WebVTT.
 */
const script = `#!/bin/sh
[ -s "$1" ] || { echo "no sound in $1" >&2; exit 1; }
for percent in 10 40 80; do
	echo "$percent%" >&2
	while [ ! -e "${folder}/past-$percent" ]; do sleep 0.1; done
done
printf 'WEBVTT\\n\\n00:00.500 --> 00:01.200\\nThe hallway is calm in the morning.\\n\\n'
printf '00:01.500 --> 00:02.500\\nAfter lunch nobody can hear a thing.\\n'
`;

test.use({ serverFor: 'speech', serverSettings: { TRANSCRIBE_COMMAND: command } });
test.describe.configure({ timeout: 240_000 });

test.beforeAll(async () => {
	await writeFile(command, script);
	await chmod(command, 0o700);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

const letPast = (percent: number) => writeFile(join(folder, `past-${percent}`), '');

async function signIn(page: Page): Promise<void> {
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^facilitator/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

test('a recording becomes a transcript while the page stands open', async ({ page, server }) => {
	const wav = wavOf(3, { hertz: 440 });
	await signIn(page);
	const room = await openRoom(page.context(), server.origin);
	await sendRecording(page, room, { label: 'The recorder on the shelf', wav });
	const session = `${team}/dialogs/${room.sessionId}`;

	// What came in can be taken away again as it came.
	await page.goto(`${session}/recordings`);
	const card = page.getByRole('article', { name: 'The recorder on the shelf' });
	await expect(card.getByRole('link', { name: 'The copy that is played' })).toBeVisible();
	const downloading = page.waitForEvent('download');
	await card.getByRole('link', { name: 'The original, as it came' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toMatch(/^ds-\d\d-recording-1\.wav$/);
	const chunks: Buffer[] = [];
	for await (const chunk of await download.createReadStream()) {
		chunks.push(chunk as Buffer); // a file of bytes
	}
	expect(Buffer.concat(chunks).equals(wav)).toBe(true);
	await expectNoAxeViolations(page);

	await page.goto(`${session}/transcripts`);
	await page.waitForLoadState('networkidle');
	await page.evaluate(() => document.body.setAttribute('data-not-loaded-again', ''));
	await page.getByRole('combobox', { name: 'Recording' }).selectOption('The recorder on the shelf');
	await page.getByRole('button', { name: 'Turn it into text' }).focus();
	await page.keyboard.press('Enter');
	const panel = page.getByRole('region', { name: 'Turn a recording into text' });
	await expect(panel.getByText('The recorder on the shelf: 10 % done')).toBeVisible();
	await expectNoAxeViolations(page);
	await page.evaluate(() => document.body.setAttribute('data-not-loaded-again', ''));
	await letPast(10);
	await expect(panel.getByText('40 % done')).toBeVisible();
	const failed = page.waitForEvent('requestfailed');
	await page.context().setOffline(true);
	await letPast(40);
	await failed;
	await expect(panel.getByText('40 % done')).toBeVisible();
	await page.context().setOffline(false);
	await expect(panel.getByText('80 % done')).toBeVisible();
	await letPast(80);
	await expect(panel.getByText('The recorder on the shelf: done').first()).toBeVisible();
	await expect(page.locator('body[data-not-loaded-again]')).toHaveCount(1);

	await panel.getByRole('link', { name: 'Open the transcript' }).click();
	await expect(page.getByRole('heading', { level: 1, name: /^Transcript of/ })).toBeVisible();
	await expect(page.getByRole('row').nth(0)).toContainText('The hallway is calm in the morning.');
	await expect(page.getByRole('row').nth(1)).toContainText('After lunch nobody can hear a thing.');
});

test('how far it is, and what became of it, can be seen without script', async ({
	browser,
	page,
	server,
}) => {
	await signIn(page);
	const room = await openRoom(page.context(), server.origin);
	const wav = wavOf(3, { hertz: 440 });
	await sendRecording(page, room, { label: 'The telephone', wav });
	const session = `${team}/dialogs/${room.sessionId}`;
	await Promise.all([10, 40, 80].map(letPast));
	const storageState = await page.context().storageState();
	const context = await browser.newContext({
		javaScriptEnabled: false,
		storageState,
		baseURL: server.origin,
	});
	const plain = await context.newPage();
	await plain.goto(`${session}/transcripts`);
	await plain.getByRole('combobox', { name: 'Recording' }).selectOption('The telephone');
	await plain.getByRole('button', { name: 'Turn it into text' }).click();
	await expect(async () => {
		await plain.reload();
		await expect(plain.getByText('The telephone: done').first()).toBeVisible({
			timeout: 500,
		});
	}).toPass();
	await expectNoAxeViolations(plain, { hasScript: false });
	await context.close();
});
