import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './support.ts';
import type { Running } from './start-throughline.ts';

// Planning needs no script: a facilitator may sit at any computer of a school.
test.use({ javaScriptEnabled: false, serverFor: 'planning' });
// axe looks at several pages, each three times.
test.describe.configure({ timeout: 300_000 });

async function signIn(page: Page, server: Running): Promise<void> {
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^facilitator/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(`${server.origin}/team/eng-2026-sro`);
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
	const select = page.getByLabel(label, { exact: true });
	const value = await select.locator('option', { hasText: option }).first().getAttribute('value');
	await select.selectOption(value);
}

test('the sessions show what the mandate asks for, by group', async ({ page, server }) => {
	await signIn(page, server);
	await page.getByRole('link', { name: 'To the sessions' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dialog sessions');
	const progress = page.getByRole('region', { name: 'What the mandate asks for' });
	await expect(progress.getByText(/held, .* planned/)).toHaveCount(2);
	await expect(
		page.getByRole('region', { name: 'Groups without a session' }).getByRole('listitem'),
	).toHaveText([/Best Buddies/]);
	await expect(page.getByRole('region', { name: 'Past their time' }).getByRole('link')).toHaveText([
		/ds-05/,
	]);
	await expectNoAxeViolations(page);
});

test('a session is planned, prepared and printed', async ({ page, server }) => {
	await signIn(page, server);
	await page.goto('/team/eng-2026-sro/dialogs');
	await page.getByRole('link', { name: 'Plan a session' }).click();

	await test.step('errors stand at their fields', async () => {
		await page.getByRole('button', { name: 'Plan the session' }).click();
		await expect(page).toHaveTitle('Error: Plan a session');
		await expect(page.getByLabel('Place', { exact: true })).toHaveAttribute('aria-invalid', 'true');
		await expect(page.getByText('Enter how many students are expected.').first()).toBeVisible();
		await expectNoAxeViolations(page);
	});

	await choose(page, 'Line of the mandate', /most affected communities/);
	await choose(page, 'Student group', /Best Buddies/);
	await expect(page.getByRole('radio', { name: /Focus group/ })).toBeVisible();
	await page.getByRole('radio', { name: /Talking-piece circle/ }).check();
	await choose(page, 'School', /Tamarack Ridge/);
	await page.getByLabel('Place', { exact: true }).fill('Room beside the sensory space');
	await page.getByLabel('Starts').fill('2099-03-03T13:30');
	await page.getByLabel('Students expected').fill('8');
	await page.getByRole('checkbox', { name: 'Spanish' }).check();
	await page.getByRole('radio', { name: /Record sound/ }).check();
	await page.getByRole('checkbox', { name: 'Yusra Halden' }).check();
	await choose(page, 'Safe adult', /Imani Gale/);

	await test.step('whoever the guide keeps out is refused, with its words', async () => {
		await choose(page, 'Lead facilitator', /Hollis Brandt/);
		await page.getByRole('button', { name: 'Plan the session' }).click();
		await expect(page.getByLabel('Lead facilitator')).toHaveAttribute('aria-invalid', 'true');
		await expect(page.getByText(/decides discipline.*Not in the room/).first()).toBeVisible();
		await expect(page.getByRole('checkbox', { name: 'Yusra Halden' })).toBeChecked();
	});

	await choose(page, 'Lead facilitator', /Wren Aldaine/);
	await page.getByRole('button', { name: 'Plan the session' }).click();
	await expect(page.getByText('The session is planned')).toBeVisible();
	const session = new URL(page.url()).pathname;

	await test.step('a step is ticked, and unticked', async () => {
		const posted = page
			.getByRole('region', { name: 'Before the session' })
			.getByRole('listitem')
			.filter({ hasText: 'Prompts posted' });
		await posted.getByRole('button', { name: /^Mark as done/ }).click();
		await expect(posted.getByText(/^Done .*Wren Aldaine/)).toBeVisible();
		await posted.getByRole('button', { name: /^Not done after all/ }).click();
		await expect(posted.getByText('Open', { exact: true })).toBeVisible();
		await expectNoAxeViolations(page);
	});

	await test.step('the letter is whole in three languages', async () => {
		for (const reader of ['Students', 'Families']) {
			await page.goto(`${session}/letter`);
			await page.getByRole('link', { name: reader }).click();
			await expect(page.getByRole('article')).toHaveCount(3);
			await expect(page.locator('article[lang=ar][dir=rtl]')).toContainText('localhost');
			await expect(page.getByText('Translation: reviewed, sample')).toHaveCount(2);
		}
		await expectNoAxeViolations(page);
	});

	await test.step('slips are shown once, and drawing again warns', async () => {
		await page.goto(session);
		await page.getByRole('link', { name: 'Seat slips' }).click();
		await page.getByRole('button', { name: 'Draw the slips' }).click();
		const slips = page.getByRole('region', { name: 'Slips to print' }).getByRole('listitem');
		await expect(slips).toHaveCount(8);
		await expect(slips.first()).toContainText(/Voice A.*[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}/s);
		await expectNoAxeViolations(page);

		await page.goto(`${session}/slips`);
		await expect(page.getByText('The slips drawn before stop working')).toBeVisible();
		await page.getByRole('button', { name: 'Draw new slips' }).click();
		await expect(page.getByRole('alert')).toContainText('Slips were drawn for this session');
		await expectNoAxeViolations(page);
	});

	await test.step('the checklist holds guide and duties', async () => {
		await page.goto(`${session}/checklist`);
		await expect(page.getByRole('article')).toContainText('Wren Aldaine');
		await expectNoAxeViolations(page);
	});

	await test.step('it is cancelled with a reason, and brought back', async () => {
		await page.goto(session);
		await page.getByText('Cancel this session').click();
		await page.getByRole('button', { name: 'Cancel the session' }).click();
		await expect(page.getByText('Say why in a few words.').first()).toBeVisible();
		await page.getByLabel('Reason').fill('Snow');
		await page.getByRole('button', { name: 'Cancel the session' }).click();
		await expect(page.getByText('Cancelled: Snow')).toBeVisible();
		await page.getByText('Bring this session back').click();
		await page.getByLabel('Reason').fill('New date');
		await page.getByRole('button', { name: 'Plan it again' }).click();
		await expect(page.getByText('Not ready yet')).toBeVisible();
	});
});

test('somebody else’s change is not overwritten', async ({ page, server }) => {
	await signIn(page, server);
	await page.goto('/team/eng-2026-sro/dialogs');
	await page.getByRole('link', { name: 'ds-09' }).click();
	await page.getByRole('link', { name: 'Change the plan' }).click();
	const other = await page.context().newPage();
	await other.goto(page.url());
	for (const each of [other, page]) {
		await each.getByRole('textbox', { name: 'Minutes' }).fill('70');
		await each.getByRole('button', { name: 'Save the changes' }).click();
	}
	await expect(other.getByRole('heading', { level: 1 })).toContainText('ds-09');
	await expect(page.getByRole('alert')).toContainText('Someone else changed this');
	await expectNoAxeViolations(page);
});
