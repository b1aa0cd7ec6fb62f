import { describe, expect, it } from 'vitest';
import { showMean } from './mean.ts';
import { surveyParams } from './params.ts';

describe('means of a scale', () => {
	it.each([
		[
			'one decimal, half up',
			[
				{ score: 1, count: 4 },
				{ score: 4, count: 8 },
			],
			'3.0',
		],
		[
			'2.25 is shown as 2.3',
			[
				{ score: 2, count: 9 },
				{ score: 3, count: 3 },
			],
			'2.3',
		],
		[
			'nothing below minN',
			[
				{ score: 1, count: 4 },
				{ score: 4, count: 5 },
			],
			null,
		],
		[
			'nothing when all gave the same answer',
			[
				{ score: 4, count: 50 },
				{ score: 1, count: 0 },
			],
			null,
		],
	])('%s', (_, answers, expected) => {
		expect(showMean(answers, surveyParams)).toBe(expected);
	});
});
