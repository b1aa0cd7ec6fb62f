import type { Locator, Page } from '@playwright/test';
import { dialogShots } from './dialog-shots.ts';
import type { Place } from './place.ts';

/** One picture of the guides. */
export interface Shot {
	/** Its file in docs/pictures, without the ending. */
	name: string;
	/** Who is signed in; null for students and the public. */
	role: string | null;
	isPhone?: boolean;
	/** Goes to the page and makes it look as it is to be seen. */
	show(page: Page, place: Place): Promise<void>;
}

/** In this order: what one does to the sample, the next ones see. */
export const shots: readonly Shot[] = [
	{ name: 'student-welcome', role: null, isPhone: true, show: openSurvey },
	{
		name: 'student-notice',
		role: null,
		isPhone: true,
		async show(page, place) {
			await openSurvey(page, place);
			await typeCode(page, place);
		},
	},
	{ name: 'student-question', role: null, isPhone: true, show: answerUntil('/S02') },
	{ name: 'student-sensitive', role: null, isPhone: true, show: answerUntil('/section-') },
	{ name: 'student-check', role: null, isPhone: true, show: answerUntil('/check') },
	{
		name: 'student-arabic',
		role: null,
		isPhone: true,
		async show(page, { links }) {
			await page.goto(`${links[1]?.path ?? ''}?lang=ar`);
		},
	},

	{ name: 'administrator-overview', role: 'administrator', show: team('') },
	{
		name: 'administrator-window',
		role: 'administrator',
		async show(page, place) {
			await team('/windows')(page, place);
			await page
				.getByRole('link', { name: /follow-up|spring/i })
				.first()
				.click();
			await heading(page);
		},
	},
	{ name: 'administrator-slips', role: 'administrator', show: printSlips },
	{
		name: 'administrator-rates',
		role: 'administrator',
		async show(page, place) {
			await team('/rates')(page, place);
			await page
				.getByRole('link', { name: /December/ })
				.first()
				.click();
			await heading(page);
		},
	},

	{ name: 'coder-desk', role: 'coder', show: openDesk },
	{
		name: 'coder-suggestions',
		role: 'coder',
		async show(page, place) {
			await openDesk(page, place);
			await page.getByRole('form', { name: 'Coding desk' }).focus();
			await page.keyboard.press('1');
			await page.keyboard.press('Enter');
			await page.waitForLoadState('networkidle');
		},
	},
	{
		name: 'coder-disagreement',
		role: 'coder',
		async show(page, place) {
			await team('/coding/disagreements')(page, place);
			await page.locator('main a[href*="/disagreements/"]').first().click();
			await heading(page);
		},
	},
	{ name: 'coder-codebook', role: 'coder', show: team('/codebook') },
	{ name: 'coder-quotes', role: 'coder', show: team('/quotes') },

	{
		name: 'team-results',
		role: 'advisory member',
		async show(page, place) {
			await team('/results')(page, place);
			const link = page.locator('main a[href*="/results/"]').first();
			if ((await link.count()) > 0) {
				await link.click();
				await heading(page);
			}
			await scrollTo(page, 'Show results for');
		},
	},
	{
		name: 'team-results-by-race',
		role: 'advisory member',
		async show(page, place) {
			await team('/results')(page, place);
			const link = page.locator('main a[href*="/results/"]').first();
			if ((await link.count()) > 0) {
				await link.click();
				await heading(page);
			}
			await page.getByRole('link', { name: 'race and ethnicity', exact: true }).click();
			await page.waitForURL(/by=race/);
			await heading(page);
			await page.locator('figure, article').nth(1).scrollIntoViewIfNeeded();
		},
	},
	{ name: 'team-finding', role: 'advisory member', show: below('Tables it rests on', '/findings') },
	{
		name: 'team-recommendation',
		role: 'advisory member',
		show: below('Where it comes from, and where it leads', '/recommendations'),
	},

	{ name: 'steward-releases', role: 'data steward', show: team('/releases') },
	{ name: 'steward-release', role: 'data steward', show: firstOf('/releases') },
	{ name: 'steward-hidden-words', role: 'data steward', show: team('/redactions') },

	...dialogShots,

	{ name: 'public-front', role: null, show: (page) => open(page, '/') },
	{
		name: 'public-release',
		role: null,
		async show(page, place) {
			await release('')(page, place);
			await scrollTo(page, 'Who took part, and who is missing');
		},
	},
	{
		name: 'public-results',
		role: null,
		async show(page, place) {
			await release('/results')(page, place);
			await page.locator('main figure, main article').first().scrollIntoViewIfNeeded();
			await page.locator('h2', { hasText: 'Safety and belonging' }).evaluate((element) => {
				element.scrollIntoView();
			});
		},
	},
	{ name: 'public-themes', role: null, show: release('/themes') },
	{ name: 'public-results-phone', role: null, isPhone: true, show: release('/results') },
	{
		name: 'public-chain',
		role: null,
		async show(page, place) {
			await release('/recommendations')(page, place);
			await page.locator('main a[href*="/recommendations/"]').first().click();
			await heading(page);
			await scrollTo(page, 'From words to clause');
		},
	},
];

