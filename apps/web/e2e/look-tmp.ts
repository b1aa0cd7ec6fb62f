import { chromium } from '@playwright/test';
import { mkdtemp } from 'node:fs/promises';
import { startThroughline } from './start-throughline.ts';
import { findChromium } from './find-chromium.ts';
const dir = await mkdtemp('/tmp/P/data-');
const t0 = Date.now();
const server = await startThroughline(dir);
console.log('first start', Date.now() - t0);
const out = '/tmp/P/';
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	const page = await context.newPage();
	const { signInLinks } = await server.addresses();
	console.log(Object.keys(signInLinks));
	await page.goto(signInLinks['facilitator'] ?? '');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL(/team/);
	const base = '/team/eng-2026-sro/dialogs';
	const ids: Record<string, string> = {};
	await page.goto(server.origin + base);
	for (const key of ['ds-01', 'ds-03', 'ds-09']) {
		ids[key] = (await page.getByRole('link', { name: key, exact: true }).first().getAttribute('href')) ?? '';
	}
	const shots: [string, string][] = [['overview', '/team/eng-2026-sro'], ['list', base], ['new', base + '/new'], ['held', ids['ds-03'] ?? ''], ['planned', ids['ds-09'] ?? ''], ['letter', ids['ds-09'] + '/letter'], ['checklist', ids['ds-09'] + '/checklist'], ['slips', ids['ds-09'] + '/slips']];
	for (const width of [1280, 360]) {
		await page.setViewportSize({ width, height: 900 });
		for (const [name, path] of shots) {
			await page.goto(server.origin + path);
			await page.screenshot({ path: `${out}${name}-${width}.png`, fullPage: true });
		}
	}
	const pdf = { preferCSSPageSize: true, printBackground: true };
	for (const who of ['group', 'guardian']) {
		await page.goto(`${server.origin}${ids['ds-09']}/letter?for=${who}`);
		await page.pdf({ path: `${out}letter-${who}.pdf`, ...pdf });
	}
	await page.goto(`${server.origin}${ids['ds-09']}/checklist`);
	await page.pdf({ path: `${out}checklist.pdf`, ...pdf });
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto(`${server.origin}${ids['ds-09']}/slips`);
	await page.getByRole('button', { name: 'Draw the slips' }).click();
	await page.getByRole('region', { name: 'Slips to print' }).waitFor();
	await page.screenshot({ path: `${out}slips-drawn.png`, fullPage: true });
	await page.pdf({ path: `${out}slips.pdf`, ...pdf });
} finally {
	await browser.close();
	await server.stop();
}
