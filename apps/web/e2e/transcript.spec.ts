import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, expectNoAxeViolations, test } from './support.ts';

const team = '/team/eng-2026-sro';
const samples = resolve(import.meta.dirname, '../../../packages/analysis/test-data/transcripts');
const own = resolve(import.meta.dirname, 'files');

// axe looks at a page three times, and some tests look at several pages.
test.describe.configure({ timeout: 240_000 });

async function signIn(page: Page, role: RegExp): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

/** The address of the transcripts of a session that this facilitator is on duty in. */
async function openSession(page: Page): Promise<string> {
	await signIn(page, /^facilitator/i);
	const self = await page.request.get('/api/session');
	const { engagements } = (await self.json()) as { engagements: { id: string }[] };
	const base = `/api/engagements/${engagements[0]?.id}`;
	const answer = await page.request.get(`${base}/dialogs?page=1`);
	const { dialogs } = (await answer.json()) as { dialogs: { id: string }[] };
	for (const { id } of dialogs) {
		const list = await page.request.get(`${base}/dialogs/${id}/transcripts`);
		const { session } = (await list.json()) as { session?: { key: string } };
		// Everybody in this one agreed to be recorded and transcribed.
		if (session?.key === 'ds-01') {
			return `${team}/dialogs/${id}/transcripts`;
		}
	}
	throw new Error('The sample has no session of this facilitator.');
}

const talk = `WEBVTT

00:00:01.000 --> 00:00:04.000
<v Facilitator>What makes a good day here?

00:00:05.000 --> 00:00:09.000
<v Zorba Quill>Ms. Halvorsen opens the library early for us.

00:00:10.000 --> 00:00:14.000
<v Ines Farrow>My number is 218-555-0142, Zorba calls me from the bus.

00:00:15.000 --> 00:00:20.000
<v Zorba Quill>The hallway is calm and nobody shouts at us there.
`;

/** A transcript that excerpts rest on: the page that would delete it, and how many they are. */
async function findUsed(page: Page, base: string): Promise<{ used: string; excerpts: number }> {
	const self = await page.request.get('/api/session');
	const { engagements } = (await self.json()) as { engagements: { id: string }[] };
	const path = base.replace(team, `/api/engagements/${engagements[0]?.id}`);
	const list = await page.request.get(path);
	const { transcripts } = (await list.json()) as { transcripts: { id: string }[] };
	for (const { id } of transcripts) {
		const answer = await page.request.get(`${path}/${id}/use`);
		const { excerpts } = (await answer.json()) as { excerpts: number };
		if (excerpts > 1) {
			return { used: `${base}/${id}/remove`, excerpts };
		}
	}
	throw new Error('No transcript of the session has excerpts.');
}

interface Taken {
	name: string;
	buffer: Buffer;
}

async function look(page: Page, base: string, { name, buffer }: Taken): Promise<void> {
	await page.goto(`${base}/import`);
	await page.waitForLoadState('networkidle');
	const file = { name, mimeType: 'application/octet-stream', buffer };
	await page.getByLabel('Transcript file').setInputFiles(file);
	await page.getByRole('button', { name: 'Look at the file' }).click();
	await expect(page.getByRole('heading', { name: 'What is in the file' })).toBeVisible();
}

async function takeTalk(page: Page, base: string): Promise<void> {
	await look(page, base, { name: 'talk.vtt', buffer: Buffer.from(talk) });
	await page.getByLabel('“Zorba Quill” is').selectOption('Voice A');
	await page.getByLabel('“Ines Farrow” is').selectOption('Voice B');
	await page.getByRole('button', { name: 'Take it in as a draft' }).click();
	await expect(page.getByRole('heading', { level: 1, name: /^Transcript of/ })).toBeVisible();
	await expect(page.getByRole('row')).toHaveCount(4);
	await page.waitForLoadState('networkidle');
}

const row = (page: Page, index: number) => page.getByRole('row').nth(index);

