import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './support.ts';
import { wavOf } from './wav.ts';

// The list needs no script: what was sent can be heard on any computer.
test.use({ javaScriptEnabled: false });
test.describe.configure({ timeout: 180_000 });

const team = '/team/eng-2026-sro';

async function signIn(page: Page, role: RegExp): Promise<void> {
	await page.context().clearCookies();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

test('what was recorded in a session is listed, and deleted for good', async ({ page, server }) => {
	await signIn(page, /^facilitator/i);
	const read = async <T>(path: string) =>
		// The API's own answers; a wrong shape fails below.
		(await (await page.request.get(path)).json()) as T;
	const { engagements } = await read<{ engagements: { id: string }[] }>('/api/session');
	const base = `/api/engagements/${engagements[0]?.id}`;
	const { dialogs } = await read<{ dialogs: { id: string; key: string }[] }>(`${base}/dialogs`);
	const session = dialogs.find(({ key }) => key === 'ds-01')?.id ?? '';

	await page.goto(`${team}/dialogs/${session}`);
	await page.getByRole('link', { name: 'Recordings' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recordings of this session');
	await expectNoAxeViolations(page);

	const wav = wavOf(3);
	const headers = { origin: server.origin };
	const id = crypto.randomUUID();
	const announced = await page.request.post(`${base}/dialogs/${session}/recordings`, {
		headers,
		data: {
			id,
			source: 'file',
			mime: 'audio/wav',
			label: 'The recorder on the shelf',
			tableNo: 2,
			startedAt: '2026-01-15T15:00:05Z',
			offsetMs: 5000,
			manifest: {
				slices: [],
				gaps: [{ startMs: 6000, endMs: 7000, reason: 'hidden' }],
			},
			cuts: [],
		},
	});
	expect(announced.ok(), await announced.text()).toBe(true);
	const tus = { ...headers, 'tus-resumable': '1.0.0' };
	await page.request.post(`${base}/uploads/${id}`, {
		headers: { ...tus, 'upload-length': String(wav.length) },
	});
	await page.reload();
	const card = page.getByRole('article', { name: 'The recorder on the shelf, table 2' });
	await expect(card.getByText(/has not sent all of it yet/)).toBeVisible();
	await expectNoAxeViolations(page);

	await card.getByText('Delete this recording').click();
	await card.getByRole('button', { name: 'Yes, delete it for good' }).click();
	await expect(page.getByRole('alert')).toContainText('Say why in a few words.');
	await expectNoAxeViolations(page);
	await card.getByLabel('Reason').fill('It was the wrong room.');
	await card.getByRole('button', { name: 'Yes, delete it for good' }).click();
	await expect(page.getByText('The recording is deleted')).toBeVisible();
	await expect(card.getByText(/^The sound was deleted on/)).toBeVisible();
	await expect(card.getByRole('button')).toHaveCount(0);

	// The reason stands in the record, and a data steward sees the recordings of every session.
	await signIn(page, /^administrator/i);
	await page.goto(`${team}/people`);
	await expect(page.getByText('Reason: It was the wrong room.')).toBeVisible();
	await signIn(page, /^data steward/i);
	await page.goto(`${team}/dialogs/${session}`);
	await page.getByRole('link', { name: 'Recordings' }).click();
	await expect(card.getByText(/^The sound was deleted on/)).toBeVisible();
});
