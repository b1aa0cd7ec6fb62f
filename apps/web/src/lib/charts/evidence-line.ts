import type { EvidenceChain, QuoteCard } from '@throughline/analysis/charts';

type Finding = EvidenceChain['findings'][number];

/** The quotes of a chain, each once, with the findings they support; numbers as on the page. */
export interface ChainParts {
	findings: { finding: Finding; n: number }[];
	quotes: { quote: QuoteCard; n: number; supports: { finding: Finding; n: number }[] }[];
}

/** Numbers the findings and quotes of a chain in the order they stand in it. */
export function chainParts(chain: EvidenceChain): ChainParts {
	const findings = chain.findings.map((finding, index) => ({ finding, n: index + 1 }));
	const quotes = new Map(
		chain.findings.flatMap((finding) => finding.quotes).map((quote) => [quote.id, quote]),
	);
	return {
		findings,
		quotes: [...quotes.values()].map((quote, index) => ({
			quote,
			n: index + 1,
			supports: findings.filter(({ finding }) => finding.quotes.some(({ id }) => id === quote.id)),
		})),
	};
}

/**
 * The findings and quotes on the line through one of them: a quote and what it supports, or a
 * finding and what it rests on. Null when the id is none of the chain's.
 */
export function lineThrough(parts: ChainParts, id: string | null): ReadonlySet<string> | null {
	const quote = parts.quotes.find((entry) => entry.quote.id === id);
	if (quote) {
		return new Set([quote.quote.id, ...quote.supports.map(({ finding }) => finding.id)]);
	}
	const found = parts.findings.find((entry) => entry.finding.id === id);
	return found ? new Set([found.finding.id, ...found.finding.quotes.map((own) => own.id)]) : null;
}
