import { expect, test } from 'vitest';
import { seatLabel } from './seat-label.ts';

test('seats are called by letters, and by two of them after Z', () => {
	expect([1, 2, 26, 27, 28, 52, 53, 200].map(seatLabel)).toEqual([
		'Voice A',
		'Voice B',
		'Voice Z',
		'Voice AA',
		'Voice AB',
		'Voice AZ',
		'Voice BA',
		'Voice GR',
	]);
});
