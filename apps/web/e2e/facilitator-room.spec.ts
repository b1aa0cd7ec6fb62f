import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesWith } from './files-with.ts';
import { expect, expectNoAxeViolations, test } from './support.ts';
import {
	agree,
	begin,
	finish,
	openLink,
	PASSPHRASE,
	prepare,
	setUp,
	signIn,
	step,
	team,
	unlock,
	write,
} from './tablet.ts';

test.describe.configure({ timeout: 240_000 });
// A tablet held upright, at arm's length.
test.use({ viewport: { width: 810, height: 1080 }, actionTimeout: 20_000 });

test('one missing permission makes it notes only, in the same calm words for everybody', async ({
	page,
}) => {
	const sessionId = await setUp(page);
	await expectNoAxeViolations(page);
	await openLink(page, sessionId).click();
	await prepare(page);
	await expectNoAxeViolations(page);
	await agree(page);
	await expect(page.getByText('This session: sound and notes')).toBeVisible();

	await page.getByText('Seat by seat').click();
	const seat = page.getByRole('region', { name: 'Voice B' });
	const letter = seat.getByRole('group', { name: /guardian/ });
	await letter.getByRole('button', { name: /^Recorded/ }).click();
	await page.getByText('Seat by seat').click();
	await expect(page.getByText('This session: notes only')).toBeVisible();
	const words = await page.getByRole('main').innerText();
	expect(words).toContain('Today we take notes only.');
	expect(words).not.toContain('Voice B');
	await page.getByLabel('Español').check();
	await expect(page.getByText(/Hoy solo tomamos notas/)).toBeVisible();
	await expect(page.getByText(/Nos gustaría grabar/)).toHaveAttribute('lang', 'es');
	await expectNoAxeViolations(page);

	await begin(page);
	await expect(page.getByText('This session: notes only')).toBeVisible();
	await expect(page.getByRole('button', { name: /record/i })).toHaveCount(0);
	await expectNoAxeViolations(page);
});

test('a step that is missing needs a reason, which is kept', async ({ page }) => {
	const sessionId = await setUp(page);
	await openLink(page, sessionId).click();
	await step(page, '2 Consent').click();
	await expect(page.getByText('The words were not read aloud yet.')).toBeVisible();
	await page.getByRole('button', { name: 'Begin the session' }).click();
	await expect(page.getByText(/^Error: Write the reason|Write the reason/)).toBeVisible();
	await page
		.getByRole('textbox', { name: /To begin without this/ })
		.fill('The interpreter comes later.');
	await page.getByRole('button', { name: 'Begin the session' }).click();
	await expect(page.getByRole('button', { name: 'Next prompt' })).toBeVisible();
	await step(page, '5 Close').click();
	await expect(page.getByLabel('Where the session left its guide')).toHaveValue(
		/The interpreter comes later\.$/,
	);
});

test('after one visit a session is run without a network, and everything arrives once', async ({
	page,
	context,
}) => {
	const sessionId = await setUp(page);
	await context.setOffline(true);
	await page.reload();
	await unlock(page);
	await expect(page.getByRole('banner').getByText('Ready offline')).toBeVisible();
	await openLink(page, sessionId).click();
	await prepare(page);
	await agree(page);
	await begin(page);

	await write(page, 'The halls are loud after lunch.');
	await page.getByRole('checkbox', { name: 'Exact words' }).check();
	await write(page, 'I take the long way round.');
	await page.getByRole('button', { name: 'Next prompt' }).click();
	await page.getByLabel('What is said').fill('Half a note, when the tablet dies');
	await expect(page.getByText(/Saved on the tablet at/)).toBeVisible({ timeout: 15_000 });
	await page.reload();
	await unlock(page);
	await expect(page.getByLabel('What is said')).toHaveValue('Half a note, when the tablet dies');
	await page.getByRole('button', { name: 'Next note' }).click();
	await expect(page.getByText(/steps are not sent yet/)).toBeVisible();
	await step(page, '3 Counts').click();
	await page.getByRole('button', { name: 'One more: Grades 9 and 10' }).click();
	await finish(page);
	await expectNoAxeViolations(page);

	await context.setOffline(false);
	// By itself, as soon as the network is back.
	await expect(page.getByText('Everything is sent.')).toBeVisible({ timeout: 70_000 });

	// What arrived, as the transcript made of the notes has it.
	const session = await page.evaluate(async (id) => {
		const of = async (path: string, init?: RequestInit) => {
			const response = await fetch(path, init);
			return (await response.json()) as Record<string, unknown>;
		};
		const { engagements } = (await of('/api/session')) as { engagements: { id: string }[] };
		const base = `/api/engagements/${engagements[0]?.id}/dialogs/${id}`;
		const headers = { 'content-type': 'application/json' };
		const made = await of(`${base}/transcripts/notes`, { method: 'POST', headers, body: '{}' });
		const turns = await of(`${base}/transcripts/${String(made['transcriptId'])}/turns`);
		return { turns: JSON.stringify(turns), session: JSON.stringify(await of(base)) };
	}, sessionId);
	for (const words of [
		'The halls are loud after lunch.',
		'I take the long way round.',
		'Half a note, when the tablet dies',
	]) {
		expect(session.turns.split(words)).toHaveLength(2);
	}
	expect(session.session).toContain('"held"');
});

