import type { Cell, Chart, EvidenceChain, QuoteCard } from '@throughline/analysis/charts';
import { direction } from '@throughline/survey-engine';
import type { ReleaseBody, ReleasedFinding, ReleasedQuote } from '../releases/body.ts';
import { takenBackWords } from '../releases/taken-back.ts';
import type { ChartLanguage } from '../results/charts/words.ts';
import type {
	PublicEngagement,
	PublicRelease,
	PublicReleaseEntry,
} from '../routes/public/schema.ts';

interface StoredRelease {
	slug: string;
	title: string;
	body_hash: string;
	frozen_at: Date | null;
	approvals: { role: string; body_hash: string; created_at: Date }[];
}

/** A release in one language. Takes only what was frozen; nothing is counted here. */
export function presentRelease(
	release: StoredRelease,
	body: ReleaseBody,
	language: ChartLanguage,
): PublicRelease {
	const charts = body.charts[language];
	const quotes = body.quotes.map((quote) => presentQuote(body, quote, language));
	return {
		slug: release.slug,
		title: release.title,
		frozenOn: release.frozen_at?.toISOString().slice(0, 10) ?? null,
		hash: release.body_hash,
		language: body.language,
		approvals: release.approvals
			.filter((approval) => approval.body_hash === release.body_hash)
			.map((approval) => ({
				role: approval.role,
				on: approval.created_at.toISOString().slice(0, 10),
			})),
		engagement: body.engagement,
		window: publicWindow(body),
		sections: body.sections.map((section) => ({
			id: section.id,
			title: section.title[language],
			charts: section.chartIds.flatMap((id) => charts[id] ?? []),
		})),
		themes: body.themes.map((theme) => ({
			...theme,
			quoteIds: body.quotes
				.filter((quote) => quote.themeKeys.includes(theme.key))
				.map((quote) => quote.id),
			findingIds: body.findings
				.filter((finding) => finding.themeKeys.includes(theme.key))
				.map((finding) => finding.id),
		})),
		quotes,
		findings: body.findings,
		recommendations: body.recommendations,
		chains: body.recommendations.map((recommendation) =>
			chainOf({ body, charts, quotes }, recommendation),
		),
		method: body.method,
	};
}

/** An engagement as its newest release tells it. */
export function presentPublicEngagement(
	{ slug, title, body }: StoredRelease & { body: ReleaseBody },
	releases: PublicReleaseEntry[],
): PublicEngagement {
	return {
		engagement: body.engagement,
		language: body.language,
		releases,
		newest: {
			slug,
			title,
			window: publicWindow(body),
			findings: body.findings.map(({ id, sentence, minorityView }) => ({
				id,
				sentence,
				minorityView,
			})),
			recommendations: body.recommendations.length,
		},
	};
}

function publicWindow({ window }: ReleaseBody): PublicRelease['window'] {
	const { label, opensOn, closesOn, surveyHash } = window;
	return { label, opensOn, closesOn, surveyHash };
}

interface Parts {
	body: ReleaseBody;
	charts: Record<string, Chart>;
	quotes: readonly QuoteCard[];
}

function chainOf(
	parts: Parts,
	recommendation: ReleaseBody['recommendations'][number],
): EvidenceChain {
	const { id, key, category, text, status, clauseHint } = recommendation;
	return {
		recommendation: { id, key, category, text, status },
		findings: parts.body.findings
			.filter((finding) => recommendation.findingIds.includes(finding.id))
			.map((finding) => findingOf(parts, finding)),
		clause: null,
		clauseHint,
	};
}

function findingOf(parts: Parts, finding: ReleasedFinding): EvidenceChain['findings'][number] {
	return {
		id: finding.id,
		sentence: finding.sentence,
		charts: finding.chartIds.flatMap((id) => {
			const chart = parts.charts[id];
			return chart ? [{ id, title: chartName(chart) }] : [];
		}),
		themes: finding.themeKeys.map((key) => ({
			id: key,
			label: parts.body.themes.find((theme) => theme.key === key)?.label ?? key,
			cell: themeCell(parts, key),
		})),
		quotes: parts.quotes.filter((quote) => finding.quoteIds.includes(quote.id)),
		minorityView: finding.minorityView === '' ? null : finding.minorityView,
	};
}

/** What a chart is called in a list: the answers to a question say little without it. */
function chartName({ kind, title, measure }: Chart): string {
	return kind === 'options' ? `${measure} ${title}` : title;
}

function themeCell(parts: Parts, key: string): Cell {
	const chart = parts.charts['themes-all'];
	const row = chart?.kind === 'themes' ? chart.rows.find((own) => own.id === key) : undefined;
	return row?.cell ?? { type: 'hidden' };
}

function presentQuote(body: ReleaseBody, quote: ReleasedQuote, language: ChartLanguage): QuoteCard {
	const { takenBackIn, takenBackBy = 'speaker' } = quote;
	const isTakenBack = takenBackIn !== undefined;
	return {
		id: quote.id,
		text: isTakenBack
			? takenBackWords({ month: takenBackIn, by: takenBackBy }, language)
			: quote.text,
		language: isTakenBack ? language : quote.language,
		direction: isTakenBack ? direction(language) : quote.direction,
		attribution: isTakenBack ? '' : quote.attribution[language],
		themes: quote.themeKeys.map((key) => ({
			id: key,
			label: body.themes.find((theme) => theme.key === key)?.label ?? key,
		})),
		isEditedForPrivacy: !isTakenBack && quote.isEditedForPrivacy,
		hash: quote.hash,
		...(isTakenBack && { isTakenBack }),
	};
}
