import type { Browser, Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './support.ts';
import type { Running } from './start-throughline.ts';

const slug = 'eng-2026-sro';
const team = `/team/${slug}`;
const SAID = 'What explains it is nobody counts.';

test.use({ serverFor: 'voices' });
test.describe.configure({ timeout: 300_000 });

async function signIn(page: Page, role: RegExp): Promise<void> {
	await page.context().clearCookies();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

/** The engagement's address on the API, for steps that other journeys walk page by page. */
async function apiOf(page: Page): Promise<string> {
	const session = (await (await page.request.get('/api/session')).json()) as {
		engagements: { id: string; slug: string }[];
	};
	return `/api/engagements/${session.engagements.find((own) => own.slug === slug)?.id ?? ''}`;
}

async function send<T>(page: Page, path: string, data: unknown): Promise<T> {
	const response = await page.request.post(path, {
		data,
		headers: { origin: new URL(page.url()).origin },
	});
	expect(response.ok(), await response.text()).toBe(true);
	return (await response.json()) as T; // what the route promises
}

/** A release of the opened window, frozen by a data steward and an administrator. */
async function freeze(page: Page): Promise<void> {
	let id = '';
	for (const role of [/^data steward/i, /^administrator/i]) {
		await signIn(page, role);
		const base = `${await apiOf(page)}/releases`;
		if (id === '') {
			const { windows } = (await (await page.request.get(`${base}/options`)).json()) as {
				windows: { id: string }[];
			};
			const body = { windowId: windows[0]?.id, slug: 'with-voices', title: 'With voices' };
			id = (await send<{ releaseId: string }>(page, base, body)).releaseId;
		}
		const { release } = (await (await page.request.get(`${base}/${id}`)).json()) as {
			release: { doubts: { id: string }[]; problems: unknown[] };
		};
		expect(release.problems).toEqual([]);
		const accepted = release.doubts.map((doubt) => doubt.id);
		await send(page, `${base}/${id}/approvals`, { accepted });
	}
}

async function withoutScript(browser: Browser, server: Running): Promise<Page> {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.origin });
	return await context.newPage();
}

test('words go from the desk to the public, back to their group, and are taken back', async ({
	page,
	browser,
	server,
}) => {
	// A coder sees the prompt and the place, never the seat.
	await signIn(page, /^coder/i);
	await page.goto(`${team}/coding/decided`);
	await expectNoAxeViolations(page);
	await page.locator('main tbody a').first().click();
	await expect(page.getByText(/Dialog session at/)).toBeVisible();
	await expect(page.getByText(/Voice [A-Z]/)).toHaveCount(0);

	// The group reads it first.
	await signIn(page, /^administrator/i);
	const base = await apiOf(page);
	const fairness = (await (await page.request.get(`${base}/fairness`)).json()) as {
		sessions: { id: string; key: string }[];
	};
	const session = fairness.sessions.find(({ key }) => key === 'ds-03')?.id ?? '';
	await page.goto(`${team}/dialogs/fairness`);
	await expectNoAxeViolations(page);
	await page.goto(`${team}/dialogs/${session}/fairness`);
	await expectNoAxeViolations(page);
	await page.goto(`${team}/dialogs/${session}/group`);
	const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
	await page.getByLabel('Open until').fill(until);
	await page.getByRole('button', { name: 'Make a link' }).click();
	const address = await page.getByText(/\/group\//).innerText();
	await expectNoAxeViolations(page);
	const group = await withoutScript(browser, server);
	await group.goto(new URL(address).pathname);
	await expect(group.getByText(SAID).first()).toBeVisible();
	await expectNoAxeViolations(group, { hasScript: false });
	const parts = group.getByRole('region');
	// Each part stands by itself.
	const [above, below] = [await parts.nth(0).boundingBox(), await parts.nth(1).boundingBox()];
	expect((below?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0)).toBeGreaterThanOrEqual(16);
	await parts.nth(0).getByRole('button', { name: 'This is right' }).click();
	await expect(group.getByText('Your group says: this is right.')).toBeVisible();
	await parts.nth(1).getByText('Correct it').click();
	await parts.nth(1).getByLabel('What should it say?').fill('It was every day.');
	await parts.nth(1).getByRole('button', { name: 'Send the correction' }).click();
	await expect(group.getByText(/It was every day/)).toBeVisible();
	const gone = await parts.nth(2).getByRole('blockquote').innerText();
	await parts.nth(2).getByText('Take it back', { exact: true }).click();
	await parts.nth(2).getByRole('button', { name: 'Yes, take it back' }).click();
	await expect(group.getByText(gone)).toHaveCount(0);

	// A finding rests on it, and it is published.
	await signIn(page, /^advisory/i);
	const options = (await (await page.request.get(`${base}/findings/options`)).json()) as {
		quotes: { id: string; card: { text: string } | null }[];
	};
	const quote = options.quotes.find(({ card }) => card?.text === SAID)?.id;
	const finding = await send<{ id: string }>(page, `${base}/findings`, {
		sentence: 'Students ask that somebody looks at who is stopped.',
		minorityView: 'Some said that most adults try.',
		tables: [],
		themeKeys: [],
		quoteIds: [quote],
	});
	await send(page, `${base}/findings/${finding.id}/ready`, { version: 1 });
	await freeze(page);
	await page.goto(`/e/${slug}/r/with-voices/quotes`);
	await expect(page.getByText(SAID).first()).toBeVisible();

	// Whoever said it takes it back, with a slip and without a script.
	const { slip } = await server.addresses();
	const own = await withoutScript(browser, server);
	await own.goto('/withdraw');
	await expectNoAxeViolations(own, { hasScript: false });
	await own.getByLabel('Session code').fill(slip?.session ?? '');
	await own.getByLabel(/slip.s code/).fill('K7QM-2XH9-TPC');
	await own.getByRole('button', { name: 'Continue' }).click();
	await expect(own.getByRole('alert')).toContainText('do not belong together');
	await own.getByLabel(/slip.s code/).fill(slip?.code ?? '');
	await own.getByRole('button', { name: 'Continue' }).click();
	await expectNoAxeViolations(own, { hasScript: false });
	await own.getByLabel(/Everything I said/).check();
	await own.getByRole('button', { name: 'Continue' }).click();
	await expect(own.getByRole('heading', { name: 'This is what will happen' })).toBeVisible();
	await own.getByRole('button', { name: 'Yes, take it back' }).click();
	await expect(own.getByRole('heading', { name: 'It is taken back' })).toBeVisible();

	// It is gone from the public page, and what rests on it is flagged.
	await page.goto(`/e/${slug}/r/with-voices/quotes`);
	await expect(page.getByText(/Taken back by the person who said it/).first()).toBeVisible();
	await expect(page.getByText(SAID)).toHaveCount(0);
	await expectNoAxeViolations(page);
	await signIn(page, /^advisory/i);
	await page.goto(`${team}/findings/${finding.id}`);
	await expect(page.getByText(/Look again/)).toBeVisible();
	await page.getByRole('link', { name: 'Open reviews' }).click();
	await expectNoAxeViolations(page);
	const flag = page.getByRole('article', { name: /somebody looks at who is stopped/ });
	await flag.getByLabel('What came of it').fill('Set back to draft.');
	await flag.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByText('Set back to draft.')).toBeVisible();
});