test('what was just said is deleted, and can be taken back for ten seconds', async ({ page }) => {
	const sessionId = await setUp(page);
	await openLink(page, sessionId).click();
	await prepare(page);
	await agree(page);
	await begin(page);
	await write(page, 'Somebody said a name.');
	await page.getByRole('button', { name: 'Delete what was just said' }).click();
	await page.getByRole('button', { name: 'Delete the last 60 seconds' }).click();
	await expect(page.getByText('Somebody said a name.')).toHaveCount(0);
	await page.getByRole('button', { name: /^Take it back/ }).click();
	await expect(page.getByText('Somebody said a name.')).toBeVisible();
	await page.getByRole('button', { name: 'Delete what was just said' }).click();
	await page.getByRole('button', { name: 'Delete the last 60 seconds' }).click();
	await expect(page.getByRole('button', { name: /^Take it back/ })).toHaveCount(0, {
		timeout: 20_000,
	});
	await expect(page.getByText('Somebody said a name.')).toHaveCount(0);
});

test('seats are marked by key, the tablet is passed on, a pause stops the note', async ({
	page,
}) => {
	const sessionId = await setUp(page);
	await openLink(page, sessionId).click();
	await prepare(page);
	await agree(page);
	await begin(page);
	const seats = page.getByRole('region', { name: 'Who speaks' });
	await seats.focus();
	await page.keyboard.press('2');
	await expect(seats.getByRole('button', { name: /^Voice B/ })).toHaveAttribute(
		'aria-pressed',
		'true',
	);
	await page.keyboard.press('0');
	await expect(seats.getByRole('button', { name: /^You/ })).toHaveAttribute('aria-pressed', 'true');
	await seats.getByLabel('Use single keys here').uncheck();
	await seats.focus();
	await page.keyboard.press('1');
	await expect(seats.getByRole('button', { name: /^Voice A/ })).toHaveAttribute(
		'aria-pressed',
		'false',
	);

	await page.getByRole('button', { name: 'Pass the tablet' }).click();
	const passed = page.getByRole('dialog', { name: 'Pass the tablet' });
	await expect(passed.getByText(/Who or what makes a place/)).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: 'Take the tablet back' }).click();
	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(page.getByLabel('What is said')).toBeDisabled();
	await page.getByRole('button', { name: 'Go on', exact: true }).click();
	await expect(page.getByLabel('What is said')).toBeEnabled();
});

test('every button is large and apart, every text readable at arm’s length', async ({ page }) => {
	const sessionId = await setUp(page);
	await openLink(page, sessionId).click();
	await prepare(page);
	await agree(page);
	await begin(page);
	for (const name of ['1 Before', '2 Consent', '3 Counts', '4 The room', '5 Close']) {
		await step(page, name).click();
		const small = await page.evaluate(() => {
			const shown = [...document.querySelectorAll<HTMLElement>('main *, header *')].filter(
				(element) => element.checkVisibility(),
			);
			const buttons = shown
				.filter((element) => element.matches('button, a[href]'))
				.filter((element) => element.getBoundingClientRect().height < 64)
				.map((element) => `${element.innerText}: ${element.getBoundingClientRect().height}px`);
			const texts = shown
				.filter((element) =>
					[...element.childNodes].some(
						({ nodeType, nodeValue }) =>
							nodeType === Node.TEXT_NODE && (nodeValue ?? '').trim() !== '',
					),
				)
				.filter((element) => parseFloat(getComputedStyle(element).fontSize) < 20)
				.map((element) => `${element.innerText}: ${getComputedStyle(element).fontSize}`);
			return [...buttons, ...texts];
		});
		expect(small, name).toEqual([]);
	}
});

test('from opening the app to a session that runs: four taps, consent included', async ({
	page,
}) => {
	const sessionId = await setUp(page, 'Tablet 4', 5);
	await openLink(page, sessionId).click();
	await prepare(page);
	// What was pressed last is on the tablet before the app is closed.
	await expect(page.getByText('Everything is sent.')).toBeVisible();
	// The day of the session: the app is opened anew.
	await page.goto('/dialogs/');
	const startsAt = await page.evaluate(async (id) => {
		const { engagements } = await (await fetch('/api/session')).json();
		const answer = await fetch(`/api/engagements/${engagements[0].id}/own-dialogs`);
		const { sessions } = await answer.json();
		return String(sessions.find((session: { id: string }) => session.id === id)?.startsAt);
	}, sessionId);
	await page.clock.setSystemTime(new Date(Date.parse(startsAt) - 300_000));
	let taps = 0;
	await page.exposeFunction('countTap', () => {
		taps += 1;
	});
	await page.addInitScript(() => {
		const count: unknown = Reflect.get(window, 'countTap');
		if (typeof count === 'function') {
			window.addEventListener('click', (event) => event.isTrusted && count(), true);
		}
	});
	await page.reload();
	await page.getByLabel('Passphrase').fill(PASSPHRASE);
	await page.getByRole('button', { name: 'Unlock' }).click();
	await page.getByRole('checkbox', { name: /^Read aloud, and said/ }).check();
	await page.getByRole('button', { name: /say yes to everything$/ }).click();
	await begin(page);
	await expect(page.getByText('This session: sound and notes')).toBeVisible();
	// The fifth checks the microphone, the sixth is Record.
	expect(taps).toBe(4);
	await expect(page.getByRole('button', { name: /microphone/i })).toBeVisible();
});

