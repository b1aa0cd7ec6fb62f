import { createHash } from 'node:crypto';
import type { ReleaseTable } from '@throughline/analysis/disclosure';
import { listDecisions } from '@throughline/db/queries/release';
import type { Schema } from '@throughline/db/schema';
import { canonicalJson, localText } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import { type ChartFacts, readChartFacts } from '../results/charts/chart-facts.ts';
import { chartId, listChartIds, parseChartId } from '../results/charts/chart-id.ts';
import { type chartLanguages, chartWords } from '../results/charts/words.ts';
import type { CountedWindow } from '../results/read-window.ts';
import type {
	ByLanguage,
	ReleaseAudit,
	ReleaseBody,
	ReleaseDoubt,
	ReleasedFinding,
	ReleaseProblem,
} from './body.ts';
import { collectEvidence } from './collect-evidence.ts';
import { disclosureProblems } from './disclosure-problems.ts';
import { readGroups, reviewProblems } from './group-problems.ts';
import { readEngagementPart } from './engagement-part.ts';
import { chartsOf, protectCharts } from './protect-charts.ts';
import { wordDoubts, wordProblems } from './public-words.ts';
import { reliabilityOf } from './reliability.ts';

/** Breakdowns of themes that every release shows. */
const THEME_BREAKDOWNS = ['site', 'race'] as const;
const RULES = 'Throughline disclosure rules, 2026-11: docs/disclosure.md';
/** Team pages are English. */
const WRITTEN_IN = 'en';

/** A release as it would be frozen now, and what stands in its way. */
export interface BuiltRelease {
	body: ReleaseBody;
	/** The body as it is stored and hashed. */
	content: string;
	hash: string;
	audit: ReleaseAudit;
	problems: ReleaseProblem[];
	/** What each approver has to accept. */
	doubts: ReleaseDoubt[];
}

export interface BuildRelease {
	slug: string;
	title: string;
	/** Charts to leave out, by id. */
	leftOut: readonly string[];
	/** Why a group did not see what was made of its words first; '' without a reason. */
	groupReason?: string;
	/** The protected tables of earlier releases, oldest first. */
	earlier: readonly (readonly ReleaseTable[])[];
}

/**
 * Builds a release of an opened window from what stands in the database now: charts protected
 * together and audited with all earlier releases, cleared quotes, ready findings, and the
 * recommendations that rest on them. Deterministic for the same data.
 * @throws AppError `too_few_answered` where no figure can be shown at all.
 */
export async function buildRelease(
	db: Kysely<Schema>,
	window: CountedWindow,
	options: BuildRelease,
): Promise<BuiltRelease> {
	if (window.everyone.total.n < window.minN) {
		throw new AppError(
			'too_few_answered',
			409,
			'Fewer students answered than a figure may stand on, so nothing of this survey can be shown.',
		);
	}
	const facts = await readChartFacts(db, window);
	const engagement = await readEngagementPart(db, window.engagementId);
	const leftOut = new Set(options.leftOut);
	const { themesOf } = facts.codings;
	const evidence = await collectEvidence(db, window, { leftOut, themesOf });
	const groups = await readGroups(db, window, {
		quoteIds: evidence.quotes.map(({ id }) => id),
		reason: options.groupReason ?? '',
	});
	const ids = chartIdsOf(window, evidence.findings).filter((id) => !leftOut.has(id));
	const protection = await protectCharts(facts, ids, options.earlier);
	const decisions = await listDecisions(db, window);
	const { slug } = options;
	const body: ReleaseBody = {
		schema: 'throughline-release/1',
		language: WRITTEN_IN,
		engagement,
		window: {
			id: window.windowId,
			label: window.label,
			opensOn: dayIn(window.timezone, window.opensAt),
			closesOn: dayIn(window.timezone, window.closesAt),
			surveyHash: window.surveyHash,
		},
		sections: sectionsOf(window, ids),
		charts: chartsOf(facts, ids, { tables: protection.tables, slug, engagement }),
		themes: facts.themes.map((theme) => ({
			key: theme.key,
			label: theme.label,
			definition: theme.definition,
			group: theme.group_label,
		})),
		quotes: evidence.quotes,
		findings: evidence.findings,
		recommendations: evidence.recommendations,
		method: {
			minN: window.minN,
			quoteK: window.quoteK,
			...facts.coverage,
			reliability: reliabilityOf(decisions),
			withheld: protection.withheld,
			leftOut: [...leftOut].sort(),
			...(groups.released && { groups: groups.released }),
			rules: RULES,
		},
	};
	const content = canonicalJson(body);
	return {
		body,
		content,
		hash: createHash('sha256').update(content).digest('hex'),
		audit: auditOf(facts, { tables: protection.tables, chartIds: ids, decisions }),
		problems: [
			...evidence.problems,
			...wordProblems(body, options.title),
			...disclosureProblems(protection.found, body.charts.en),
			...groups.problems,
			...(await reviewProblems(db, window.engagementId, body)),
		],
		doubts: wordDoubts(body, options.title),
	};
}

function auditOf(
	facts: ChartFacts,
	parts: Pick<ReleaseAudit, 'tables' | 'chartIds' | 'decisions'>,
): ReleaseAudit {
	return {
		schema: 'throughline-release-audit/1',
		...parts,
		siteNames: Object.fromEntries(facts.window.sites.map(({ key, name }) => [key, name])),
		codings: Object.fromEntries(
			[...facts.codings.themesOf].map(([excerptId, keys]) => [excerptId, [...keys]]),
		),
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

function sectionsOf(window: CountedWindow, ids: readonly string[]): ReleaseBody['sections'] {
	const bySection = Map.groupBy(ids, (id) => sectionOf(window, id));
	const order = ['participation', ...window.survey.sections.map((section) => section.id), 'themes'];
	return order.flatMap((id) => {
		const chartIds = bySection.get(id);
		return chartIds ? [{ id, title: sectionTitle(window, id), chartIds }] : [];
	});
}

function sectionOf(window: CountedWindow, id: string): string {
	const kind = parseChartId(window.survey, id);
	switch (kind?.type) {
		case 'question':
			return window.survey.question(kind.questionId)?.section.id ?? '';
		case 'statements':
			return kind.sectionId;
		case 'participation':
		case 'themes':
			return kind.type;
		case undefined:
			return '';
	}
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

/** The calendar day in the district's time zone, as `2026-03-02`. */
function dayIn(timezone: string, time: Date): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(time);
}
