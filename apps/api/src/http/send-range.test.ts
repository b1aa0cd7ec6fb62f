import { expect, test } from 'vitest';
import { rangeOf } from './send-range.ts';

test.each([
	[undefined, null],
	['bytes=0-99', { start: 0, end: 99 }],
	['bytes=900-', { start: 900, end: 999 }],
	['bytes=-100', { start: 900, end: 999 }],
	['bytes=-5000', { start: 0, end: 999 }],
	['bytes=990-5000', { start: 990, end: 999 }],
	['bytes=1000-', 'unsatisfiable'],
	['bytes=-0', 'unsatisfiable'],
	['bytes=5-2', null],
	['bytes=-', null],
	['items=0-5', null],
	['bytes=0-5,7-9', null],
])('of a file of 1,000 bytes %s is %j', (header, range) => {
	expect(rangeOf(header, 1000)).toEqual(range);
});
