import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import { beforeAll, expect, test } from 'vitest';
import type { Measure, NotRun } from './measure.ts';
import { seededChance } from './seeded-chance.ts';
import { tryOn } from './try-on.ts';

/** Attacks by id, how many of each: one that is left out by mistake is missed. */
const ATTACKS: [string, number][] = [
	['U1', 1],
	['U2', 3],
	['U3', 1],
	['U4', 1],
	['U5', 2],
	['U6', 3],
	['U7', 1],
	['U8', 1],
	['U9', 3],
];

describeOnBothDatabases('after the opening nobody is found', (_getDatabase, mode) => {
	let results: (Measure | NotRun)[] = [];
	beforeAll(async () => {
		const database = await createTestDatabase(mode);
		try {
			results = await tryOn(database.config, { random: seededChance(7) });
		} finally {
			await database.remove();
		}
	}, 300_000);

	test.each(ATTACKS)('by attack %s, which finds everybody in the control', (id, count) => {
		const measured = results.filter((result) => result.id === id);
		expect(measured).toHaveLength(count);
		for (const result of measured) {
			if ('notRun' in result) {
				expect.fail(`${result.attack} was not run: ${result.notRun}`);
			}
			expect(result.of, result.attack).toBeGreaterThan(30);
			expect(result.control.matched, `control of: ${result.attack}`).toBeGreaterThanOrEqual(
				result.control.atLeast,
			);
			expect(result.matched, result.attack).toBeLessThanOrEqual(result.bound);
		}
	});
});
