import { expect, expectNoAxeViolations, test, watchForeignRequests } from './support.ts';

test.use({ javaScriptEnabled: false });

test('an unknown address is answered in words, with a way on', async ({ page, server }) => {
	const foreign = watchForeignRequests(page, server.origin);
	const response = await page.goto('/no/such/page');
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('We cannot find this page');
	await expect(page.getByRole('link', { name: 'Go to the start page' })).toBeVisible();
	await expectNoAxeViolations(page);
	expect(foreign()).toEqual([]);
});

test('an unknown address is answered in Arabic, from right to left', async ({ page }) => {
	await page.goto('/no/such/page?lang=ar');
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('لم نجد هذه الصفحة');
	await expectNoAxeViolations(page);
});

test('a page says what it may load, and asks not to be kept', async ({ request }) => {
	const response = await request.get('/no/such/page');
	const headers = response.headers();
	expect(headers['cache-control']).toBe('no-store');
	expect(headers['x-content-type-options']).toBe('nosniff');
	expect(headers['referrer-policy']).toBe('same-origin');
	expect(headers['content-security-policy']).toContain("default-src 'none'");
	expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
	expect(await response.text()).not.toContain('<script');
});