async function open(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await heading(page);
}

async function heading(page: Page): Promise<void> {
	await page.waitForLoadState('load');
	await page.getByRole('heading', { level: 1 }).waitFor();
}

function team(path: string) {
	return (page: Page, { engagement }: Place) => open(page, `/team/${engagement}${path}`);
}

function release(path: string) {
	return (page: Page, place: Place) =>
		open(page, `/e/${place.engagement}/r/${place.release}${path}`);
}

/** The first thing of a list that is not a form to make a new one. */
function firstOf(path: string) {
	return async (page: Page, place: Place) => {
		await team(path)(page, place);
		await page.locator(`main a[href*="${path}/"]:not([href$="/new"])`).first().click();
		await heading(page);
	};
}

/** The first thing of a list, from these words on. */
function below(words: string, path: string) {
	return async (page: Page, place: Place) => {
		await firstOf(path)(page, place);
		await scrollTo(page, words);
	};
}

async function openSurvey(page: Page, { links }: Place): Promise<void> {
	await open(page, links[0]?.path ?? '');
}

async function typeCode(page: Page, { links }: Place): Promise<void> {
	await page.locator('#code').fill(links[0]?.code ?? '');
	await goOn(page, page.locator('main button[type=submit]').last());
}

/** Presses a button that leads to another address: until it has, the page before is still there. */
async function goOn(page: Page, button: Locator): Promise<void> {
	const before = page.url();
	await button.click();
	await page.waitForURL(({ href }) => href !== before);
	await heading(page);
}

/** Walks on from the start, the second choice of each question, until an address ends like this. */
function answerUntil(address: string) {
	return async (page: Page, place: Place) => {
		await openSurvey(page, place);
		await typeCode(page, place);
		for (let pages = 0; pages < 60 && !page.url().includes(address); pages += 1) {
			const choices = page.locator('main label:has(input)');
			if ((await choices.count()) > 1) {
				await choices.nth(1).click();
			} else if (await page.locator('textarea').isVisible()) {
				await page.locator('textarea').fill('More adults who listen, and quieter halls.');
			}
			await goOn(page, page.getByRole('button', { name: /^(Continue|Start)$/ }));
		}
	};
}

/** Puts these words at the upper edge of the picture. */
async function scrollTo(page: Page, words: string): Promise<void> {
	const place = page.getByText(words, { exact: true }).first();
	await place.waitFor();
	await place.evaluate((element) => element.scrollIntoView());
}

async function openDesk(page: Page, place: Place): Promise<void> {
	await team('/coding')(page, place);
	await page.getByText('Keys are on.').waitFor();
}

/** A new window at one school, and the slips of one of its grades. */
async function printSlips(page: Page, place: Place): Promise<void> {
	await team('/windows/new')(page, place);
	await page.getByLabel('Name', { exact: true }).fill('Autumn survey');
	for (const [label, words] of [
		['Survey', /^Your School/],
		['Notice', /is asking about safety/],
	] as const) {
		const select = page.getByLabel(label, { exact: true });
		const option = select.locator('option', { hasText: words }).first();
		await select.selectOption(await option.getAttribute('value'));
	}
	await page.getByRole('checkbox', { name: /Old Mill/ }).check();
	await page.getByLabel('Opens').fill('2099-10-05T08:00');
	await page.getByLabel('Closes').fill('2099-10-16T16:00');
	await page.getByRole('button', { name: 'Make the window' }).click();
	await heading(page);
	await page.locator('main a[href$="/codes"]').first().click();
	await heading(page);
	await page
		.getByRole('link', { name: /^Make and print/ })
		.first()
		.click();
	await page.getByRole('button', { name: 'Make codes and show the slips' }).click();
	await page.getByText('Print this page now').waitFor();
	await page.getByRole('region', { name: 'Slips to print' }).evaluate((element) => {
		element.scrollIntoView();
	});
}
