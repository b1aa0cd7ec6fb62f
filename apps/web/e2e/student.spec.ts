import type { BrowserContext, Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { expect, expectNoAxeViolations, test, watchForeignRequests } from './support.ts';

/** Answers that were typed, to look for where they must not be. */
const CANARY = 'Longer lunch, CANARY-7319, and quieter halls.';
const MAX_PAGE_BYTES = 14 * 1024;

test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let unused: { url: string; code: string }[] = [];

/**
 * A link and a code nobody has used yet. The first ones are of a high school; in middle schools
 * nobody is asked to write.
 */
async function nextSlip(
	server: { addresses(): Promise<{ studentLinks: typeof unused }> },
	{ isWriting = false } = {},
) {
	if (unused.length === 0) {
		unused = [...(await server.addresses()).studentLinks];
	}
	const slip = isWriting ? unused.shift() : unused.pop();
	if (slip === undefined) {
		throw new Error('The sample has no unused code left: each journey takes one.');
	}
	return { link: new URL(slip.url).pathname, code: slip.code };
}

type Slip = Awaited<ReturnType<typeof nextSlip>>;

const continueButton = (page: Page) => page.locator('main form button.primary');

async function start(page: Page, slip: Slip, query = ''): Promise<void> {
	await page.goto(slip.link + query);
	await page.locator('#code').fill(slip.code);
	await continueButton(page).click();
	await expect(page).toHaveURL(/\/notice$/);
}

/** Answers the page that is shown, whatever it asks; the second choice of several. */
async function answerPage(page: Page): Promise<void> {
	const choices = page.locator('main label:has(input)');
	if ((await choices.count()) > 1) {
		await choices.nth(1).click();
	} else if (await page.locator('textarea').isVisible()) {
		await page.locator('textarea').fill(CANARY);
	}
	await continueButton(page).click();
}

/** Goes on from where the student is until the check page, looking at every page on the way. */
async function walk(page: Page, look: () => Promise<void> = async () => {}): Promise<number> {
	let pages = 0;
	while (!page.url().endsWith('/check')) {
		await look();
		await answerPage(page);
		pages += 1;
		expect(pages, `the survey goes round at ${page.url()}`).toBeLessThan(60);
	}
	await look();
	return pages;
}

/** What a page is made of: pages of one kind differ in their words alone. */
async function kindOf(page: Page): Promise<string> {
	const step = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	if (['notice', 'check'].includes(step) || step.startsWith('section-')) {
		return step.replace(/-.*/, '');
	}
	const isSensitive = (await page.getByRole('link', { name: 'Leave this page fast' }).count()) > 0;
	const choice = page.locator('main label input').first();
	const type = (await choice.count()) > 0 ? await choice.getAttribute('type') : 'text';
	return `${isSensitive ? 'sensitive ' : ''}${type}`;
}

/** Counts what the page asked the server for, by kind. */
function countRequests(page: Page): () => Record<string, number> {
	const kinds: Record<string, number> = {};
	page.on('request', (request) => {
		kinds[request.resourceType()] = (kinds[request.resourceType()] ?? 0) + 1;
	});
	return () => kinds;
}

async function cookies(context: BrowserContext) {
	return await context.cookies();
}

test('answers the whole survey in English, the code typed, every page light and accessible', async ({
	page,
	context,
	server,
}) => {
	test.setTimeout(240_000);
	const slip = await nextSlip(server, { isWriting: true });
	const foreign = watchForeignRequests(page, server.origin);
	const requests = countRequests(page);
	const heavy: string[] = [];
	page.on('response', async (response) => {
		if (response.request().resourceType() === 'document' && response.status() === 200) {
			const size = gzipSync(await response.body()).length;
			if (size > MAX_PAGE_BYTES) {
				heavy.push(`${response.url()}: ${size}`);
			}
		}
	});

	await page.goto(slip.link);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Your School, Your Safety, Your Say',
	);
	await expectNoAxeViolations(page);
	await page.getByLabel('Your code').fill(slip.code.toLowerCase().replaceAll('-', ' '));
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Before you start');
	await expect(page.getByText(`Your code: ${slip.code}`)).toBeVisible();

	const [cookie, ...others] = await cookies(context);
	expect(others).toEqual([]);
	expect(cookie).toMatchObject({ path: '/s', httpOnly: true, sameSite: 'Lax' });

	const titles: string[] = [];
	const kinds = new Set<string>();
	await walk(page, async () => {
		await expect(page.locator('h1')).toHaveCount(1);
		titles.push(await page.title());
		const kind = await kindOf(page);
		if (!kinds.has(kind)) {
			kinds.add(kind);
			await expectNoAxeViolations(page);
		}
	});
	expect([...kinds].toSorted()).toEqual([
		'check',
		'checkbox',
		'notice',
		'radio',
		'section',
		'sensitive checkbox',
		'sensitive radio',
		'sensitive text',
	]);
	expect(titles.some((title) => /^Question 3 of (at most )?\d+ – Your School/.test(title))).toBe(
		true,
	);

	await expect(page.getByText(CANARY).first()).toBeVisible();
	await page.getByRole('button', { name: 'Finish' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('We got your answers');
	await expectNoAxeViolations(page);

	expect(await cookies(context)).toEqual([]);
	expect(requests()['script'] ?? 0).toBe(0);
	expect(foreign()).toEqual([]);
	expect(heavy).toEqual([]);

	await page.goBack();
	await expect(page.getByText('You are signed out')).toBeVisible();
	await expect(page.getByText('CANARY')).toHaveCount(0);
	await page.goto(`${slip.link}/check`);
	await expect(page.getByText('You are signed out')).toBeVisible();

	await page.getByLabel('Your code').fill(slip.code);
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByRole('alert')).toContainText('Each code works once');
	await expect(page).toHaveTitle(/^Error: /);
});

test('answers in Spanish', async ({ page, server }) => {
	const slip = await nextSlip(server);
	await page.goto(slip.link);
	await page.getByLabel('Your code').fill(slip.code);
	await page.getByRole('button', { name: 'Español' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'es');
	await expect(page.getByLabel('Tu código')).toHaveValue(slip.code);
	await page.getByRole('button', { name: 'Continuar' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Antes de empezar');
	await walk(page);
	await page.getByRole('button', { name: 'Terminar' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recibimos tus respuestas');
	await expect(page.locator('html')).toHaveAttribute('lang', 'es');
});

test('answers in Arabic, from right to left', async ({ page, server }) => {
	await start(page, await nextSlip(server), '?lang=ar');
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	let isChecked = false;
	await walk(page, async () => {
		await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
		if (!isChecked && (await page.locator('input[type=radio]').count()) > 0) {
			isChecked = true;
			const radio = await page.locator('input[type=radio]').first().boundingBox();
			const words = await page.locator('label:has(input[type=radio]) span').first().boundingBox();
			expect(radio?.x ?? 0).toBeGreaterThan(words?.x ?? Infinity);
			await expectNoAxeViolations(page);
		}
	});
	expect(isChecked).toBe(true);
	await expectNoAxeViolations(page);
	await continueButton(page).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('وصلتنا إجاباتك');
	await expectNoAxeViolations(page);
});

test('is told what is wrong, gets everything typed back, and goes on', async ({ page, server }) => {
	const slip = await nextSlip(server, { isWriting: true });
	await page.goto(slip.link);
	await page.getByLabel('Your code').fill('K7QM-2XH9');
	await continueButton(page).click();
	const alert = page.getByRole('alert');
	await expect(alert).toContainText('This is not a code');
	await expect(alert).toBeFocused();
	await expect(page.getByLabel('Your code')).toHaveValue('K7QM-2XH9');
	await expectNoAxeViolations(page);
	await alert.getByRole('link').click();
	await expect(page.getByLabel('Your code')).toBeFocused();
	// One wrong letter is another mistake than too few of them.
	const wrong = slip.code.endsWith('2') ? '3' : '2';
	await page.getByLabel('Your code').fill(slip.code.slice(0, -1) + wrong);
	await continueButton(page).click();
	await expect(alert).toContainText('There is a mistake in this code');
	await page.getByLabel('Your code').fill('');
	await continueButton(page).click();
	await expect(alert).toContainText('Type the code that is on your slip');
	await page.getByLabel('Your code').fill(slip.code);
	await continueButton(page).click();
	await continueButton(page).click();

	await continueButton(page).click();
	await expect(alert).toContainText('Select an answer, or select “Prefer not to say”');
	await expect(page).toHaveTitle(/^Error: Question 1 of/);
	await expectNoAxeViolations(page);
	await page.getByLabel('Agree', { exact: true }).check();
	await continueButton(page).click();

	await page.getByLabel('Nowhere').check();
	await page.getByLabel('Hallways').check();
	await continueButton(page).click();
	await expect(alert).toContainText('You selected “Nowhere” and other answers too');
	await expect(page.getByLabel('Hallways')).toBeChecked();
	await expectNoAxeViolations(page);
	await page.getByLabel('Nowhere').uncheck();
	await continueButton(page).click();

	while (!(await page.locator('textarea').isVisible())) {
		await answerPage(page);
	}
	await page.locator('textarea').fill('Short and kept.');
	await continueButton(page).click();
	await page.getByRole('link', { name: 'Back', exact: true }).click();
	const long = 'I feel safe & <b>seen</b>. '.repeat(3704).slice(0, 100_000);
	await page.locator('textarea').fill(long);
	await continueButton(page).click();
	await expect(alert).toContainText(
		'Your answer has 100,000 characters. It can have 1,500 at most.',
	);
	await expect(page.locator('textarea')).toHaveValue(long);
	await expectNoAxeViolations(page);
	await page.goto(page.url());
	await expect(page.locator('textarea')).toHaveValue('Short and kept.');
});

test('goes on where they stopped, on another device, with the code alone', async ({
	page,
	browser,
	server,
}) => {
	const slip = await nextSlip(server);
	await start(page, slip);
	await continueButton(page).click();
	await page.getByLabel('Disagree', { exact: true }).check();
	await continueButton(page).click();
	const here = page.url();

	const device = await browser.newContext({ javaScriptEnabled: false, baseURL: server.origin });
	const other = await device.newPage();
	await other.goto(slip.link);
	await other.getByLabel('Your code').fill(slip.code);
	await continueButton(other).click();
	await expect(other).toHaveURL(here);
	await other.getByRole('link', { name: 'Back', exact: true }).click();
	await expect(other.getByLabel('Disagree', { exact: true })).toBeChecked();
	await device.close();
});

test('goes back, by the link and by the browser, and finds every answer', async ({
	page,
	server,
}) => {
	await start(page, await nextSlip(server));
	await continueButton(page).click();
	await page.getByLabel('Strongly agree').check();
	await continueButton(page).click();
	await page.getByLabel('Bathrooms').check();
	await continueButton(page).click();
	await page.goBack();
	await expect(page.getByLabel('Bathrooms')).toBeChecked();
	await page.getByRole('link', { name: 'Back', exact: true }).click();
	await expect(page.getByLabel('Strongly agree')).toBeChecked();
	await page.reload();
	await expect(page.getByLabel('Strongly agree')).toBeChecked();
});

test('switches the language in the middle and keeps what was typed', async ({ page, server }) => {
	await start(page, await nextSlip(server, { isWriting: true }));
	while (!(await page.locator('textarea').isVisible())) {
		await answerPage(page);
	}
	await page.locator('textarea').fill('Half a thought');
	await page.getByRole('button', { name: 'العربية' }).click();
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect(page.locator('textarea')).toHaveValue('Half a thought');
	await page.getByRole('button', { name: 'English' }).click();
	await expect(page.locator('textarea')).toHaveValue('Half a thought');
});

test('changes one answer from the check page and comes back there', async ({ page, server }) => {
	await start(page, await nextSlip(server));
	await walk(page);
	await page.getByRole('link', { name: /^Change your answer to: On a usual day/ }).click();
	await page.getByLabel('Prefer not to say').check();
	await continueButton(page).click();
	await expect(page).toHaveURL(/\/check$/);
	await expect(page.locator('.answer').first()).toContainText('Prefer not to say');
});

test('leaves fast from a sensitive page: signed out, and Back shows nothing', async ({
	page,
	context,
	server,
}) => {
	await context.route('https://www.weather.gov/**', (route) =>
		route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><h1>Weather</h1>' }),
	);
	await start(page, await nextSlip(server));
	await expect(page.getByRole('link', { name: 'Leave this page fast' })).toHaveCount(0);
	while (!page.url().includes('/section-')) {
		await answerPage(page);
	}
	await expect(page.getByRole('link', { name: 'Get support: call or text 988' })).toHaveAttribute(
		'href',
		'tel:988',
	);
	await expect(page.getByRole('button', { name: 'Skip this section' })).toBeVisible();
	await continueButton(page).click();
	await page.getByRole('link', { name: 'Leave this page fast' }).click();
	await expect(page).toHaveTitle('Weather');
	expect(await cookies(context)).toEqual([]);
	await page.goBack();
	await expect(page.getByText('You are signed out')).toBeVisible();
});

test('was away too long: what is on the page is sent with the code, not lost', async ({
	page,
	context,
	server,
}) => {
	const slip = await nextSlip(server, { isWriting: true });
	await start(page, slip);
	while (!(await page.locator('textarea').isVisible())) {
		await answerPage(page);
	}
	const here = page.url();
	await page.locator('textarea').fill(CANARY);
	await context.clearCookies();
	await continueButton(page).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Type your code to send this answer',
	);
	await expectNoAxeViolations(page);
	await page.getByLabel('Your code').fill('wrong');
	await continueButton(page).click();
	await expect(page.getByRole('alert')).toContainText('This is not a code');
	await page.getByLabel('Your code').fill(slip.code);
	await continueButton(page).click();
	await expect(page).not.toHaveURL(here);
	await page.goto(here);
	await expect(page.locator('textarea')).toHaveValue(CANARY);
});

test('answers with the keyboard alone', async ({ page, server }) => {
	const slip = await nextSlip(server);
	const focused = (selector: string) => page.locator(`${selector}:focus`);
	const tabTo = async (selector: string) => {
		for (let presses = 0; presses < 40; presses += 1) {
			await page.keyboard.press('Tab');
			if ((await focused(selector).count()) > 0) {
				return;
			}
		}
		throw new Error(`${selector} cannot be reached with Tab at ${page.url()}`);
	};
	await page.goto(slip.link);
	await tabTo('#code');
	await page.keyboard.type(slip.code);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/notice$/);
	let pages = 0;
	while (!page.url().endsWith('/check')) {
		const before = page.url();
		const options = page.locator('main input[name=answer]');
		if ((await options.count()) > 1) {
			await tabTo('main input[name=answer]');
			await page.keyboard.press('Space');
			await expect(focused('main input[name=answer]')).toBeChecked();
		} else if (await page.locator('textarea').isVisible()) {
			await tabTo('textarea');
			await page.keyboard.type('By keyboard.');
		}
		await tabTo('main form button.primary');
		await page.keyboard.press('Enter');
		await expect(page).not.toHaveURL(before);
		pages += 1;
		expect(pages).toBeLessThan(60);
	}
	await tabTo('main form button.primary');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('We got your answers');
});

test('has large enough targets, and no sideways scrolling at 320 pixels', async ({
	page,
	server,
}) => {
	await page.setViewportSize({ width: 320, height: 568 });
	await start(page, await nextSlip(server));
	for (let pages = 0; pages < 9; pages += 1) {
		const small = await page.evaluate(() =>
			[...document.querySelectorAll('a, button:not(.visually-hidden), label:has(input)')]
				.filter((element) => element.checkVisibility())
				.map((element) => ({
					text: element.textContent,
					height: element.getBoundingClientRect().height,
				}))
				.filter(({ height }) => height < 44),
		);
		expect(small, page.url()).toEqual([]);
		const wide = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
		);
		expect(wide, page.url()).toBe(0);
		await answerPage(page);
	}
});

test('types the address by hand: large letters lead there, other words are told so', async ({
	page,
	server,
}) => {
	const slip = await nextSlip(server);
	await page.goto(slip.link.replace('follow-up', 'Follow-Up'));
	await expect(page).toHaveURL(slip.link);
	await page.goto('/s?lang=es');
	await page.getByLabel('Última parte de la dirección').fill('mi escuela!');
	await continueButton(page).click();
	await expect(page.getByRole('alert')).toContainText('Escribe lo que está después de «/s/»');
	await expect(page).toHaveTitle('Error: Busca tu encuesta');
	await expect(page.getByLabel('Última parte de la dirección')).toHaveValue('mi escuela!');
	await expectNoAxeViolations(page);
	await page.getByLabel('Última parte de la dirección').fill('nowhere');
	await continueButton(page).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(
		/find this survey|esta encuesta/,
	);
	await expectNoAxeViolations(page);
});

test('whose browser speaks Spanish can have a page in English', async ({ browser, server }) => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		baseURL: server.origin,
		locale: 'es-US',
	});
	const page = await context.newPage();
	await page.goto('/s');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Busca tu encuesta');
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Find your survey');
	const link = new URL((await server.addresses()).studentLinks[0]?.url ?? '').pathname;
	await page.locator('#link').fill(link);
	await continueButton(page).click();
	await expect(page).toHaveURL((url) => url.pathname === link);
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	// A keyboard that writes large letters does not change the language either.
	await page.goto(`/s/${link.slice('/s/'.length).toUpperCase()}?lang=ar`);
	await expect(page).toHaveURL((url) => url.pathname === link);
	await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
	await context.close();
});

