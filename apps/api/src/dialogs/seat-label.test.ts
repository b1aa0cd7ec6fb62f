import { expect, test } from 'vitest';
import { seatLabel } from './seat-label.ts';

test('seats are called by letters, and by two of them after Z', () => {
	expect([0, 1, 25, 26, 27, 51, 52, 199].map(seatLabel)).toEqual([
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
