import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test, watchForeignRequests } from './support.ts';

const team = '/team/eng-2026-sro';

// The pages of the advisory team are forms and links: all of it works without script.
test.use({ javaScriptEnabled: false, serverFor: 'advisory' });
// axe looks at a page three times, and a journey has several pages.
test.describe.configure({ timeout: 240_000 });

async function signIn(page: Page): Promise<void> {
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^advisory/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

function nav(page: Page, name: string) {
	return page.getByRole('navigation', { name: 'Team pages' }).getByRole('link', { name });
}

test('results begin with who took part, and go by group with every choice in the address', async ({
	page,
	server,
}) => {
	const foreign = watchForeignRequests(page, server.origin);
	await signIn(page);
	await nav(page, 'Results').click();
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
		'Who took part, and who is missing',
	);
	await expect(page.getByText(/\d+ of [\d,]+ answers have been read by two people/)).toBeVisible();
	await expectNoAxeViolations(page);

	await page.getByRole('link', { name: 'Show as 100%' }).first().click();
	await page.getByRole('link', { name: 'race and ethnicity' }).click();
	await expect(page).toHaveURL(/by=race&view=stacked/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/by race and ethnicity$/);
	await expect(page.getByRole('heading', { name: 'How these figures are shown' })).toBeVisible();
	await expect(page.getByText(/Small groups together puts together/).first()).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'Write a finding from this' }).click();
	await expect(page.getByLabel('For', { exact: true }).locator(':checked')).toHaveText(
		'race and ethnicity',
	);
	expect(foreign()).toEqual([]);
});

test('the file of a chart says what the screen says', async ({ page, request, server }) => {
	await signIn(page);
	await nav(page, 'Results').click();
	await page.getByRole('link', { name: 'race and ethnicity' }).click();
	const chart = page.locator('#S05-by-race');
	const shown = await chart
		.locator('tbody td')
		.evaluateAll((cells) =>
			cells.map((cell) => cell.querySelector('.value bdi')?.textContent ?? 'Not shown'),
		);
	const href = await chart.getByRole('link', { name: /CSV/ }).getAttribute('href');
	const cookies = await page.context().cookies();
	const file = await request.get(server.origin + href, {
		headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
	});
	const inFile = (await file.text())
		.split('\r\n')
		.flatMap((line) => line.match(/[≤≥]?\d+(–\d+)?%|Not shown(?=,|$)/g) ?? []);

	expect(shown.length).toBeGreaterThan(12);
	expect(file.headers()['content-type']).toContain('text/csv');
	expect(inFile.slice(0, shown.length)).toEqual(shown);
});

test('a theme leads to its quotes and findings, and back', async ({ page }) => {
	await signIn(page);
	await nav(page, 'Results').click();
	await page
		.locator('#themes-all')
		.getByRole('link', { name: 'Less safe, watched' })
		.first()
		.click();
	await expect(page.getByRole('heading', { name: 'Who raised it' })).toBeVisible();
	await expectNoAxeViolations(page);
	await page
		.getByRole('region', { name: 'Findings that use it' })
		.getByRole('link')
		.first()
		.click();
	await expect(page.getByRole('heading', { name: 'Tables it rests on' })).toBeVisible();
	await page.getByRole('link', { name: 'Less safe, watched' }).first().click();
	await expect(page).toHaveURL(/\/themes\/A2$/);
});

test('a finding gets a table and a quote, and says who saw it differently', async ({ page }) => {
	await signIn(page);
	await nav(page, 'Findings').click();
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'New finding' }).click();
	await page.getByLabel('The finding in one sentence').fill('All 99% of them feel safe.');
	const table = page.getByLabel('Question or themes');
	await table.selectOption({ label: 'On a usual day, I feel safe inside my school.' });
	await page.getByLabel('For', { exact: true }).selectOption({ label: 'race and ethnicity' });
	await page.getByRole('button', { name: 'Make the finding' }).click();
	await expect(page.getByText(/It states 99%, and no chart it rests on shows that/)).toHaveCount(2);
	await expect(page.getByLabel('The finding in one sentence')).toHaveValue(/99%/);
	await expectNoAxeViolations(page);

	await page.getByLabel('The finding in one sentence').fill('Most students feel safe inside.');
	await expect(table.locator(':checked')).toHaveText(/I feel safe inside my school/);
	await page.getByLabel('For', { exact: true }).selectOption({ label: 'everyone together' });
	await page.getByRole('button', { name: 'Make the finding' }).click();
	await expect(page.getByText('The finding is a draft')).toBeVisible();
	await expect(page.locator('figure#S01')).toBeVisible();

	await page.getByRole('button', { name: 'Call it ready' }).click();
	await expect(page.getByRole('alert')).toContainText('Say who saw it differently');
	await page.getByRole('link', { name: 'Change the words' }).click();
	await expect(page.getByRole('link', { name: 'Results by race and ethnicity' })).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByLabel('Who saw it differently').fill('Those who were sent out of class.');
	await page.getByRole('button', { name: 'Save' }).click();

	await page.getByRole('link', { name: 'Add a quote' }).click();
	await expectNoAxeViolations(page);
	await page
		.getByRole('button', { name: /^Use this quote/ })
		.first()
		.click();
	await expect(page.getByText('Cleared by two people')).toHaveCount(1);
	await page.getByRole('button', { name: 'Call it ready' }).click();
	await expect(page.getByText('Set it back to draft')).toBeVisible();
	await expectNoAxeViolations(page);
});

