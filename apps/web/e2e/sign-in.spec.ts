import { expect, expectNoAxeViolations, test } from './support.ts';

test('a link says that it no longer works only when it does not', async ({ page, context }) => {
	await page.goto('/sign-in/link');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is not whole');
	await expectNoAxeViolations(page);

	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^facilitator/i })
		.first()
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
	await page.waitForLoadState('networkidle');
	const link = page.url();

	await context.setOffline(true);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('There is no network')).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are not signed in yet');
	await context.setOffline(false);
	await expectNoAxeViolations(page);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page).toHaveURL(/\/team/);

	await page.goto(link);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
	await expect(page.getByText('It was used before, or its time has run out')).toBeVisible();
	await page.getByRole('link', { name: 'Ask for a new link' }).click();
	await expect(page).toHaveURL(/\/sign-in$/);
});

test('a server on the same computer is signed in to without any network', async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });
	});
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^facilitator/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(/\/team/);
});
