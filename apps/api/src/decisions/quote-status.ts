import { spanConsent } from '@throughline/analysis/dialog';
import type { DialogQuoteRow, QuoteSpan } from '@throughline/db/queries/cited-quote';
import { quoteProblem } from '../releases/quote-cards.ts';

/** Where a quote stands. Only a cleared one may be shown, and only that one is evidence. */
export type QuoteStatus =
	'cleared' | 'once_cleared' | 'not_cleared' | 'blocked' | 'withdrawn' | 'changed';

/** Where a quote stands; a refusal weighs more than any clearance. */
export function quoteStatus(quote: QuoteSpan): QuoteStatus {
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

/** The same for spoken words. Whoever spoke them can refuse at any time, like anyone who clears. */
export function dialogQuoteStatus(quote: DialogQuoteRow): QuoteStatus {
	if (quote.isTakenBack) {
		return 'withdrawn';
	}
	const status = quoteStatus(quote);
	return status !== 'withdrawn' && !spanConsent(quote.seats).quoted ? 'blocked' : status;
}
