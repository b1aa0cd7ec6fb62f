import { spanConsent } from '@throughline/analysis/dialog';
import { dialogAttribution } from '@throughline/analysis/disclosure';
import type { DialogQuoteRow } from '@throughline/db/queries/cited-quote';
import type { ByLanguage, ReleasedQuote } from './body.ts';
import { quoteProblem, shownSpan } from './quote-cards.ts';

/** How many took part in each session that was held: what an attribution is measured against. */
export type SessionSizes = readonly { siteId: string; participants: number | null }[];

/** Why a quote of spoken words may not be shown, or null. */
export function dialogQuoteProblem(quote: DialogQuoteRow): string | null {
	if (quote.isTakenBack) {
		return 'The person who said it took it back. Take it out of the finding.';
	}
	const problem = quoteProblem(quote);
	if (problem !== null) {
		return problem;
	}
	return spanConsent(quote.seats).quoted
		? null
		: 'Not everyone who spoke these words agreed to be quoted. Take it out of the finding.';
}

/**
 * A quote of spoken words as it is shown: with the site of its session only where at least `k`
 * people sat together there. Null when even all sessions together had fewer.
 */
export function dialogQuoteCard(
	quote: DialogQuoteRow,
	sizes: SessionSizes,
	{ k }: { k: number },
): ReleasedQuote | null {
	const place = dialogAttribution(quote.siteId, sizes, { k });
	if (place === null) {
		return null;
	}
	return {
		...shownSpan(quote),
		attribution: place === 'site' ? attributedTo(quote.siteName) : fromSession,
	};
}

const fromSession: ByLanguage<string> = {
	en: 'A student, dialog session',
	es: 'Estudiante, sesión de diálogo',
	ar: 'طالب/طالبة، جلسة حوار',
};

function attributedTo(site: string): ByLanguage<string> {
	return {
		en: `A student, dialog session at ${site}`,
		es: `Estudiante, sesión de diálogo en ${site}`,
		ar: `طالب/طالبة، جلسة حوار في ${site}`,
	};
}
