import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGatherer, QueueFull } from './gather.ts';

function recorded(options: {
	most?: number;
	lanes?: number;
	mostHeld?: number;
	fails?: (item: number) => boolean;
}) {
	const rounds: number[][] = [];
	let atOnce = 0;
	let mostAtOnce = 0;
	const ask = createGatherer<number, number>({
		most: options.most ?? 10,
		lanes: options.lanes ?? 1,
		mostHeld: options.mostHeld ?? 1000,
		async run(items) {
			rounds.push([...items]);
			atOnce += 1;
			mostAtOnce = Math.max(mostAtOnce, atOnce);
			await new Promise((resolve) => setTimeout(resolve, 2));
			atOnce -= 1;
			if (items.some((item) => options.fails?.(item))) {
				throw new Error(`refused: ${items.join()}`);
			}
			return items.map((item) => item * 2);
		},
	});
	return { ask, rounds, mostAtOnce: () => mostAtOnce };
}

test('what is asked for at once is done in one round, each with its own result', async () => {
	const { ask, rounds } = recorded({});
	expect(await Promise.all([3, 1, 2].map(ask))).toEqual([6, 2, 4]);
	expect(rounds).toEqual([[3, 1, 2]]);
});

test('what comes meanwhile waits for the next round', async () => {
	const { ask, rounds } = recorded({});
	const first = ask(1);
	await new Promise((resolve) => setImmediate(resolve));
	await Promise.all([first, ask(2), ask(3)]);
	expect(rounds).toEqual([[1], [2, 3]]);
});

test('one that fails takes none with it', async () => {
	const { ask } = recorded({ fails: (item) => item === 2 });
	const settled = await Promise.allSettled([1, 2, 3].map(ask));
	expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	expect(settled[1]).toMatchObject({ reason: { message: 'refused: 2' } });
});

test('a round that forgets an item says so to it, and answers the others', async () => {
	const ask = createGatherer<number, number>({
		most: 9,
		lanes: 1,
		mostHeld: 9,
		run: async () => [1],
	});
	const [first, second] = await Promise.allSettled([ask(1), ask(2)]);
	expect(first).toMatchObject({ value: 1 });
	expect(second).toMatchObject({ reason: { message: expect.stringContaining('fewer') } });
});

test('one more than may be held is refused at once and not begun, and taken when others are done', async () => {
	const { ask, rounds } = recorded({ most: 2, mostHeld: 3, fails: (item) => item === 2 });
	const held = Promise.allSettled([1, 2, 3].map(ask));
	await expect(ask(4)).rejects.toBeInstanceOf(QueueFull);
	expect(rounds).toEqual([]);
	expect((await held).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	// One that failed and one that was refused take no place for good.
	expect(await Promise.all([4, 5, 6].map(ask))).toEqual([8, 10, 12]);
	expect(rounds.flat().filter((item) => item === 4)).toHaveLength(1);
});

test('everything asked for is answered once, in rounds and lanes that are never exceeded', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(fc.nat(50), fc.nat(3)), { maxLength: 40 }),
			fc.integer({ min: 1, max: 7 }),
			fc.integer({ min: 1, max: 3 }),
			async (items, most, lanes) => {
				const { ask, rounds, mostAtOnce } = recorded({
					most,
					lanes,
					fails: (item) => item % 7 === 6,
				});
				const results = await Promise.allSettled(
					items.map(async ([item, wait]) => {
						await new Promise((resolve) => setTimeout(resolve, wait));
						return await ask(item);
					}),
				);
				expect(results).toHaveLength(items.length);
				for (const [index, result] of results.entries()) {
					const item = items[index]?.[0] ?? 0;
					if (item % 7 === 6) {
						expect(result.status).toBe('rejected');
					} else {
						expect(result).toMatchObject({ value: item * 2 });
					}
				}
				expect(Math.max(0, ...rounds.map((round) => round.length))).toBeLessThanOrEqual(most);
				expect(mostAtOnce()).toBeLessThanOrEqual(lanes);
			},
		),
		{ numRuns: 25, seed: 11 },
	);
});
