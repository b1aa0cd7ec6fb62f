import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startThroughline, type Running } from './start-throughline.ts';

export { expect };

/** How a test says which pages axe looked at; read by every-page-reporter.ts. */
export const LOOKED_AT = 'looked at';

/** Pages on which no script runs, axe's own included. */
const scriptless = new WeakSet<Page>();

interface Watched {
	/** What pages tried against their policy so far. A test that means to takes it out. */
	violations: string[];
}

/**
 * `test` with a server of its own per worker, the sample loaded; `page.goto('/')` reaches it. A
 * test in which a page tries what its content policy forbids fails, whatever context it made.
 */
export const test = base.extend<
	Watched,
	{
		server: Running;
		serverFor: string;
		serverSettings: Record<string, string>;
	}
>({
	// A journey that names itself here has a server nobody else has changed anything on.
	serverFor: ['everyone', { option: true, scope: 'worker' }],
	serverSettings: [{}, { option: true, scope: 'worker' }],
	violations: [
		async ({ browser, server }, use) => {
			const violations: string[] = [];
			const watch = (context: BrowserContext) => {
				sayOrigin(context, server.origin);
				context.on('console', (message) => {
					if (isViolation(message.text())) {
						violations.push(message.text());
					}
				});
				return context;
			};
			const newContext = browser.newContext.bind(browser);
			browser.newContext = async (options) => watch(await newContext(options));
			await use(violations);
			browser.newContext = newContext;
			expect(violations, 'what pages tried against their content policy').toEqual([]);
		},
		{ auto: true },
	],
	context: async ({ violations: _, context }, use) => {
		await use(context);
	},
	server: [
		async ({ serverFor, serverSettings: settings }, use) => {
			const dataDir = await mkdtemp(join(tmpdir(), `throughline-e2e-${serverFor}-`));
			try {
				await cp(templateFolder(), dataDir, { recursive: true });
				const server = await startThroughline(dataDir, { settings });
				await use(server);
				await server.stop();
				expect(server.triedElsewhere(), 'where the server tried to connect to').toEqual([]);
			} finally {
				await rm(dataDir, { recursive: true, force: true });
			}
		},
		{ scope: 'worker', timeout: 120_000 },
	],
	baseURL: async ({ server }, use) => {
		await use(server.origin);
	},
	page: async ({ page, javaScriptEnabled }, use) => {
		if (!javaScriptEnabled) {
			scriptless.add(page);
		}
		await use(page);
	},
});

/** Lets requests a journey makes itself say where they come from, as those of a page do. */
function sayOrigin({ request }: BrowserContext, origin: string): void {
	const send = request.fetch.bind(request);
	request.fetch = (what, options) =>
		send(what, { ...options, headers: { origin, ...options?.headers } });
}

/** As Chromium words it, for the policy of a page and for Trusted Types. */
function isViolation(text: string): boolean {
	return /Content Security Policy|requires 'Trusted\w+' assignment|TrustedTypePolicy/.test(text);
}

interface Variant {
	name: string;
	width: number;
	forcedColors: 'active' | 'none';
}

/** The ways every page is looked at. */
export const variants: readonly Variant[] = [
	{ name: 'desktop', width: 1280, forcedColors: 'none' },
	{ name: '360 px', width: 360, forcedColors: 'none' },
	{ name: 'forced colors', width: 1280, forcedColors: 'active' },
];

/**
 * The page has no violation of WCAG 2.0–2.2, A or AA, in any variant (no rule is off), and does not
 * scroll sideways at 360 px. Puts the page back as it was. A page without script is looked at as a
 * copy of its document, for axe is a script; say `hasScript: false` where the test made the context.
 */
export async function expectNoAxeViolations(
	page: Page,
	{ hasScript = !scriptless.has(page) }: { hasScript?: boolean } = {},
): Promise<void> {
	await noteLook(page, hasScript);
	return hasScript ? expectEveryVariant(page) : expectCopyAccessible(page);
}

/** A page that is not there says nothing about the one that would be. */
async function noteLook(page: Page, hasScript: boolean): Promise<void> {
	const status = await page.evaluate(
		() =>
			performance.getEntriesByType('navigation').map((entry) => entry.toJSON().responseStatus)[0],
	);
	if (![401, 403, 404, 410, 500, 503].includes(status)) {
		const { pathname } = new URL(page.url());
		const description = `${hasScript ? 'script' : 'plain'} ${pathname}`;
		test.info().annotations.push({ type: LOOKED_AT, description });
	}
}

async function expectEveryVariant(page: Page): Promise<void> {
	const before = page.viewportSize();
	for (const variant of variants) {
		await page.setViewportSize({ width: variant.width, height: 900 });
		await page.emulateMedia({ forcedColors: variant.forcedColors });
		await expectAccessible(page, variant);
	}
	await page.emulateMedia({ forcedColors: null });
	if (before !== null) {
		await page.setViewportSize(before);
	}
}

async function expectCopyAccessible(page: Page): Promise<void> {
	const browser = page.context().browser();
	if (browser === null) {
		throw new Error('The page has no browser to make a copy in.');
	}
	// Playwright hands the test's own options on to a new context: script has to be switched on.
	const context = await browser.newContext({ javaScriptEnabled: true });
	try {
		const copy = await context.newPage();
		const body = await page.content();
		await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html', body }));
		await copy.goto(page.url());
		await expectEveryVariant(copy);
	} finally {
		await context.close();
	}
}

/** No request of the page went anywhere but to its own server. Call before the first `goto`. */
export function watchForeignRequests(page: Page, origin: string): () => string[] {
	const foreign: string[] = [];
	page.on('request', (request) => {
		const url = request.url();
		if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:')) {
			foreign.push(url);
		}
	});
	return () => foreign;
}

async function expectAccessible(page: Page, variant: Variant): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
		.analyze();
	const found = violations.flatMap(({ id, help, nodes }) =>
		nodes.map(
			(node) => `${id}: ${help}\n  ${node.target.join(' ')}\n  ${node.failureSummary ?? ''}`,
		),
	);
	expect(found, `${page.url()} at ${variant.name}`).toEqual([]);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	expect(overflow, `${page.url()} scrolls sideways at ${variant.name}`).toBeLessThanOrEqual(0);
}

function templateFolder(): string {
	const folder = process.env['THROUGHLINE_E2E_TEMPLATE'];
	if (folder === undefined) {
		throw new Error('The sample was not loaded: run the journeys with `npm run e2e -w apps/web`.');
	}
	return folder;
}
