import { expect, test } from 'vitest';
import { reliabilityOf } from './reliability.ts';

const decided = (...coders: string[][]) => ({ excerptId: 'e', coders });

test('nothing coded twice has no reliability', () => {
	expect(reliabilityOf([decided(['A1']), decided([])])).toBeNull();
});

test('coders who always agree reach 1 on every theme', () => {
	const decisions = [decided(['A1'], ['A1']), decided(['B1'], ['B1']), decided([], [])];
	expect(reliabilityOf(decisions)).toEqual({ themes: 2, median: 1, high: 2, fair: 0 });
});

test('a theme coders never agree on lowers the median of two to the middle', () => {
	const decisions = [
		decided(['A1'], ['A1']),
		decided(['A1'], ['A1']),
		decided(['B1'], []),
		decided([], ['B1']),
	];
	// B1: 2 of 8 values are 1, no pair of ones: observed 2/4, expected 1 - (2·1 + 6·5)/(8·7) = 3/7.
	expect(reliabilityOf(decisions)).toEqual({
		themes: 2,
		median: Math.round(((1 + (1 - 2 / 4 / (3 / 7))) / 2) * 100) / 100,
		high: 1,
		fair: 0,
	});
});

test('a theme that both put on every answer says nothing about agreement', () => {
	expect(reliabilityOf([decided(['A1'], ['A1'])])).toBeNull();
});
