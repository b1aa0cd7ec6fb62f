/**
 * How fast a transcript of 40,000 turns opens and scrolls in Chromium, as JSON on stdout:
 * `node measure.ts`. Run by tooling/bench/long-transcript.ts; needs the built pages.
 */
import { chromium, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../find-chromium.ts';
import { startThroughline } from '../start-throughline.ts';
import { importLong } from './import-long.ts';

const RUNS = 5;
const STEPS = 60;

const dataDir = await mkdtemp(join(tmpdir(), 'throughline-measure-'));
const server = await startThroughline(dataDir);
const browser = await chromium.launch({
	executablePath: findChromium(),
	args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
	const context = await browser.newContext({
		baseURL: server.origin,
		viewport: { width: 1280, height: 900 },
	});
	const page = await context.newPage();
	const address = await importLong(page);
	// What a first visit compiles and fetches is not what opening a long one costs.
	await open(page, address);
	const openedMs: number[] = [];
	const longestTaskMs: number[] = [];
	for (let run = 0; run < RUNS; run += 1) {
		openedMs.push(await open(page, address));
		longestTaskMs.push(await scroll(page));
	}
	process.stdout.write(`${JSON.stringify({ openedMs, longestTaskMs })}\n`);
} finally {
	await browser.close();
	await server.stop();
	await rm(dataDir, { recursive: true, force: true });
}

/** Milliseconds until the fortieth row is there. */
async function open(page: Page, address: string): Promise<number> {
	const since = performance.now();
	await page.goto(address);
	await page.getByRole('row').nth(40).waitFor();
	const milliseconds = performance.now() - since;
	await page.waitForLoadState('networkidle');
	return milliseconds;
}

/** The longest task of the main thread while the wheel turns, now and then far; 0 when none is over 50 ms. */
async function scroll(page: Page): Promise<number> {
	await page.evaluate(() => {
		const tasks: number[] = [];
		new PerformanceObserver((list) => {
			tasks.push(...list.getEntries().map(({ duration }) => duration));
		}).observe({ entryTypes: ['longtask'] });
		Object.assign(window, { tasks });
	});
	await page.mouse.move(640, 600);
	for (let step = 0; step < STEPS; step += 1) {
		await page.mouse.wheel(0, step % 10 === 9 ? 60_000 : 1500);
		await page.waitForTimeout(50);
	}
	await page.waitForTimeout(500);
	const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
	return Math.max(0, ...tasks);
}
