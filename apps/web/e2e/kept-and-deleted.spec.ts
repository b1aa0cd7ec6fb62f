import { expect, expectNoAxeViolations, test } from './support.ts';

// Reading needs no script.
test.use({ javaScriptEnabled: false });

test('a data steward reads for how long what is kept, and a coder does not', async ({ page }) => {
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^data steward/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('link', { name: 'Kept and deleted' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Kept and deleted' })).toBeVisible();
	const codes = page.getByRole('row', { name: /Access codes/ });
	await expect(codes).toContainText('30 days after the answers were opened');
	await expect(page.getByRole('row', { name: /record of what staff did/ })).toContainText(
		'As long as the engagement',
	);
	await expect(page.getByText('Nothing has been kept for long enough yet.')).toBeVisible();
	await expect(page.getByText('There is no recent backup')).toHaveCount(0);
	await expectNoAxeViolations(page, { hasScript: false });

	await page.context().clearCookies();
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^coder/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('link', { name: 'Kept and deleted' })).toHaveCount(0);
	const refused = await page.goto('/team/eng-2026-sro/retention');
	expect(refused?.status()).toBeGreaterThanOrEqual(403);
});
