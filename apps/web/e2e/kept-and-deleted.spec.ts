import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, expectNoAxeViolations, test } from './support.ts';
import { preloads, repository, startThroughline } from './start-throughline.ts';

// Reading needs no script.
test.use({ javaScriptEnabled: false, serverFor: 'kept-and-deleted' });

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

test('what went because its time was over is counted, and a day without a backup is said aloud', async ({
	page,
	server,
}) => {
	// Two years on, everything of the sample that is not kept for good has to go.
	await server.stop();
	const dataDir = server.fileIn('');
	await promisify(execFile)(process.execPath, [...preloads, 'apps/api/src/cli/main.ts', 'purge'], {
		cwd: repository,
		env: { ...process.env, DATA_DIR: dataDir, E2E_CLOCK_AHEAD: String(2 * 365 * 24 * 60) },
	});
	const later = await startThroughline(dataDir, { settings: { E2E_CLOCK_STEP: String(27 * 60) } });
	try {
		const signIn = async (role: RegExp) => {
			await page.context().clearCookies();
			await page.goto(`${later.origin}/sign-in`);
			await page.getByRole('button', { name: role }).first().click();
			await page.getByRole('button', { name: 'Sign in' }).click();
		};
		const noBackup = page.getByText('There is no recent backup');
		await signIn(/^data steward/i);
		await page.getByRole('link', { name: 'Kept and deleted' }).click();
		await expect(page.getByText('Nothing has been kept for long enough yet.')).toHaveCount(0);
		const gone = page.getByRole('region', { name: 'Deleted so far' }).locator('tbody tr');
		await expect(gone.filter({ hasText: 'Access codes, as hashes' })).toHaveCount(1);
		for (const row of await gone.all()) {
			await expect(row.locator('td').first()).toHaveText(/^[A-Z][a-z]+ \d+, \d{4}$/);
			await expect(row.locator('td').last()).toHaveText(
				/^([1-9]\d*|Not shown, because it would count students)$/,
			);
		}
		await expect(noBackup).toHaveCount(0);

		// Where backups should lie is no folder: none can be made, and none is found.
		await rm(later.fileIn('backups'), { recursive: true, force: true });
		await writeFile(later.fileIn('backups'), '');
		later.moveClock();
		for (const role of [/^data steward/i, /^administrator/i]) {
			await signIn(role);
			await expect(noBackup).toBeVisible();
			await expect(
				page.getByText(/The newest backup is more than 3 hours old|could not be made/),
			).toBeVisible();
		}
		await page.goto(`${later.origin}/team/eng-2026-sro/retention`);
		await expect(noBackup, 'on every page').toBeVisible();
		await expect(page.getByText('No backup has been made yet.')).toBeVisible();
		await expectNoAxeViolations(page, { hasScript: false });
		await signIn(/^coder/i);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(noBackup, 'not to who cannot do anything about it').toHaveCount(0);
	} finally {
		await later.stop();
	}
});
