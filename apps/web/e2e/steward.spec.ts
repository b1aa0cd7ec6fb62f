import type { Browser, Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './support.ts';
import type { Running } from './start-throughline.ts';

// Preparing and approving need no script.
test.use({ javaScriptEnabled: false, serverFor: 'steward' });
// A release is computed anew at each step, and axe looks at each page three times.
test.describe.configure({ timeout: 300_000 });

const team = '/team/eng-2026-sro';

/** A page of a person's own, signed in by role. */
async function signedIn(browser: Browser, server: Running, role: RegExp): Promise<Page> {
	const context = await browser.newContext({
		baseURL: server.origin,
		javaScriptEnabled: false,
		viewport: { width: 1280, height: 900 },
	});
	const page = await context.newPage();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(`${server.origin}${team}`);
	return page;
}

const axe = (page: Page) => expectNoAxeViolations(page, { hasScript: false });

/** Sets a finding back to draft, as an advisory member does. */
async function setBack(page: Page, href: string): Promise<void> {
	await page.goto(href);
	await page.locator('details', { has: page.locator('form[action^="?/draft"]') }).click();
	await page.locator('form[action^="?/draft"] button').click();
	await expect(page.locator('form[action="?/ready"] button')).toBeVisible();
}

test('a release is prepared, a problem seen and fixed, approved by two, frozen and public', async ({
	browser,
	server,
}) => {
	const advisory = await signedIn(browser, server, /^advisory member/i);
	await advisory.goto(`${team}/recommendations`);
	await advisory
		.getByRole('link', { name: /R10|cost out two other staffing models/ })
		.first()
		.click();
	const finding =
		(await advisory.locator(`main a[href^="${team}/findings/"]`).first().getAttribute('href')) ??
		'';
	await setBack(advisory, finding);

	const steward = await signedIn(browser, server, /^data steward/i);
	await steward.goto(`${team}/releases`);
	await axe(steward);
	await steward.getByRole('link', { name: 'Prepare a release' }).click();
	await axe(steward);
	await steward.getByLabel('Title').fill('A second look');
	await steward.getByLabel('Address').fill('2026-spring');
	await steward.getByRole('button', { name: 'Prepare and check' }).click();
	await expect(steward.getByRole('alert')).toContainText('Another release has this address');
	await expect(steward.getByLabel('Title')).toHaveValue('A second look');
	await steward.getByLabel('Address').fill('second-look');
	await steward.getByRole('button', { name: 'Prepare and check' }).click();

	await expect(steward.getByText('The release was prepared and checked')).toBeVisible();
	const isReady = steward.getByText('Nothing stands in the way', { exact: true });
	await expect(isReady).toHaveCount(0);
	await expect(steward.getByRole('button', { name: 'Approve this release' })).toHaveCount(0);
	await axe(steward);
	const detail = steward.url().split('?')[0] ?? '';
	await expect(steward.getByText('The recommendation R10')).toBeVisible();
	await steward.getByRole('link', { name: 'Go to the recommendation' }).click();
	await expect(steward).toHaveURL(new RegExp(`${team}/recommendations/`));
	await expect(steward.getByText('cost out two other staffing models').first()).toBeVisible();

	await advisory.locator('form[action="?/ready"] button').click();
	await expect(advisory.locator('form[action="?/ready"]')).toHaveCount(0);
	await steward.goto(detail);
	await expect(steward.getByText('Something has changed since it was prepared')).toBeVisible();
	await steward.getByRole('button', { name: 'Prepare anew' }).click();
	await expect(isReady).toBeVisible();

	await steward.getByRole('link', { name: 'Preview: English' }).click();
	await expect(steward.getByRole('heading', { level: 1 })).toHaveText('A second look');
	await expect(steward.getByText('Not published yet')).toBeVisible();
	await axe(steward);
	expect((await steward.request.get('/e/eng-2026-sro/r/second-look')).status()).toBe(404);

	await steward.goto(detail);
	await steward.getByRole('button', { name: 'Approve this release' }).click();
	await expect(steward.getByText('Still missing: a second person.')).toBeVisible();
	await expect(steward.getByRole('button', { name: 'Approve this release' })).toHaveCount(0);

	const administrator = await signedIn(browser, server, /^administrator/i);
	await administrator.goto(detail);
	await administrator.getByRole('button', { name: 'Approve this release' }).click();
	await expect(administrator.getByText('The release is frozen and public')).toBeVisible();
	await axe(administrator);
	await administrator.getByRole('link', { name: 'See it as the public does' }).click();
	await expect(administrator).toHaveURL(`${server.origin}/e/eng-2026-sro/r/second-look`);
	await expect(administrator.getByRole('heading', { level: 1 })).toHaveText('A second look');

	await steward.goto(detail);
	await expect(steward.getByRole('button', { name: 'Prepare anew' })).toHaveCount(0);
	await steward.getByRole('link', { name: 'Check this release now' }).click();
	await expect(steward.getByText('Everything matches')).toBeVisible();
	await axe(steward);
});

test('an advisory member reads releases and can neither prepare nor approve one', async ({
	browser,
	server,
}) => {
	const advisory = await signedIn(browser, server, /^advisory member/i);
	await advisory.goto(`${team}/releases`);
	await expect(advisory.getByRole('link', { name: 'Prepare a release' })).toHaveCount(0);
	await advisory.getByRole('link', { name: 'What students said, spring 2026' }).click();
	await expect(advisory.getByText('Frozen and public')).toBeVisible();
	await expect(advisory.getByRole('button', { name: 'Approve this release' })).toHaveCount(0);
	expect((await advisory.goto(`${team}/releases/new`))?.status()).toBe(403);
});
