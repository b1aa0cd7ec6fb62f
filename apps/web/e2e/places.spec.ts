import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './support.ts';
import type { Running } from './start-throughline.ts';

// Everything an administrator does works without script.
test.use({ javaScriptEnabled: false, serverFor: 'places' });
test.describe.configure({ timeout: 240_000 });

async function openPlaces(page: Page, server: Running): Promise<void> {
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^administrator/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(`${server.origin}/team/eng-2026-sro`);
	await page.getByRole('link', { name: 'Schools and plan' }).first().click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Schools and plan');
}

test('a school is renamed; counts beside opened answers stay', async ({ page, server }) => {
	await openPlaces(page, server);
	await expectNoAxeViolations(page);
	await expect(page.getByText('stay as they are').first()).toBeVisible();
	await expect(page.getByRole('link', { name: 'Add a school' })).toHaveCount(0);

	await page.getByRole('link', { name: 'Change Old Mill Learning Center' }).click();
	const name = page.getByLabel('Name of the school');
	await expect(page.getByRole('rowheader', { name: 'Grade 10' })).toBeVisible();
	await expect(page.getByLabel('Grade 10')).toHaveCount(0);
	await name.fill('');
	await page.getByRole('button', { name: 'Save the school' }).click();
	await expect(page.getByRole('alert')).toContainText('Enter a name.');
	await expect(name).toHaveAttribute('aria-invalid', 'true');
	await expectNoAxeViolations(page);

	await name.fill('Old Mill High');
	await page.getByRole('button', { name: 'Save the school' }).click();
	await expect(page.getByRole('status')).toHaveText('Saved');
	await expect(page.getByRole('rowheader', { name: 'Old Mill High' })).toBeVisible();
	await page.getByRole('link', { name: 'Overview' }).first().click();
	await expect(page.getByRole('rowheader', { name: 'Old Mill High' })).toBeVisible();
});

test('groups and milestones are added, changed and taken away', async ({ page, server }) => {
	await openPlaces(page, server);
	await page.getByLabel('Name of the group').fill('Chess Club');
	await page.getByRole('button', { name: 'Add a group' }).click();
	await expect(page.getByRole('alert')).toContainText('Choose what kind it is.');
	await expect(page.getByRole('alert')).toContainText('Choose its school.');
	await expect(page.getByLabel('Name of the group')).toHaveValue('Chess Club');
	await expectNoAxeViolations(page);
	await page.getByRole('radio', { name: 'Other' }).check();
	const schools = page.getByLabel('School of the group');
	await schools.selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Add a group' }).click();

	await page.getByRole('link', { name: 'Change Chess Club' }).click();
	await expect(page.getByRole('radio', { name: 'Other' })).toBeChecked();
	await page.getByLabel('Name of the group').fill('Chess and Go Club');
	await page.getByRole('button', { name: 'Save the group' }).click();
	await expect(page.getByRole('rowheader', { name: 'Chess and Go Club' })).toBeVisible();

	await page.getByLabel('What happens').fill('Board work session');
	await page.getByLabel('First day').fill('2026-05-20');
	await page.getByLabel('Last day').fill('2026-05-19');
	await page.getByRole('button', { name: 'Add a milestone' }).click();
	await expect(page.getByRole('alert')).toContainText('The last day comes before the first.');
	await page.getByLabel('Last day').fill('');
	await page.getByRole('button', { name: 'Add a milestone' }).click();
	await page.getByRole('link', { name: 'Change Board work session' }).click();
	await expect(page.getByLabel('First day')).toHaveValue('2026-05-20');
	await page.getByLabel('What happens').fill('Board meeting on it');
	await page.getByRole('button', { name: 'Save the milestone' }).click();
	const row = page.getByRole('row', { name: /Board meeting on it/ });
	await expect(row).toContainText('May 20, 2026');
	await expectNoAxeViolations(page);
	await row.getByRole('button', { name: /^Take away/ }).click();
	await expect(page.getByRole('row', { name: /Board meeting on it/ })).toHaveCount(0);
});
