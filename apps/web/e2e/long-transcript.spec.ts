import { CUES, importLong, wordsOf } from './long-transcript/import-long.ts';
import { expect, test } from './support.ts';

/** Rows beyond what is seen; a few screens of them at most. */
const MOST_ROWS = 400;

test.describe.configure({ timeout: 240_000 });

// How fast it opens and scrolls is a figure of `npm run bench -- long-transcript`.
test('a transcript of 40,000 turns shows the rows that are looked at, and no others', async ({
	page,
}) => {
	await page.goto(await importLong(page));
	const grid = page.getByRole('grid');
	const rows = grid.getByRole('row');
	await expect(rows.nth(20)).toBeVisible();
	expect(await grid.getAttribute('aria-rowcount')).toBe(String(CUES));
	await expect(grid.getByText(wordsOf(0), { exact: true })).toBeVisible();

	await page.mouse.move(640, 600);
	for (let step = 0; step < 20; step += 1) {
		await page.mouse.wheel(0, step % 5 === 4 ? 60_000 : 1500);
		expect(await rows.count()).toBeLessThan(CUES / 10);
	}
	// What was scrolled past is taken away again, a block in a frame.
	await expect.poll(() => rows.count()).toBeLessThan(MOST_ROWS);
	await expect(async () => {
		const seen = await rows.evaluateAll((all) =>
			all
				.filter((row) => {
					const { top, bottom } = row.getBoundingClientRect();
					return top > 0 && bottom < window.innerHeight;
				})
				.map((row) => ({
					index: Number(row.getAttribute('aria-rowindex')),
					text: row.textContent,
				})),
		);
		expect(seen.length).toBeGreaterThan(3);
		for (const { index, text } of seen) {
			expect(text).toContain(wordsOf(index - 1));
		}
		expect(seen[0]?.index).toBeGreaterThan(1000);
	}).toPass();
});
