import type { Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { expect, expectNoAxeViolations, test, watchForeignRequests } from './support.ts';

// Whoever reads needs no script.
test.use({ javaScriptEnabled: false });
// axe looks at each page three times.
test.describe.configure({ timeout: 240_000 });

const engagement = '/e/eng-2026-sro';
const release = `${engagement}/r/2026-spring`;

const pages = [
	'/',
	engagement,
	release,
	`${release}/results`,
	`${release}/results?view=stacked`,
	`${release}/themes`,
	`${release}/themes/A2`,
	`${release}/quotes`,
	`${release}/recommendations`,
	`${release}/recommendations/R03`,
	`${release}/method`,
	`${release}/data`,
];

const MOST_BYTES = 60 * 1024;

/** The words of a file or a cell, without marks of direction and padding. */
function plain(words: string): string {
	return words
		.replaceAll(/[\u2066-\u2069\uFEFF]/g, '')
		.replaceAll(/\s+/g, ' ')
		.trim();
}

/** The lines of a CSV file; quoted cells may hold commas and quotes, none holds a line break. */
function linesOf(csv: string): string[][] {
	return csv
		.split('\r\n')
		.map((line) =>
			[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
				plain(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"')),
			),
		);
}

/** The rows of the table of a chart as they stand in the page, heading cell first. */
async function tableOf(page: Page, chart: string): Promise<string[][]> {
	const rows = page.locator(`figure[id="${chart}"] tbody tr`);
	const found: string[][] = [];
	for (const row of await rows.all()) {
		const cells = await row.locator('th, td').allTextContents();
		found.push(cells.map(plain));
	}
	return found;
}

for (const path of pages) {
	test(`${path} can be read by everyone, and tells no one`, async ({ page, server }) => {
		const foreign = watchForeignRequests(page, server.origin);
		const response = await page.goto(path);
		expect(response?.status()).toBe(200);
		const html = (await response?.text()) ?? '';
		expect(html).not.toContain('<script');
		expect(html).toContain('Synthetic sample');
		expect(html).toMatch(/<meta name="description" content="[^"]{20,}"/);
		expect(await page.locator('h1').count()).toBe(1);
		expect(foreign()).toEqual([]);
		expect(await page.context().cookies()).toEqual([]);

		const sheets = await page
			.locator('link[rel=stylesheet]')
			.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
		let bytes = gzipSync(html).length;
		for (const sheet of sheets) {
			const own = await page.request.get(new URL(sheet, page.url()).href);
			bytes += gzipSync(await own.body()).length;
		}
		expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
		await expectNoAxeViolations(page);
	});
}

test('who took part and who is missing comes first, then findings with who saw it differently', async ({
	page,
}) => {
	await page.goto('/');
	await page.getByRole('link', { name: 'What students said, spring 2026' }).click();
	const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
	expect(headings.slice(0, 3)).toEqual([
		'Who took part, and who is missing',
		'What it adds up to',
		'What is recommended',
	]);
	const findings = page.locator('article[id^="finding-"]');
	expect(await findings.count()).toBe(8);
	for (const finding of await findings.all()) {
		await expect(finding.getByText('Who saw it differently')).toBeVisible();
	}
});

test('a recommendation is walked back to the words it rests on, and forward again', async ({
	page,
}) => {
	await page.goto(`${release}/recommendations`);
	await page.getByRole('link', { name: /^R03/ }).click();
	await expect(
		page.getByText(/No clause yet\. Suggested section: .*Data and review/),
	).toBeVisible();

	const recommendation = page.locator('[id^="recommendation-"]');
	const finding = recommendation.getByRole('link', { name: 'Finding 1', exact: true });
	const findingId = (await finding.getAttribute('href')) ?? '';
	await finding.click();
	const card = page.locator(findingId);
	const quote = card.getByRole('link', { name: 'Quote 1', exact: true });
	const quoteId = (await quote.getAttribute('href')) ?? '';
	await quote.click();
	const words = page.locator(quoteId);
	await expect(words.locator('blockquote')).not.toBeEmpty();

	await words.getByRole('link', { name: 'Finding 1', exact: true }).click();
	await expect(page).toHaveURL(new RegExp(`${findingId}$`));
	await card.getByRole('link', { name: 'R03', exact: true }).click();
	await recommendation.getByRole('link', { name: 'No clause yet' }).click();
	await expect(page).toHaveURL(/#clause-/);

	await words.getByRole('link', { name: 'Follow this line' }).click();
	await expect(page).toHaveURL(/\?focus=/);
	await expect(page.getByText('Shown: the line through Quote 1.')).toBeVisible();
	await expect(words.getByText('On the line')).toBeVisible();
	await expectNoAxeViolations(page);
	await page.getByRole('link', { name: 'Show the whole chain' }).click();
	await expect(page.getByText('On the line')).toHaveCount(0);
});

test('a quote leads to its finding and recommendation, a theme to what uses it', async ({
	page,
}) => {
	await page.goto(`${release}/quotes`);
	const first = page.locator('main li', { has: page.locator('blockquote') }).first();
	await first
		.getByRole('link', { name: /^R\d\d$/ })
		.first()
		.click();
	await expect(page).toHaveURL(/\/recommendations\/R\d\d$/);
	await page.goto(`${release}/themes/A2`);
	await expect(page.getByText(/Raised by .*%.* of \d+ people/)).toBeVisible();
	const used = page.getByRole('region', { name: 'Findings that use this theme' });
	await used.getByRole('link').first().click();
	await expect(page).toHaveURL(new RegExp(`${release}#finding-`));
});

test('every file holds the figures of its chart, and the words of hidden ones', async ({
	page,
	server,
}) => {
	await page.goto(`${release}/data`);
	const files = await page
		.getByRole('link', { name: /\.csv$/ })
		.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
	expect(files.length).toBeGreaterThan(20);
	const texts = new Map<string, string>();
	for (const file of files) {
		const answer = await page.request.get(server.origin + file);
		expect(answer.headers()['content-type']).toBe('text/csv; charset=utf-8');
		expect(answer.headers()['content-disposition']).toContain('attachment');
		texts.set(/([^/]+)\.csv/.exec(file)?.[1] ?? '', await answer.text());
	}

	let compared = 0;
	for (const path of [release, `${release}/results`, `${release}/themes`]) {
		await page.goto(path);
		for (const [chart, csv] of texts) {
			const isHere = (await page.locator(`figure[id="${chart}"]`).count()) === 1;
			if (!isHere) {
				continue;
			}
			const lines = linesOf(csv);
			for (const row of await tableOf(page, chart)) {
				const figures = row.flatMap((cell) => cell.match(/[≤≥]?\d+(?:–\d+)?%/g) ?? []);
				const [label = ''] = row;
				// Who took part names group and attribute in one cell of the page, two of the file.
				const line = lines.find(
					(own) => own[0] === label || `${own[0] ?? ''}: ${own[1] ?? ''}` === label,
				);
				expect(line, `${chart}: ${label}`).toBeDefined();
				const inFile = (line ?? []).flatMap((cell) => cell.match(/[≤≥]?\d+(?:–\d+)?%/g) ?? []);
				// A heat table repeats nothing; other rows may state a figure in words once more.
				expect(inFile, `${chart}: ${label}`).toEqual(figures);
				compared += figures.length;
			}
		}
	}
	expect(compared).toBeGreaterThan(300);
});

for (const [lang, direction, heading] of [
	['es', 'ltr', 'Resultados por pregunta'],
	['ar', 'rtl', 'النتائج حسب السؤال'],
] as const) {
	test(`the site is read in ${lang}, ${direction}, from page to page`, async ({ page }) => {
		await page.goto(`${release}?lang=${lang}`);
		const html = page.locator('html');
		await expect(html).toHaveAttribute('lang', lang);
		await expect(html).toHaveAttribute('dir', direction);
		// What the team wrote stays as it was written, and says so.
		await expect(page.locator('article[id^="finding-"] h3 bdi').first()).toHaveAttribute(
			'lang',
			'en',
		);
		await page.locator('header nav a').nth(-6).click();
		await expect(page.locator('h1')).toHaveText(heading);
		await expect(html).toHaveAttribute('lang', lang);
		await expectNoAxeViolations(page);
		await page.goto(`${release}/recommendations/R10?lang=${lang}`);
		await expect(page.locator('main')).not.toContainText('advisory_review');
		await expectNoAxeViolations(page);
		const file = await page.request.get(`${release}/data/S02.csv?lang=${lang}`);
		expect(await file.text()).not.toContain('Hallways');
	});
}

test('what is not published is answered in words, with a way on', async ({ page }) => {
	const missing = await page.goto(`${engagement}/r/1999-fall`);
	expect(missing?.status()).toBe(404);
	await expect(page.getByRole('link', { name: 'See all published results' })).toBeVisible();
	for (const path of ['/themes/ZZ', '/recommendations/R77', '/data/ZZ.csv']) {
		const response = await page.request.get(release + path, { headers: { accept: 'text/html' } });
		expect(response.status(), path).toBe(404);
	}
	await page.goto(`${release}/themes/ZZ`);
	await page.getByRole('link', { name: 'Go to these results' }).click();
	await expect(page).toHaveURL(new RegExp(`${release}$`));
});