test('a safety flag goes to the named adult, and the tablet keeps no copy', async ({ page }) => {
	const sessionId = await setUp(page);
	await openLink(page, sessionId).click();
	await prepare(page);
	await agree(page);
	await begin(page);
	await page.getByRole('button', { name: 'Somebody needs an adult today' }).click();
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: 'Hand it over' }).click();
	await expect(page.getByText('Write in a few words what the adult needs to know.')).toBeVisible();
	await page.getByLabel('What they need to know').fill('CANARY-88 waits for you in room two.');
	await page.getByRole('button', { name: 'Hand it over' }).click();
	await expect(page.getByText('1 flag was handed over.')).toBeVisible();
	await expect(page.getByText('Everything is sent.')).toBeVisible();
	expect(await page.content()).not.toContain('CANARY-88');

	await signIn(page, /^safety responder/i);
	await page.goto(`${team}/safety`);
	await expect(page.getByText('CANARY-88 waits for you in room two.')).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: 'I have read this' }).click();
	await expect(page.getByText(/Seen/)).toBeVisible();
	await page.getByRole('button', { name: 'It is taken care of' }).click();
	await expect(page.getByText(/Closed/)).toBeVisible();
});

test('a revoked tablet sends nothing more, and what it holds is gone', async ({
	page,
	context,
}) => {
	const sessionId = await setUp(page, 'Tablet to lose');
	await openLink(page, sessionId).click();
	await prepare(page);
	await agree(page);
	await begin(page);
	await expect(page.getByText('Everything is sent.')).toBeVisible();

	const office = await context.browser()?.newContext();
	const admin = await office?.newPage();
	if (!office || !admin) {
		throw new Error('A second browser context is needed.');
	}
	await signInAt(admin, page.url(), /^administrator/i);
	await admin.goto(new URL(`${team}/devices`, page.url()).href);
	await expectNoAxeViolations(admin);
	await admin.getByRole('button', { name: 'Revoke Tablet to lose' }).click();
	await expect(admin.getByText('Tablet to lose is revoked')).toBeVisible();
	await office.close();

	const answer = page.waitForResponse((response) => response.url().endsWith('/sync'));
	await page.getByLabel('What is said').fill('Never sent.');
	await page.getByRole('button', { name: 'Next note' }).click();
	expect((await answer).status()).toBe(401);
	await expect(page.getByText('This tablet was taken out of use')).toBeVisible();
	const left = await page.evaluate(async () => {
		const open = indexedDB.open('throughline-device');
		const db = await new Promise<IDBDatabase>((found) => {
			open.onsuccess = () => found(open.result);
		});
		const counts = [...db.objectStoreNames].map(
			(name) =>
				new Promise<number>((found) => {
					const count = db.transaction(name).objectStore(name).count();
					count.onsuccess = () => found(count.result);
				}),
		);
		return (await Promise.all(counts)).reduce((sum, n) => sum + n, 0);
	});
	expect(left).toBe(0);
});

async function signInAt(page: Page, url: string, role: RegExp): Promise<void> {
	await page.goto(new URL('/sign-in', url).href);
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

test('no word that was written can be read from the browser’s files', async ({ server }) => {
	const profile = await mkdtemp(join(tmpdir(), 'throughline-profile-'));
	const phrase = 'Heliotrope lockers 4471';
	let context: BrowserContext | undefined;
	try {
		context = await chromium.launchPersistentContext(profile, {
			...test.info().project.use.launchOptions,
			baseURL: server.origin,
			viewport: { width: 810, height: 1080 },
		});
		const page = await context.newPage();
		const sessionId = await setUp(page);
		await context.setOffline(true);
		await openLink(page, sessionId).click();
		await prepare(page);
		await agree(page);
		await begin(page);
		await write(page, phrase);
		await expect(page.getByText(/steps are not sent yet/)).toBeVisible();
		await context.close();

		const found = await filesWith(profile, [phrase, PASSPHRASE]);
		expect(found.hits).toEqual([]);
		// The control: something that does lie there in the clear is found.
		expect((await filesWith(profile, ['throughline-device'])).hits.length).toBeGreaterThan(0);
	} finally {
		await rm(profile, { recursive: true, force: true });
	}
});