const formats = [
	['zoom.vtt', samples, 'WebVTT'],
	['teams.vtt', samples, 'WebVTT'],
	['session.srt', samples, 'SRT'],
	['otter.txt', samples, 'Text'],
	['labels.txt', samples, 'Text'],
	['table.csv', samples, 'CSV'],
	['utterances.json', samples, 'JSON'],
	['session.docx', own, 'Word document'],
] as const;

test('each format is looked at and taken in as a draft', async ({ page }) => {
	const base = await openSession(page);
	for (const [name, folder, format] of formats) {
		await look(page, base, { name, buffer: await readFile(join(folder, name)) });
		await expect(page.getByRole('definition').first()).toHaveText(format);
		await page.getByRole('button', { name: 'Take it in as a draft' }).click();
		await expect(page.getByRole('heading', { level: 1, name: /^Transcript of/ })).toBeVisible();
		expect(await page.getByRole('row').count(), name).toBeGreaterThan(1);
	}
	await page.goto(base);
	expect(await page.getByRole('listitem').count()).toBeGreaterThanOrEqual(formats.length);
	await expectNoAxeViolations(page);
});

test('a malformed file is told of line by line, and nothing is stored', async ({ page }) => {
	const base = await openSession(page);
	await page.goto(base);
	const before = await page.getByRole('heading', { level: 2 }).count();
	const broken = talk.replace('00:00:10.000 --> 00:00:14.000', '00:00:10.000 -> 00:61:14.000');
	await look(page, base, { name: 'broken.vtt', buffer: Buffer.from(broken) });
	await expect(page.getByText('1 line has a problem')).toBeVisible();
	await expect(page.getByText(/^Line 9:/).first()).toBeVisible();
	await expectNoAxeViolations(page);
	await page.goto(base);
	expect(await page.getByRole('heading', { level: 2 }).count()).toBe(before);

	await page.goto(`${base}/import`);
	await page.waitForLoadState('networkidle');
	await page.getByRole('button', { name: 'Look at the file' }).click();
	await expect(page.getByRole('alert')).toContainText('Choose a file.');
});

test('the prompt of turns is put right by keyboard, and undone', async ({ page }) => {
	const base = await openSession(page);
	await takeTalk(page, base);
	await row(page, 0).focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('q');
	const choice = page.getByLabel('Prompt this was said on');
	await expect(choice).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(row(page, 1)).toBeFocused();
	await page.keyboard.press('q');
	await choice.selectOption({ index: 1 });
	await expectNoAxeViolations(page);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	const marks = page.getByRole('grid').getByText(/^Prompt: /);
	await expect(row(page, 1).getByText(/^Prompt: /)).toBeVisible();
	// The turns behind it go on with the same one.
	await expect(marks).toHaveCount(1);
	await expect(row(page, 1)).toBeFocused();
	await page.keyboard.press('z');
	await expect(marks).toHaveCount(0);
	await expect(page.getByText('Everything is saved.')).toBeVisible();
});

