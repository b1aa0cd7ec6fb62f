import { expect, test } from './support.ts';

const CUES = 40_000;
const HOURS = 6;
const team = '/team/eng-2026-sro';

test.describe.configure({ timeout: 240_000 });

/** Six hours of talk in 40,000 cues, of two seats and a facilitator. */
function longTalk(): string {
	const length = (HOURS * 3_600_000) / CUES;
	const time = (ms: number) => new Date(ms).toISOString().slice(11, 23);
	const lines = Array.from({ length: CUES }, (_, index) => {
		const [start, end] = [index * length, index * length + length - 1];
		const words = `Turn ${index} is about the hallway, the bus and what happens after school.`;
		return `${time(start)} --> ${time(end)}\n<v Voice ${index % 3 === 0 ? 'B' : 'A'}>${words}\n`;
	});
	return `WEBVTT\n\n${lines.join('\n')}`;
}

test('a transcript of 40,000 turns opens within a second and scrolls without standing still', async ({
	page,
}) => {
	await page.goto('/sign-in');
	await page
		.getByRole('button', { name: /^facilitator/i })
		.first()
		.click();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page).toHaveURL(new RegExp(`${team}$`));
	const self = await page.request.get('/api/session');
	const { engagements } = (await self.json()) as { engagements: { id: string }[] };
	const base = `/api/engagements/${engagements[0]?.id}`;
	const answer = await page.request.get(`${base}/dialogs?page=1`);
	const { dialogs } = (await answer.json()) as { dialogs: { id: string; key: string }[] };
	const session = dialogs.find(({ key }) => key === 'ds-01')?.id ?? '';
	const since = performance.now();
	const imported = await page.request.post(`${base}/dialogs/${session}/transcripts`, {
		multipart: {
			file: { name: 'long.vtt', mimeType: 'text/vtt', buffer: Buffer.from(longTalk()) },
			plan: JSON.stringify({
				language: 'en',
				map: [
					{ label: 'Voice A', speaker: 'nobody' },
					{ label: 'Voice B', speaker: 'facilitator' },
				],
			}),
		},
		timeout: 120_000,
	});
	expect(imported.status()).toBe(201);
	const importedMs = performance.now() - since;
	const { transcriptId } = (await imported.json()) as { transcriptId: string };
	const address = `${team}/dialogs/${session}/transcripts/${transcriptId}`;
	// What a first visit compiles and fetches is not what opening a long one costs.
	await page.goto(address);
	await page.waitForLoadState('networkidle');

	const opened = performance.now();
	await page.goto(address);
	await expect(page.getByRole('row').nth(40)).toBeVisible();
	const openedMs = performance.now() - opened;
	await page.waitForLoadState('networkidle');
	await page.evaluate(() => {
		const tasks: number[] = [];
		new PerformanceObserver((list) => {
			tasks.push(...list.getEntries().map(({ duration }) => duration));
		}).observe({ entryTypes: ['longtask'] });
		Object.assign(window, { tasks });
	});
	for (let step = 0; step < 60; step += 1) {
		await page.mouse.wheel(0, step % 10 === 9 ? 60_000 : 1500);
		await page.waitForTimeout(50);
	}
	await page.waitForTimeout(500);
	const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
	const longest = Math.max(0, ...tasks);
	process.stdout.write(
		`40,000 turns: imported in ${(importedMs / 1000).toFixed(1)} s, opened in ${Math.round(openedMs)} ms, longest task while scrolling ${Math.round(longest)} ms\n`,
	);
	expect(openedMs).toBeLessThan(1000);
	expect(longest).toBeLessThan(100);
	expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(CUES));
});
