import { describe, expect, test } from 'vitest';
import { mergeSpans, segmentsOf } from './timeline.ts';

const slice = (segment: number, bytes: number, startMs: number, endMs: number) => ({
	number: 0,
	segment,
	bytes,
	sha256: '',
	startMs,
	endMs,
});

describe('segments', () => {
	test('lie one after the other in the file and where the clock says in time', () => {
		const slices = [
			slice(0, 10, 30_000, 35_000),
			slice(0, 12, 35_000, 40_000),
			slice(1, 0, 90_000, 95_000),
			slice(1, 7, 95_000, 99_000),
		];
		expect(segmentsOf({ slices, gaps: [] }, { offsetMs: 30_000, bytes: 29 })).toEqual([
			{ from: 0, to: 22, startMs: 0, endMs: 10_000 },
			{ from: 22, to: 29, startMs: 65_000, endMs: 69_000 },
		]);
	});

	test('of a file from another recorder are one: the file', () => {
		expect(segmentsOf({ slices: [], gaps: [] }, { offsetMs: -5000, bytes: 99 })).toEqual([
			{ from: 0, to: 99, startMs: 0, endMs: null },
		]);
	});
});

test('spans that touch or overlap become one', () => {
	const spans = [
		{ startMs: 50, endMs: 60 },
		{ startMs: 0, endMs: 10 },
		{ startMs: 10, endMs: 20 },
		{ startMs: 12, endMs: 15 },
	];
	expect(mergeSpans(spans)).toEqual([
		{ startMs: 0, endMs: 20 },
		{ startMs: 50, endMs: 60 },
	]);
});