test('a transcript goes by keyboard from a file to excerpts', async ({ page }) => {
	const base = await openSession(page);
	await takeTalk(page, base);
	await expect(page.getByText('Zorba Quill')).toHaveCount(0);
	await expectNoAxeViolations(page);

	// Edit: words, split at the caret, merge, and all of it back.
	await row(page, 0).focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await expect(row(page, 3)).toBeFocused();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+Home');
	await page.keyboard.type('Honestly: ');
	await page.keyboard.press('Enter');
	await expect(row(page, 3)).toContainText('Honestly: The hallway');
	await expect(page.getByText('Everything is saved.')).toBeVisible();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+Home');
	for (let index = 0; index < 'Honestly: The hallway is calm'.length; index += 1) {
		await page.keyboard.press('ArrowRight');
	}
	await page.keyboard.press('Control+Enter');
	await expect(page.getByRole('row')).toHaveCount(5);
	await expect(row(page, 4)).toContainText('and nobody shouts');
	await expect(row(page, 4)).toBeFocused();
	await page.keyboard.press('m');
	await expect(page.getByRole('row')).toHaveCount(4);
	await page.keyboard.press('u');
	await expect(row(page, 3).getByText('unclear', { exact: true })).toBeVisible();
	await expect(page.getByText('Everything is saved.')).toBeVisible();
	for (let index = 0; index < 4; index += 1) {
		await page.keyboard.press('z');
	}
	await expect(row(page, 3)).not.toContainText('Honestly');
	await page.reload();
	await page.waitForLoadState('networkidle');
	await row(page, 0).focus();
	await page.keyboard.press('Shift+Z');
	await expect(row(page, 3)).toContainText('Honestly: The hallway');

	// Give a turn to somebody else, and back.
	await row(page, 3).focus();
	await page.keyboard.press('2');
	await expect(row(page, 3)).toContainText('Voice B');
	await page.keyboard.press('1');
	await expect(row(page, 3)).toContainText('Voice A');

	// What must not be read is hidden by one key each.
	await page.keyboard.press('r');
	for (let index = 0; index < 12; index += 1) {
		if (await page.getByText('No suggestion waits').isVisible()) {
			break;
		}
		await page.keyboard.press('y');
		await page.waitForTimeout(150);
	}
	await expect(page.getByText('No suggestion waits')).toBeVisible();
	await expect(page.locator('mark.accepted').first()).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: 'Checked: let coders in' }).click();
	await expect(page.getByText('0 excerpts')).toBeVisible();
	await expect(page.getByText('218-555-0142')).toHaveCount(0);
	expect(await page.content()).not.toMatch(/0142|Halvorsen|Zorba/);

	// Excerpts: one turn as it is, and words across turns.
	await page.waitForLoadState('networkidle');
	await row(page, 3).focus();
	await page.keyboard.press('e');
	await expect(page.getByText('1 excerpt', { exact: true })).toBeVisible();
	await row(page, 1).focus();
	await page.keyboard.press('[');
	await page.keyboard.press('ArrowDown');
	await expect(row(page, 2)).toBeFocused();
	await page.keyboard.press(']');
	await expect(page.getByText('2 excerpts')).toBeVisible();
	await expect(page.locator('mark.excerpt')).not.toHaveCount(0);
	await expectNoAxeViolations(page);
	await row(page, 3).focus();
	await row(page, 3).getByRole('button', { name: 'Take the excerpt back' }).click();
	await expect(page.getByText('1 excerpt', { exact: true })).toBeVisible();

	// A coder who was not there marks another in it, and is not told who said what.
	const { pathname } = new URL(page.url());
	await page.context().clearCookies();
	await signIn(page, /^coder/i);
	await page.goto(`${team}/coding`);
	await page.getByRole('link', { name: 'Checked transcripts' }).click();
	await expectNoAxeViolations(page);
	await page.locator(`a[href="${pathname}"]`).click();
	await page.waitForLoadState('networkidle');
	await expect(row(page, 3)).toContainText('Participant');
	await expect(page.getByText('Voice A')).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Edit again' })).toHaveCount(0);
	await row(page, 3).focus();
	await page.keyboard.press('e');
	await expect(page.getByText('2 excerpts')).toBeVisible();
	await expectNoAxeViolations(page);
});

test('a transcript is deleted in a second step that says what rests on it', async ({ page }) => {
	const base = await openSession(page);
	await takeTalk(page, base);
	const { pathname } = new URL(page.url());
	await page.goto(base);
	const removal = page.locator(`a[href="${pathname}/remove"]`);
	await removal.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete this transcript?');
	await expect(page.getByText('4 turns')).toBeVisible();
	await expect(page.getByText('0 excerpts', { exact: true })).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'Keep it' }).click();
	await expect(removal).toBeVisible();
	await removal.click();
	await page.getByRole('button', { name: 'Yes, delete it for good' }).click();
	await expect(page.getByText('The transcript is deleted')).toBeVisible();
	await expect(removal).toHaveCount(0);

	// One that excerpts rest on says so, and has no button.
	const { used, excerpts } = await findUsed(page, base);
	await page.goto(used);
	await expect(page.getByText(`${excerpts} excerpts`, { exact: true })).toBeVisible();
	await expect(page.getByText(/cannot be deleted while excerpts rest on it/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Yes, delete it for good' })).toHaveCount(0);
	await expectNoAxeViolations(page);
});

