import type { Page } from '@playwright/test';
import type { Place } from './place.ts';
import type { Shot } from './shots.ts';

const PASSPHRASE = 'four tall birches sway';

/** The pictures of dialog sessions: what a facilitator plans, runs, reads over, and hides. */
export const dialogShots: readonly Shot[] = [
	{ name: 'facilitator-plan', role: 'facilitator', show: dialogs('') },
	{
		name: 'facilitator-session',
		role: 'facilitator',
		async show(page, place) {
			await openSession(page, place);
		},
	},
	{ name: 'facilitator-room', role: 'facilitator', show: runSession },
	{
		name: 'facilitator-transcript',
		role: 'facilitator',
		async show(page, place) {
			await takeTranscript(page, place);
			await page.getByRole('row').nth(2).focus();
		},
	},
	{
		name: 'facilitator-fairness',
		role: 'facilitator',
		async show(page, place) {
			await openSession(page, place);
			await page.getByRole('link', { name: 'Who spoke how much' }).click();
			await page.getByRole('heading', { level: 1 }).waitFor();
		},
	},
];

function dialogs(path: string) {
	return async (page: Page, { engagement }: Place) => {
		await page.goto(`/team/${engagement}/dialogs${path}`);
		await page.getByRole('heading', { level: 1 }).waitFor();
	};
}

/** The session of the sample that everybody let be recorded. */
async function openSession(page: Page, place: Place): Promise<void> {
	await dialogs('')(page, place);
	await page.getByRole('link', { name: /ds-01/ }).first().click();
	await page.getByRole('heading', { level: 1, name: /ds-01/ }).waitFor();
}

/** A short talk as a file, taken in, with names that have to be hidden. */
async function takeTranscript(page: Page, place: Place): Promise<void> {
	const talk = `WEBVTT

00:00:01.000 --> 00:00:04.000
<v Facilitator>When is this school at its best?

00:00:05.000 --> 00:00:12.000
<v Speaker 1>In the library before the bell. Ms. Halvorsen opens it early for us.

00:00:13.000 --> 00:00:20.000
<v Speaker 2>My friend Tyler waits there, too. Nobody has to explain why they are early.

00:00:21.000 --> 00:00:27.000
<v Facilitator>And when is it not?

00:00:28.000 --> 00:00:36.000
<v Speaker 1>At noon. The hall by the gym is loud, and no adult stands there.
`;
	await openSession(page, place);
	await page.getByRole('link', { name: 'Transcripts' }).click();
	await page.getByRole('link', { name: 'Bring in a file' }).click();
	await page.waitForLoadState('networkidle');
	await page
		.getByLabel('Transcript file')
		.setInputFiles({ name: 'talk.vtt', mimeType: 'text/vtt', buffer: Buffer.from(talk) });
	await page.getByRole('button', { name: 'Look at the file' }).click();
	await page.getByLabel('“Speaker 1” is').selectOption('Voice A');
	await page.getByLabel('“Speaker 2” is').selectOption('Voice B');
	await page.getByRole('button', { name: 'Take it in as a draft' }).click();
	await page.getByRole('heading', { level: 1, name: /^Transcript of/ }).waitFor();
	await page.waitForLoadState('networkidle');
}

/** A tablet, set up, with the first of its sessions begun. */
async function runSession(page: Page): Promise<void> {
	await page.goto('/dialogs/');
	await page.getByLabel('What is written on the tablet').fill('Tablet 1');
	await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
	await page.getByLabel('The passphrase once more').fill(PASSPHRASE);
	await page.getByRole('button', { name: 'Set up this tablet' }).click();
	await page.getByRole('banner').getByText('Ready offline').waitFor({ timeout: 60_000 });
	await page.locator('a[href^="/dialogs/0"]').first().click();
	const step = (name: string) =>
		page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
	await step('1 Before').click();
	const open = page.getByRole('button', { name: /^This is done/ });
	while ((await open.count()) > 0) {
		await open.first().click();
	}
	await page.getByRole('button', { name: /letters give every permission/ }).click();
	await step('2 Consent').click();
	await page.getByRole('checkbox', { name: /^Read aloud, and said/ }).check();
	await page.getByRole('button', { name: /say yes to everything$/ }).click();
	await page.getByRole('button', { name: 'Begin the session' }).click();
	await page.getByRole('button', { name: 'Next prompt' }).waitFor();
}
