import { expect, test } from 'vitest';
import { hourly } from './hourly.ts';

function jobAt(start: string) {
	let now = new Date(start);
	let runs = 0;
	const job = hourly({ clock: () => now }, async () => {
		runs += 1;
	});
	return async (time: string) => {
		now = new Date(time);
		await job();
		return runs;
	};
}

test('hourly work is done when an hour is over, not before', async () => {
	const runsAt = jobAt('2026-01-15T12:00:00Z');
	expect(await runsAt('2026-01-15T12:59:59Z')).toBe(0);
	expect(await runsAt('2026-01-15T13:00:00Z')).toBe(1);
	expect(await runsAt('2026-01-15T13:30:00Z')).toBe(1);
	expect(await runsAt('2026-01-15T14:00:00Z')).toBe(2);
});

test('a clock set back a day does not stop it for a day', async () => {
	const runsAt = jobAt('2026-01-15T12:00:00Z');
	expect(await runsAt('2026-01-14T12:00:00Z')).toBe(1);
	expect(await runsAt('2026-01-14T13:00:00Z')).toBe(2);
});