test('what is not saved yet survives a lost network and a reload', async ({ page }) => {
	const base = await openSession(page);
	await takeTalk(page, base);
	await page.route('**/edits', (route) => route.abort());
	await row(page, 3).focus();
	await page.keyboard.press('u');
	await expect(page.getByText(/^1 change is not saved yet/)).toBeVisible();
	await expect(row(page, 3).getByText('unclear', { exact: true })).toBeVisible();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+Home');
	await page.keyboard.type('Well, ');
	await page.reload();
	await page.unroute('**/edits');
	await expect(page.getByLabel('Words of this turn')).toHaveValue(/^Well, The hallway/, {
		timeout: 40_000,
	});
	await expect(page.getByText('Everything is saved.')).toBeVisible({ timeout: 40_000 });
	await page.getByLabel('Words of this turn').press('Enter');
	await expect(page.getByText('Everything is saved.')).toBeVisible();
	await page.reload();
	await expect(row(page, 3)).toContainText('Well, The hallway');
	await expect(row(page, 3).getByText('unclear', { exact: true })).toBeVisible();
});

test('two people who change one turn see both, and one decides', async ({ page, context }) => {
	const base = await openSession(page);
	await takeTalk(page, base);
	const other = await context.newPage();
	await other.goto(page.url());
	await other.waitForLoadState('networkidle');
	await row(other, 3).focus();
	await other.keyboard.press('Enter');
	await other.keyboard.type(' Theirs.');
	await other.keyboard.press('Enter');
	await expect(other.getByText('Everything is saved.')).toBeVisible();
	await row(page, 3).focus();
	await page.keyboard.press('Enter');
	await page.keyboard.type(' Mine.');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Somebody else changed this turn meanwhile')).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: 'Put mine in' }).click();
	await expect(page.getByText('Everything is saved.')).toBeVisible();
	await page.reload();
	await expect(row(page, 3)).toContainText('there. Mine.');
});

test('the data steward reads what was hidden; nobody else does', async ({ page }) => {
	const base = await openSession(page);
	await takeTalk(page, base);
	await row(page, 0).focus();
	await page.keyboard.press('r');
	await page.keyboard.press('y');
	await expect(page.getByText('Everything is saved.')).toBeVisible();
	expect((await page.goto(`${team}/redactions`))?.status()).toBe(403);
	await signIn(page, /^data steward/i);
	await page.goto(`${team}/redactions`);
	await expect(page.getByRole('rowheader').first()).toBeVisible();
	await expectNoAxeViolations(page);
	const many = await page.getByRole('button', { name: /^Show again/ }).count();
	await page
		.getByRole('button', { name: /^Show again/ })
		.first()
		.click();
	await expect(page.getByRole('button', { name: /^Show again/ })).toHaveCount(many - 1);
	expect((await page.goto(base))?.status()).toBeGreaterThanOrEqual(403);
});

test('Arabic and Chinese turns run their own way', async ({ page }) => {
	const base = await openSession(page);
	const buffer = await readFile(join(samples, 'arabic-chinese.vtt'));
	await look(page, base, { name: 'arabic-chinese.vtt', buffer });
	const language = page.getByLabel('Language spoken');
	const codes = await language
		.locator('option')
		.evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
	await language.selectOption(codes.includes('ar') ? 'ar' : (codes[0] ?? 'en'));
	await page.getByRole('button', { name: 'Take it in as a draft' }).click();
	await expect(page.getByRole('heading', { level: 1, name: /^Transcript of/ })).toBeVisible();
	const words = row(page, 0).locator('p');
	await expect(words).toHaveAttribute('dir', codes.includes('ar') ? 'rtl' : 'ltr');
	await expectNoAxeViolations(page);
});
