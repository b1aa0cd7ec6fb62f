import type { Chart } from '@throughline/analysis/charts';
import { protectRelease, type ReleaseTable } from '@throughline/analysis/disclosure';
import {
	type FindingRow,
	listFindings,
	listQuotes,
	listRecommendations,
	type QuoteRow,
} from '@throughline/db/queries/decisions';
import type { Schema } from '@throughline/db/schema';
import { localText } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { siteNest } from '../results/attributes.ts';
import { renderChart } from '../results/charts/build-chart.ts';
import { type ChartFacts, chartInputs, readChartFacts } from '../results/charts/chart-facts.ts';
import { chartId, listChartIds, parseChartId } from '../results/charts/chart-id.ts';
import { chartLanguages, chartWords } from '../results/charts/words.ts';
import type { CountedWindow } from '../results/read-window.ts';
import type {
	ByLanguage,
	ReleaseAudit,
	ReleaseBody,
	ReleasedFinding,
	ReleaseProblem,
} from './body.ts';
import { readEngagementPart } from './engagement-part.ts';
import { countLabels, quoteCard, quoteProblem, samePersonProblems } from './quote-cards.ts';

/** Breakdowns of themes that every release shows. */
const THEME_BREAKDOWNS = ['site', 'race'] as const;
const RULES = 'Throughline disclosure rules, 2026-11: docs/disclosure.md';

/** A release as it would be frozen now, and what stands in its way. */
export interface BuiltRelease {
	body: ReleaseBody;
	audit: ReleaseAudit;
	problems: ReleaseProblem[];
}

export interface BuildRelease {
	slug: string;
	/** The protected tables of earlier releases, oldest first. */
	earlier: readonly (readonly ReleaseTable[])[];
}

/**
 * Builds a release of an opened window from what stands in the database now: charts protected
 * together and audited with all earlier releases, cleared quotes, ready findings, and the
 * recommendations that rest on them. Deterministic for the same data.
 */
export async function buildRelease(
	db: Kysely<Schema>,
	window: CountedWindow,
	options: BuildRelease,
): Promise<BuiltRelease> {
	const facts = await readChartFacts(db, window);
	const findings = (await listFindings(db, window.engagementId)).filter(
		(finding) => finding.status === 'ready',
	);
	const quotes = await quotesOf(db, window, findings);
	const released = findings.map((finding) => releasedFinding(finding, window));
	const ids = chartIdsOf(window, released);
	const protection = protectCharts(facts, ids, options.earlier);
	const recommendations = await releasedRecommendations(db, window.engagementId, findings);
	const engagement = await readEngagementPart(db, window.engagementId);
	const body: ReleaseBody = {
		schema: 'throughline-release/1',
		engagement,
		window: {
			id: window.windowId,
			label: window.label,
			opensOn: window.opensAt.toISOString().slice(0, 10),
			closesOn: window.closesAt.toISOString().slice(0, 10),
			surveyHash: window.surveyHash,
		},
		sections: sectionsOf(window, ids),
		charts: chartsOf(facts, ids, { tables: protection.tables, slug: options.slug, engagement }),
		themes: facts.themes.map((theme) => ({
			key: theme.key,
			label: theme.label,
			definition: theme.definition,
			group: theme.group_label,
		})),
		quotes: quotes.cards,
		findings: released,
		recommendations,
		method: {
			minN: window.minN,
			quoteK: window.quoteK,
			...facts.coverage,
			withheld: protection.withheld,
			rules: RULES,
		},
	};
	return {
		body,
		audit: {
			schema: 'throughline-release-audit/1',
			tables: protection.tables,
			chartIds: ids,
			codings: Object.fromEntries(
				[...facts.codings.themesOf].map(([excerptId, keys]) => [excerptId, [...keys]]),
			),
		},
		problems: [...quotes.problems, ...protection.problems, ...evidenceProblems(body)],
	};
}

/** The charts of a release: everything over everyone, themes by group, and what findings rest on. */
function chartIdsOf(window: CountedWindow, findings: readonly ReleasedFinding[]): string[] {
	const themes = THEME_BREAKDOWNS.map((by) => chartId({ type: 'themes', questionId: 'all', by }));
	return [
		...new Set([
			...listChartIds(window.survey),
			...themes,
			...findings.flatMap((finding) => finding.chartIds),
		]),
	];
}

/** Protects the tables of all charts together, with every earlier release. */
export function protectCharts(
	facts: ChartFacts,
	ids: readonly string[],
	earlier: readonly (readonly ReleaseTable[])[],
): { tables: ReleaseTable[]; withheld: string[]; problems: ReleaseProblem[] } {
	const inputs = ids.map((id) => chartInputs(facts, id));
	const results = new Map(
		inputs.flatMap((input) => input.results).map((input) => [input.id, input]),
	);
	const { tables, withheld, audit } = protectRelease(
		{
			participation: inputs.flatMap((input) => input.participation),
			results: [...results.values()],
			counts: [],
			earlier,
		},
		{ minN: facts.window.minN, nests: [siteNest(facts.window.sites)] },
	);
	const problems = audit.problems.map((problem) => ({
		code: 'disclosure' as const,
		where: `${problem.table}: ${problem.cell}`,
		message: `A reader could narrow this to ${problem.low}–${problem.high} people (${problem.reason}). Leave this chart out, or wait until more has changed since the last release.`,
	}));
	return { tables, withheld, problems };
}