test('a draft is put away and brought back', async ({ page }) => {
	await signIn(page);
	await page.goto(`${team}/findings/new`);
	await page.getByLabel('The finding in one sentence').fill('This one was a first thought.');
	await page.getByRole('button', { name: 'Make the finding' }).click();
	await page.getByText('Put this draft away …').click();
	await page.getByRole('button', { name: 'Put it away' }).click();
	await expect(page.getByRole('link', { name: 'This one was a first thought.' })).toHaveCount(0);
	await page.getByText(/^Put away \(\d+\)$/).click();
	await page
		.getByRole('listitem')
		.filter({ hasText: 'This one was a first thought.' })
		.getByRole('button', { name: 'Bring it back' })
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This one was a first thought.');
});

test('two people change one finding: the slower one sees both and loses nothing', async ({
	page,
	context,
}) => {
	await signIn(page);
	await page.goto(`${team}/findings/new`);
	await page.getByLabel('The finding in one sentence').fill('It was said one way.');
	await page.getByRole('button', { name: 'Make the finding' }).click();
	await page.getByRole('link', { name: 'Change the words' }).click();
	const other = await context.newPage();
	await other.goto(page.url());
	await other.getByLabel('The finding in one sentence').fill('Theirs was faster.');
	await other.getByRole('button', { name: 'Save' }).click();
	await page.getByLabel('The finding in one sentence').fill('Mine was slower.');
	await page.getByRole('button', { name: 'Save' }).click();

	await expect(page.getByRole('alert')).toContainText('Someone else changed this');
	await expect(page.getByText('Theirs was faster.')).toBeVisible();
	await expect(page.getByLabel('The finding in one sentence')).toHaveValue('Mine was slower.');
	await page.getByRole('button', { name: 'Save mine over theirs' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mine was slower.');
});

test('a recommendation without evidence is refused in words, and approved with it', async ({
	page,
}) => {
	await signIn(page);
	await nav(page, 'Recommendations').click();
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'New recommendation' }).click();
	await expectNoAxeViolations(page);
	await page.getByLabel('Category').selectOption({ label: 'Assessment of the SRO program' });
	await page
		.getByLabel('What is recommended')
		.fill('The program is reviewed in public each spring.');
	await page.getByLabel('Suggested section of the agreement (optional)').fill('Evaluation');
	await page.getByRole('button', { name: 'Make the recommendation' }).click();
	await expect(page.getByText('No clause yet (suggested section: Evaluation)')).toBeVisible();
	await expect(page.getByText('No evidence linked').first()).toBeVisible();

	await takeStep(page, 'In review by the advisory team');
	await takeStep(page, 'Approved by the advisory team');
	await expect(page.getByRole('alert')).toContainText('has no evidence');
	await expectNoAxeViolations(page);

	await page.getByLabel(/The same officer makes some students feel safer/).check();
	await page.getByRole('button', { name: 'Save the links' }).click();
	await takeStep(page, 'Approved by the advisory team');
	const facts = page.locator('dl.facts').first();
	await expect(facts).toContainText('Approved by the advisory team');
	await expect(
		page.getByText(/Other roles may set it to: Approved by the administration/),
	).toBeVisible();
	const history = page.getByRole('region', { name: 'Who changed what' });
	await expect(history.getByText('In review by the advisory team').first()).toBeVisible();
	await expectNoAxeViolations(page);

	await page.getByRole('link', { name: /The same officer makes some students feel safer/ }).click();
	await page
		.getByRole('definition')
		.getByRole('link', { name: /^R\d+$/ })
		.last()
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Recommendation R\d+$/);
	await page.getByRole('link', { name: 'Change the words' }).click();
	await expect(page.getByText('It was approved as it is.')).toBeVisible();
	await expectNoAxeViolations(page);
});

async function takeStep(page: Page, status: string): Promise<void> {
	await page.getByLabel(status).check();
	await page.getByRole('button', { name: 'Take this step' }).click();
}

test('what is not theirs is not there: no row, no raw chart', async ({ page, request }) => {
	await signIn(page);
	await nav(page, 'Results').click();
	const results = new URL(page.url()).pathname;
	for (const path of [`${results}/D03.csv`, `${results}/D03-by-site.csv`, `${results}/themes/Z9`]) {
		expect((await page.goto(path))?.status()).toBe(404);
	}
	expect((await request.get(`${results}/S01.csv`, { maxRedirects: 0 })).status()).toBe(401);
});
