import type { Page, Route } from '@playwright/test';
import { rm, writeFile } from 'node:fs/promises';
import { expect, expectNoAxeViolations, test } from './support.ts';
import type { Running } from './start-throughline.ts';

// More students at once than the server takes, and a survey that closes in the middle: what one of
// them sees, and that nothing is lost that was not said to be.

const ANSWER = 'CANARY-4417 <b>quieter</b> halls & "longer" lunch 🙂';

// Its students take codes that other journeys count on.
test.use({
	serverFor: 'students who wait',
	// The clock goes on by fifty days: the survey closes.
	serverSettings: { E2E_CLOCK_STEP: String(50 * 24 * 60) },
	javaScriptEnabled: false,
	viewport: { width: 360, height: 740 },
});
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let taken = 0;

async function nextSlip(server: Running) {
	const slip = (await server.addresses()).studentLinks[taken];
	taken += 1;
	if (slip === undefined) {
		throw new Error('The sample has no unused code left: each journey takes one.');
	}
	return { link: new URL(slip.url).pathname, code: slip.code };
}

/** What the API refuses from now on, as busy: `PUT /api/student`; nothing for null. */
async function refuse(server: Running, pattern: string | null): Promise<void> {
	const file = server.fileIn('refuse');
	await (pattern === null ? rm(file, { force: true }) : writeFile(file, pattern));
}

const button = (page: Page) => page.locator('main form button.primary');

async function start(page: Page, server: Running, query = ''): Promise<void> {
	const { link, code } = await nextSlip(server);
	await page.goto(link + query);
	await page.locator('#code').fill(code);
	await button(page).click();
	await expect(page).toHaveURL(/\/notice$/);
	await button(page).click();
	await expect(page).toHaveURL(/\/S01$/);
}

/** With the code of the student who started last. */
async function signIn(page: Page, server: Running): Promise<void> {
	const code = (await server.addresses()).studentLinks[taken - 1]?.code ?? '';
	await page.locator('#code').fill(code);
	await button(page).click();
}

async function goOn(page: Page): Promise<void> {
	const here = page.url();
	const choices = page.locator('main label:has(input)');
	if ((await choices.count()) > 1) {
		await choices.nth(1).click();
	}
	await button(page).click();
	await expect(page).not.toHaveURL(here);
}

async function goToWriting(page: Page): Promise<void> {
	while (!(await page.locator('textarea').isVisible())) {
		await goOn(page);
	}
}

test.afterEach(async ({ server }) => {
	await refuse(server, null);
});

test('a page that cannot be loaded says so, and opens by itself', async ({ page, server }) => {
	await start(page, server);
	await page.getByLabel('Agree', { exact: true }).check();
	await refuse(server, 'GET /api/student/.*/steps');
	await button(page).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Many people are answering at this moment',
	);
	await expect(page.getByText('what you sent before is saved')).toBeVisible();
	await expect(page.getByText('This page opens by itself in 2 seconds.')).toBeVisible();
	await refuse(server, null);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Where at school');
	await page.goBack();
	await expect(page.getByLabel('Agree', { exact: true })).toBeChecked();
});

