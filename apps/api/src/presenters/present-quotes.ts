import { codePointLength, codePointSlice, sentences } from '@throughline/analysis/text';
import type { ExcerptRow } from '@throughline/db/queries/coding-queue';
import type { QuoteForClearance } from '@throughline/db/queries/quote';
import type { SpanSeat } from '@throughline/db/queries/span-consent';
import { hashOf, mayBeQuoted } from '../actions/propose-quote.ts';
import { mayBeHeard } from '../recordings/quote-sound.ts';
import type { QuoteSource, QuoteView } from '../routes/quotes/schema.ts';
import { presentExcerpt } from './present-coding.ts';

/** So many people clear a quote before it may be published. */
const CLEARANCES = 2;

/** A quote as the team clears it: its words, never who wrote them. */
export function presentQuote(quote: QuoteForClearance, personId: string): QuoteView {
	const { excerptText, startAt, endAt, withdrawnAt, clearances } = quote;
	const text = codePointSlice(excerptText, startAt, endAt);
	const cleared = clearances.filter(({ isCleared }) => isCleared).length;
	const isBlocked = cleared < clearances.length;
	const { id: _, ...excerpt } = presentExcerpt({ ...quote, text });
	return {
		id: quote.id,
		excerptId: quote.excerptId,
		...excerpt,
		before: codePointSlice(excerptText, 0, startAt),
		after: codePointSlice(excerptText, endAt, codePointLength(excerptText)),
		proposedBy: quote.proposedBy,
		status: statusOf({ isWithdrawn: withdrawnAt !== null, isBlocked, cleared }),
		missing: Math.max(0, CLEARANCES - cleared),
		clearances: clearances.map(({ person, isCleared, reason, ...said }) => ({
			person,
			isOwn: said.personId === personId,
			isCleared,
			reason,
		})),
		isTakenBack: quote.isTakenBack,
		mayBeQuoted: mayBeQuoted(quote),
		mayBeHeard: quote.hasRecording && !quote.isTakenBack && mayBeHeard(quote),
		isIntact: quote.isTakenBack || hashOf(text) === quote.textHash,
		findings: quote.findings,
		usedBy: quote.usedBy,
	};
}

/** An excerpt to choose from; `seats` are those who spoke in it, none for an answer. */
export function presentQuoteSource(row: ExcerptRow, seats: readonly SpanSeat[]): QuoteSource {
	const { text, language } = row;
	const spans: QuoteSource['sentences'] = [];
	let unit = 0;
	for (const sentence of sentences(text, language)) {
		const at = text.indexOf(sentence, unit);
		if (at !== -1) {
			const startAt = codePointLength(text.slice(0, at));
			spans.push({ startAt, endAt: startAt + codePointLength(sentence), text: sentence });
			unit = at + sentence.length;
		}
	}
	const whole = { startAt: 0, endAt: codePointLength(text), text };
	return {
		excerpt: presentExcerpt(row),
		mayBeQuoted: mayBeQuoted({ dialog: row.dialog, seats }),
		sentences: spans.length > 0 ? spans : [whole],
	};
}

function statusOf(quote: {
	isWithdrawn: boolean;
	isBlocked: boolean;
	cleared: number;
}): QuoteView['status'] {
	if (quote.isWithdrawn) {
		return 'withdrawn';
	}
	if (quote.isBlocked) {
		return 'blocked';
	}
	return quote.cleared >= CLEARANCES ? 'cleared' : 'waiting';
}
