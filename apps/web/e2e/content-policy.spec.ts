import { expect, test } from './support.ts';

// The watch every journey is under (support.ts) must see what it watches for.

test('an inline script is blocked, and noticed', async ({ page, violations }) => {
	await page.route('**/no/such/page', async (route) => {
		const response = await route.fetch();
		const body = (await response.text()).replace(
			'</body>',
			'<script>document.title = "taken"</script><p style="color: red">x</p></body>',
		);
		await route.fulfill({ response, body });
	});

	await page.goto('/no/such/page');
	await expect(page.getByText('x', { exact: true })).toBeVisible();

	await expect(page).not.toHaveTitle('taken');
	await expect.poll(() => violations.length).toBe(2);
	expect(violations.splice(0).join('\n')).toMatch(/script.*style/s);
});

test('markup made of a string is refused, and noticed', async ({ page, violations }) => {
	await page.goto('/');

	const refused = await page.evaluate(() => {
		try {
			document.body.innerHTML = '<img src="x">';
			return 'taken';
		} catch (error) {
			return (error as Error).name;
		}
	});

	expect(refused).toBe('TypeError');
	await expect.poll(() => violations.length).toBeGreaterThan(0);
	violations.splice(0);
});

test('a browser’s own report about a page is taken', async ({ page, violations }) => {
	await page.goto('/');
	const answered = page.waitForResponse('**/api/csp-reports');

	await page.evaluate(() => {
		const image = new Image();
		image.src = 'http://127.0.0.1:1/x.png';
		document.body.append(image);
	});

	expect((await answered).status()).toBe(204);
	await expect.poll(() => violations.length).toBe(1);
	violations.splice(0);
});
