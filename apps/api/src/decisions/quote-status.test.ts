import { createHash } from 'node:crypto';
import type { QuoteRow } from '@throughline/db/queries/cited-quote';
import { describe, expect, it } from 'vitest';
import { type QuoteStatus, quoteStatus } from './quote-status.ts';

const text = 'They listen when you talk.';
const sha256 = (words: string) => createHash('sha256').update(words).digest('hex');
const quote: QuoteRow = {
	id: 'q',
	excerptId: 'e',
	startAt: 0,
	endAt: 11,
	textHash: sha256('They listen'),
	isWithdrawn: false,
	excerptText: text,
	excerptHash: sha256(text),
	language: 'en',
	responseId: 'r',
	windowId: 'w',
	questionId: 'S17',
	cohortId: 'c',
	answers: { meta: { survey: '', notice: '', language: 'en' }, values: {} },
	hasRedactions: false,
	clearedBy: [],
	blockedBy: [],
	themeKeys: [],
};

describe('quoteStatus', () => {
	it.each<[Partial<QuoteRow>, QuoteStatus]>([
		[{}, 'not_cleared'],
		[{ clearedBy: ['a'] }, 'once_cleared'],
		[{ clearedBy: ['a', 'b'] }, 'cleared'],
		[{ clearedBy: ['a', 'b'], blockedBy: ['c'] }, 'blocked'],
		[{ clearedBy: ['a', 'b'], isWithdrawn: true }, 'withdrawn'],
		[{ clearedBy: ['a', 'b'], excerptText: 'They listen, sometimes.' }, 'changed'],
		[{ clearedBy: ['a', 'b'], endAt: 12 }, 'changed'],
	])('%o is %s', (change, expected) => {
		expect(quoteStatus({ ...quote, ...change })).toBe(expected);
	});
});
