import { expect, test } from 'vitest';
import { shareOf, sizeOf } from './group-share.ts';

test.each([
	[0, 0, { kind: 'nobody_yet' }],
	[0, 8, { kind: 'none' }],
	[7, 8, { kind: 'some' }],
	[8, 8, { kind: 'all' }],
	[11, 12, { kind: 'some' }],
	[1, 24, { kind: 'some' }],
	[12, 24, { kind: 'count', n: 12 }],
	[15, 24, { kind: 'some' }],
])('of %i of %i people no single one is told', (n, total, share) => {
	expect(shareOf(n, total, 10)).toEqual(share);
});

test('a small session says only that it was small', () => {
	expect(sizeOf(9, 10)).toEqual({ kind: 'fewer_than', n: 10 });
	expect(sizeOf(10, 10)).toEqual({ kind: 'exact', n: 10 });
});