test('at twice the size of text nothing scrolls sideways, and paper shows no code', async ({
	page,
	server,
}) => {
	await start(page, await nextSlip(server), '?lang=es');
	const shown = page.getByText(/^Tu código:/);
	await page.emulateMedia({ media: 'print' });
	await expect(shown).toBeHidden();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.emulateMedia({ media: null });
	for (let pages = 0; pages < 9; pages += 1) {
		// As a browser whose letters were made twice as large.
		const wide = await page.evaluate(() => {
			document.documentElement.style.fontSize = '200%';
			return document.documentElement.scrollWidth - document.documentElement.clientWidth;
		});
		expect(wide, page.url()).toBe(0);
		await answerPage(page);
	}
});

test.describe('with script', () => {
	test.use({ javaScriptEnabled: true });

	test('a scanned slip fills in the code, which leaves the address', async ({ page, server }) => {
		const slip = await nextSlip(server);
		await page.goto(`${slip.link}#${slip.code}`);
		await expect(page.getByLabel('Your code')).toHaveValue(slip.code);
		expect(page.url()).not.toContain(slip.code);
		await continueButton(page).click();
		await expect(page).toHaveURL(/\/notice$/);
	});
});

test.describe('raw requests', () => {
	test('a form from another site is refused, other bodies too, missing fields are a blank', async ({
		request,
		server,
	}) => {
		const slip = await nextSlip(server);
		const step = `${slip.link}/S01`;
		// As a browser asks for a page; Kit answers scripts of its own with JSON.
		const browser = { accept: 'text/html', origin: server.origin };
		const headers = { ...browser, cookie: `survey-code=${slip.code}` };
		const post = (body: string, more: Record<string, string>) =>
			request.post(step, { data: body, headers: { ...headers, ...more }, maxRedirects: 0 });
		const form = { 'content-type': 'application/x-www-form-urlencoded' };

		const foreign = await post('answer=4', { ...form, origin: 'https://evil.example' });
		expect(foreign.status()).toBe(403);
		expect((await post('{"answer":"4"}', { 'content-type': 'application/json' })).status()).toBe(
			415,
		);
		expect((await post('answer=4', { 'content-type': 'text/plain' })).status()).toBeGreaterThan(
			399,
		);

		const started = await request.post(slip.link, {
			form: { code: slip.code },
			headers: browser,
			maxRedirects: 0,
		});
		expect(started.status()).toBe(303);
		expect(
			(await request.post(`${slip.link}/notice`, { form: {}, headers, maxRedirects: 0 })).status(),
		).toBe(303);
		expect((await post('', form)).status()).toBe(422);
		const odd = await post('answer=<script>&answer=4', form);
		expect(odd.status()).toBe(422);
		expect(await odd.text()).not.toContain('<script>&');
		expect((await post('answer=%00%EF%BF%BF&answer[]=1&__proto__=x', form)).status()).toBe(422);
		const answered = await post('answer=4', form);
		expect(answered.status()).toBe(303);
		expect(answered.headers()['location']).toBe(`${slip.link}/S02`);
		expect(answered.headers()['set-cookie']).toMatch(/Max-Age=1200.*HttpOnly.*SameSite=Lax/i);
		expect((await request.get(`${slip.link}/NoSuch`, { headers })).status()).toBe(404);
		expect((await request.get('/s/no-such-survey')).status()).toBe(404);
	});
});
