import { quoteProblem } from '../releases/quote-cards.ts';
import type { QuoteRow } from '@throughline/db/queries/decisions';

/** Where a quote stands. Only a cleared one may be shown, and only that one is evidence. */
export type QuoteStatus =
	'cleared' | 'once_cleared' | 'not_cleared' | 'blocked' | 'withdrawn' | 'changed';

/** Where a quote stands; a refusal weighs more than any clearance. */
export function quoteStatus(quote: QuoteRow): QuoteStatus {
	if (quote.isWithdrawn) {
		return 'withdrawn';
	}
	if (quote.blockedBy.length > 0) {
		return 'blocked';
	}
	if (quote.clearedBy.length < 2) {
		return quote.clearedBy.length === 1 ? 'once_cleared' : 'not_cleared';
	}
	return quoteProblem(quote) === null ? 'cleared' : 'changed';
}