/** Every chart in every language, from tables that are protected already. */
export function chartsOf(
	facts: ChartFacts,
	ids: readonly string[],
	options: {
		tables: readonly ReleaseTable[];
		slug: string;
		engagement: { slug: string };
	},
): ByLanguage<Record<string, Chart>> {
	const base = `/e/${options.engagement.slug}/r/${options.slug}`;
	const inLanguage = (language: (typeof chartLanguages)[number]) =>
		Object.fromEntries(
			ids.map((id) => [
				id,
				renderChart(facts, id, {
					tables: options.tables,
					language,
					csvUrl: (own) => `${base}/data/${own}.csv${language === 'en' ? '' : `?lang=${language}`}`,
					themeUrl: (key) => `${base}/themes/${key}`,
				}),
			]),
		);
	return { en: inLanguage('en'), es: inLanguage('es'), ar: inLanguage('ar') };
}

function sectionsOf(window: CountedWindow, ids: readonly string[]): ReleaseBody['sections'] {
	const sections = new Map<string, string[]>();
	for (const id of ids) {
		const kind = parseChartId(window.survey, id);
		const section =
			kind?.type === 'question'
				? (window.survey.question(kind.questionId)?.section.id ?? '')
				: kind?.type === 'statements'
					? kind.sectionId
					: (kind?.type ?? '');
		sections.set(section, [...(sections.get(section) ?? []), id]);
	}
	return [...sections].map(([id, chartIds]) => ({
		id,
		title: sectionTitle(window, id),
		chartIds,
	}));
}

function sectionTitle(window: CountedWindow, id: string): ByLanguage<string> {
	const section = window.survey.sections.find((candidate) => candidate.id === id);
	const fallback = window.survey.definition.defaultLanguage;
	const title = (language: (typeof chartLanguages)[number]) => {
		if (section) {
			return localText(section.title, language, fallback).text;
		}
		const words = chartWords(language);
		return id === 'participation' ? words('participation.title') : words('themes.measure');
	};
	return { en: title('en'), es: title('es'), ar: title('ar') };
}

async function quotesOf(
	db: Kysely<Schema>,
	window: CountedWindow,
	findings: readonly FindingRow[],
) {
	const wanted = new Set(findings.flatMap((finding) => finding.quoteIds));
	const quotes = (await listQuotes(db, window.engagementId)).filter(
		(quote) => wanted.has(quote.id) && quote.windowId === window.windowId,
	);
	const problems: ReleaseProblem[] = quotes.flatMap((quote) => {
		const message = quoteProblem(quote);
		return message === null ? [] : [{ code: 'quote', where: `quote ${quote.id}`, message }];
	});
	const questionIds = [...new Set(quotes.map((quote) => quote.questionId))];
	const counts = await countLabels(db, window, questionIds);
	const eligible = quotes.filter((quote: QuoteRow) => quoteProblem(quote) === null);
	return {
		cards: eligible.map((quote) => quoteCard(window, quote, counts)),
		problems: [...problems, ...samePersonProblems(quotes)],
	};
}

function releasedFinding(finding: FindingRow, window: CountedWindow): ReleasedFinding {
	const tables = finding.tables.filter((table) => table.windowId === window.windowId);
	return {
		id: finding.id,
		sentence: finding.sentence,
		minorityView: finding.minorityView,
		chartIds: tables.flatMap((table) => {
			const base = table.kind === 'themes' ? `themes-${table.ref}` : table.ref;
			const id = table.breakdown === null ? base : `${base}-by-${table.breakdown}`;
			return parseChartId(window.survey, id) ? [id] : [];
		}),
		themeKeys: finding.themeKeys,
		quoteIds: finding.quoteIds,
	};
}

async function releasedRecommendations(
	db: Kysely<Schema>,
	engagementId: string,
	findings: readonly FindingRow[],
): Promise<ReleaseBody['recommendations']> {
	const ready = new Set(findings.map((finding) => finding.id));
	const rows = await listRecommendations(db, engagementId);
	return rows
		.filter((row) => row.status !== 'draft' && row.status !== 'withdrawn')
		.map((row) => ({
			id: row.id,
			key: row.key,
			category: row.category,
			text: row.text,
			owner: row.owner,
			measure: row.measure,
			target: row.target,
			status: row.status,
			reason: row.reason,
			dissent: row.dissent,
			clauseHint: row.clauseHint,
			findingIds: row.findingIds.filter((id) => ready.has(id)),
		}));
}

/** The evidence rule: recommendations rest on findings, findings on a table or a quote. */
function evidenceProblems(body: ReleaseBody): ReleaseProblem[] {
	const shown = new Set(body.quotes.map((quote) => quote.id));
	const bare = body.recommendations
		.filter((recommendation) => recommendation.findingIds.length === 0)
		.map((recommendation) => ({
			code: 'evidence' as const,
			where: recommendation.key,
			message: 'It rests on no ready finding. Link one, or set it back to draft.',
		}));
	const unfounded = body.findings
		.filter(
			(finding) =>
				finding.chartIds.length === 0 && !finding.quoteIds.some((quoteId) => shown.has(quoteId)),
		)
		.map((finding) => ({
			code: 'evidence' as const,
			where: finding.sentence,
			message: 'It rests on no table of this window and no cleared quote.',
		}));
	const gone = body.findings.flatMap((finding) =>
		finding.quoteIds
			.filter((quoteId) => !shown.has(quoteId))
			.map((quoteId) => ({
				code: 'quote' as const,
				where: finding.sentence,
				message: `Its quote ${quoteId} may not be shown. Take it out or have it cleared.`,
			})),
	);
	return [...bare, ...unfounded, ...gone];
}
