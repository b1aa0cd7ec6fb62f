import type { Page } from '@playwright/test';
import { expect } from './support.ts';

export const PASSPHRASE = 'four tall birches sway';
export const team = '/team/eng-2026-sro';

export async function signIn(page: Page, role: RegExp): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: role }).first().click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
}

/** A session of the person's own, planned with sound; each journey has one. */
export async function plan(page: Page, days: number): Promise<string> {
	const startsAt = new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 16);
	return await page.evaluate(async (start) => {
		const ask = async (path: string, body?: object) => {
			const response = await fetch(path, {
				method: body ? 'POST' : 'GET',
				headers: { 'content-type': 'application/json' },
				...(body && { body: JSON.stringify(body) }),
			});
			return response.json();
		};
		const { person, engagements } = await ask('/api/session');
		const base = `/api/engagements/${engagements[0].id}/dialogs`;
		const options = await ask(`${base}/options`);
		const lead = options.facilitators.find(({ name }: { name: string }) => name === person.name);
		const { id } = await ask(base, {
			siteId: options.sites[0].id,
			guideVersionId: options.guides[0].versionId,
			format: 'circle',
			startsAt: start,
			minutes: 60,
			place: 'Library',
			plannedParticipants: 4,
			recordingPlan: 'audio',
			leadId: lead.id,
			safeAdultId: options.safeAdults[0].id,
		});
		return String(id);
	}, startsAt);
}

/** One visit with a network: the tablet is set up, takes the sessions along, checks its cache. */
export async function setUp(page: Page, label = 'Tablet 3', days = 1): Promise<string> {
	await signIn(page, /^facilitator/i);
	const sessionId = await plan(page, days);
	await page.goto('/dialogs/');
	await page.getByLabel('What is written on the tablet').fill(label);
	await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
	await page.getByLabel('The passphrase once more').fill(PASSPHRASE);
	await page.getByRole('button', { name: 'Set up this tablet' }).click();
	await expect(page.getByRole('heading', { name: 'Your sessions' })).toBeVisible();
	await expect(page.getByRole('banner').getByText('Ready offline')).toBeVisible();
	await expect(openLink(page, sessionId)).toBeVisible();
	return sessionId;
}

export function openLink(page: Page, sessionId: string) {
	return page.locator(`a[href="/dialogs/${sessionId}/"]`);
}

export async function unlock(page: Page): Promise<void> {
	await page.getByLabel('Passphrase').fill(PASSPHRASE);
	await page.getByRole('button', { name: 'Unlock' }).click();
}

export function step(page: Page, name: string) {
	return page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
}

/** Everything before the day: the list, and the guardians' letters. */
export async function prepare(page: Page): Promise<void> {
	await step(page, '1 Before').click();
	const open = page.getByRole('button', { name: /^This is done/ });
	for (let left = await open.count(); left > 0; left -= 1) {
		await open.first().click();
		await expect(open).toHaveCount(left - 1);
	}
	await page.getByRole('button', { name: /letters give every permission/ }).click();
}

export async function agree(page: Page): Promise<void> {
	await step(page, '2 Consent').click();
	await page.getByRole('checkbox', { name: /^Read aloud, and said/ }).check();
	await page.getByRole('button', { name: /say yes to everything$/ }).click();
}

export async function begin(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Begin the session' }).click();
	await expect(page.getByRole('button', { name: 'Next prompt' })).toBeVisible();
}

export async function write(page: Page, words: string): Promise<void> {
	await page.getByLabel('What is said').fill(words);
	await page.getByRole('button', { name: 'Next note' }).click();
	await expect(page.getByText(words)).toBeVisible();
}

export async function finish(page: Page): Promise<void> {
	await step(page, '5 Close').click();
	await page.getByRole('button', { name: 'End the session' }).click();
	await page.getByRole('button', { name: 'End it' }).click();
	await expect(page.getByText('The session has ended')).toBeVisible();
}