test('it stays as it is for as long as the server is busy, in the language of the browser', async ({
	browser,
	server,
}) => {
	const { link, code } = await nextSlip(server);
	const context = await browser.newContext({
		javaScriptEnabled: false,
		baseURL: server.origin,
		locale: 'es-US',
	});
	const page = await context.newPage();
	await page.goto(link);
	await page.locator('#code').fill(code);
	await button(page).click();
	await refuse(server, 'GET /api/student/.*/steps');
	const refused = await page.goto(`${link}/S01`);
	expect(refused?.status()).toBe(503);
	expect(refused?.headers()).toMatchObject({ refresh: '2', 'retry-after': '2' });
	await expect(page.locator('html')).toHaveAttribute('lang', 'es');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Muchas personas están respondiendo en este momento',
	);
	expect(await page.locator('body').innerText()).not.toContain('people');
	await expectNoAxeViolations(page, { hasScript: false });
	await page.getByRole('link', { name: 'Intentar ahora' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Muchas personas');
	await context.close();
});

test('a page that could not be sent keeps what was written, and sends it again', async ({
	page,
	server,
}) => {
	await start(page, server, '?lang=ar');
	await goToWriting(page);
	const here = page.url();
	await page.locator('textarea').fill(ANSWER);
	await refuse(server, '(PUT|GET) /api/student/');
	for (let tries = 0; tries < 2; tries += 1) {
		await button(page).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('لم تُرسَل هذه الصفحة بعد');
		await expect(page.getByRole('alert')).toBeFocused();
		await expect(page.getByText('انتظر ثانيتين، ثم اضغط «أرسل مرة أخرى».')).toBeVisible();
		await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	}
	await expectNoAxeViolations(page);
	await refuse(server, null);
	await button(page).click();
	await expect(page).not.toHaveURL(here);
	await page.goto(here);
	await expect(page.locator('textarea')).toHaveValue(ANSWER);
});

test('a page whose code ran out keeps what was written while nothing answers', async ({
	page,
	context,
	server,
}) => {
	await start(page, server, '?lang=es');
	await goToWriting(page);
	const here = page.url();
	await page.locator('textarea').fill(ANSWER);
	await context.clearCookies();
	await refuse(server, '(PUT|POST|GET) /api/student/');
	const heading = page.getByRole('heading', { level: 1 });
	await button(page).click();
	await expect(heading).toHaveText('Escribe tu código para enviar esta respuesta');
	await expectNoAxeViolations(page);
	await signIn(page, server);
	await expect(page.getByRole('alert')).toContainText('Tu código sigue en la casilla.');
	await expect(heading).toHaveText('Escribe tu código para enviar esta respuesta');
	await refuse(server, null);
	await button(page).click();
	await expect(page).not.toHaveURL(here);
	await page.goto(here);
	await expect(page.locator('textarea')).toHaveValue(ANSWER);
});

test('skipping a part, a blank left on purpose and Finish are sent again as they were', async ({
	page,
	server,
}) => {
	const heldOnce = async (press: () => Promise<void>) => {
		await refuse(server, '(PUT|POST) /api/student/');
		await press();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not sent yet');
		await expect(page.getByRole('link', { name: 'Leave this page fast' })).toBeVisible();
		await refuse(server, null);
		await page.getByRole('button', { name: 'Send again' }).click();
	};
	await start(page, server);
	await button(page).click();
	await expect(page.getByRole('alert')).toContainText('To leave it blank');
	await heldOnce(() => button(page).click());
	await expect(page).toHaveURL(/\/S02$/);
	while (!page.url().includes('/section-')) {
		await goOn(page);
	}
	const part = page.url();
	await heldOnce(() => page.getByRole('button', { name: 'Skip this section' }).click());
	await expect(page).toHaveURL((url) => url.href !== part && /section-\w+$/.test(url.href));
	await heldOnce(() => page.getByRole('button', { name: 'Español' }).click());
	await expect(page.locator('html')).toHaveAttribute('lang', 'es');
	while (!page.url().endsWith('/check')) {
		await goOn(page);
	}
	await page.getByRole('button', { name: 'English' }).click();
	await heldOnce(() => page.getByRole('button', { name: 'Finish' }).click());
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('We got your answers');
});

test('a code that could not be looked up stays in its box', async ({ page, server }) => {
	const { link, code } = await nextSlip(server);
	await page.goto(link);
	await refuse(server, 'POST /api/student/');
	await page.getByLabel('Your code').fill(code);
	await button(page).click();
	await expect(page.getByRole('alert')).toContainText('Your code is still in the box.');
	await expect(page.getByLabel('Your code')).toHaveValue(code);
	await expectNoAxeViolations(page);
	await refuse(server, null);
	await button(page).click();
	await expect(page).toHaveURL(/\/notice$/);
});

test.describe('with script', () => {
	test.use({ javaScriptEnabled: true });

	test('the page stays, says that it waits, and is sent by itself', async ({ page, server }) => {
		await start(page, server);
		await goToWriting(page);
		const here = page.url();
		await page.locator('textarea').fill(ANSWER);
		await refuse(server, 'PUT /api/student/');
		await button(page).click();
		await expect(page.getByText('The survey is busy at the moment.')).toBeInViewport();
		await expect(page.locator('textarea')).toHaveValue(ANSWER);
		await expectNoAxeViolations(page);
		await refuse(server, null);
		await expect(page).not.toHaveURL(here);
		await page.goto(here);
		await expect(page.locator('textarea')).toHaveValue(ANSWER);
	});

	test('a page that came back unsent and that nobody touches is saved before it goes', async ({
		page,
		server,
	}) => {
		await page.clock.install();
		await start(page, server);
		await goToWriting(page);
		const here = page.url();
		await page.locator('textarea').fill(ANSWER);
		// What the script sends breaks; what the browser sends finds the server busy.
		const breaks = (route: Route) =>
			route.request().headers()['accept'] === 'application/json'
				? route.fulfill({ status: 500, json: {} })
				: route.fallback();
		await page.route('**/s/**', breaks);
		await refuse(server, 'PUT /api/student/');
		await button(page).click();
		const unsent = page.getByRole('heading', { name: 'This page is not sent yet' });
		await expect(unsent).toBeVisible();
		// A second try comes from a page that is still there.
		for (const minutes of [15, 1]) {
			const failed = page.waitForResponse((answer) => answer.status() === 500);
			await page.clock.fastForward(minutes * 60_000 + 20_000);
			await failed;
			await expect(unsent).toBeVisible();
		}
		await refuse(server, null);
		await page.unroute('**/s/**', breaks);
		await page.clock.fastForward(60_000);
		await expect(page.getByText('You are signed out')).toBeVisible();
		await signIn(page, server);
		await page.waitForURL((url) => url.pathname.split('/').length > 3);
		await page.goto(here);
		await expect(page.locator('textarea')).toHaveValue(ANSWER);
	});
});

test('a survey that closes in the middle says so, and what that means for the answers', async ({
	page,
	browser,
	server,
}) => {
	await start(page, server, '?lang=es');
	await goToWriting(page);
	await page.locator('textarea').fill(ANSWER);
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.origin });
	const away = await context.newPage();
	await start(away, server, '?lang=ar');
	await away.locator('main label:has(input)').nth(1).click();
	await context.clearCookies();
	await button(away).click();
	const code = (await server.addresses()).studentLinks[taken - 1]?.code ?? '';
	await away.locator('#code').fill(code);

	server.moveClock();
	await button(page).click();
	await expect(page.getByText('Esta encuesta está cerrada')).toBeVisible();
	await expect(page.getByText('Si no, no se entregaron y se borrarán.')).toBeVisible();
	await expectNoAxeViolations(page);
	await button(away).click();
	await expect(away.getByText('هذا الاستطلاع مغلق')).toBeVisible();
	await expect(away.locator('html')).toHaveAttribute('dir', 'rtl');
	await context.close();
});
