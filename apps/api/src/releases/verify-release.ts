import { createHash } from 'node:crypto';
import type { Chart } from '@throughline/analysis/charts';
import { codePointSlice } from '@throughline/analysis/text';
import { listDialogQuotes, listQuotes, type QuoteSpan } from '@throughline/db/queries/cited-quote';
import { findRelease, listFrozenAudits } from '@throughline/db/queries/release';
import { listTakenBack } from '@throughline/db/queries/taken-back';
import type { Schema } from '@throughline/db/schema';
import { canonicalJson } from '@throughline/survey-engine';
import type { Kysely } from 'kysely';
import { notFound } from '../errors.ts';
import { type ChartFacts, readChartFacts } from '../results/charts/chart-facts.ts';
import type { CountedWindow, ResultsReader } from '../results/read-window.ts';
import { chartLanguages } from '../results/charts/words.ts';
import type { ReleaseAudit, ReleaseBody } from './body.ts';
import { figuresOf } from './chart-figures.ts';
import { chartsOf, protectCharts } from './protect-charts.ts';
import { dialogQuoteProblem } from './dialog-cards.ts';
import { quoteProblem } from './quote-cards.ts';
import { reliabilityOf } from './reliability.ts';
import { releasedSiteNames } from './site-names.ts';

/** The verdict on a stored release. */
export interface Verification {
	/** How many figures were computed again. */
	figures: number;
	differences: { figure: string; stored: string; computed: string }[];
	/** How many quotes were compared with the stored answers. */
	quotes: number;
	broken: { quote: string; why: string }[];
}

/**
 * Computes every figure of a release again, from responses and from the codings kept with it, and
 * compares every quote with the stored answer it is a span of.
 * @throws AppError `not_found` for a release that does not exist.
 */
export async function verifyRelease(
	db: Kysely<Schema>,
	results: ResultsReader,
	key: { engagementId: string; releaseId: string },
): Promise<Verification> {
	const release = await findRelease(db, key);
	if (!release) {
		throw notFound();
	}
	// Written by prepareRelease alone, and covered by the hash that is checked below.
	const body = release.body as ReleaseBody;
	const audit = release.audit as ReleaseAudit;
	const window = await results.read({
		engagementId: key.engagementId,
		windowId: release.window_id,
	});
	const facts = await factsOf(db, window, { body, audit });
	const { tables } = await protectCharts(facts, audit.chartIds, await earlierTables(db, key));
	const charts = chartsOf(facts, audit.chartIds, {
		tables,
		slug: release.slug,
		engagement: body.engagement,
	});
	const stored = new Map([...chartFigures(body.charts.en), ...methodFigures(body.method)]);
	const computed = new Map([
		...chartFigures(charts.en),
		...methodFigures({ ...facts.coverage, reliability: reliabilityOf(audit.decisions) }),
	]);
	return {
		figures: stored.size,
		differences: [
			...compare(stored, computed),
			...hashDifference(body, release.body_hash),
			...wordDifferences(body.charts, charts),
		],
		...(await verifyQuotes(db, key.engagementId, body)),
	};
}

/** The tables of the releases frozen before this one, oldest first. */
export async function earlierTables(
	db: Kysely<Schema>,
	key: { engagementId: string; releaseId: string },
): Promise<ReleaseAudit['tables'][]> {
	const frozen = await listFrozenAudits(db, key.engagementId);
	const index = frozen.findIndex((release) => release.id === key.releaseId);
	const before = index === -1 ? frozen : frozen.slice(0, index);
	// Written by prepareRelease alone.
	return before.map((release) => (release.audit as ReleaseAudit).tables);
}

/** What the release was counted from: responses as they stand, codings as they were kept. */
async function factsOf(
	db: Kysely<Schema>,
	window: CountedWindow,
	{ body, audit }: { body: ReleaseBody; audit: ReleaseAudit },
): Promise<ChartFacts> {
	const now = await readChartFacts(db, window);
	const siteNames = releasedSiteNames(window.survey, { body, audit });
	return {
		...now,
		// The codebook may have been reworded since: the words are those of the release.
		themes: body.themes.map((theme) => ({
			...{ id: theme.key, group_key: theme.group, include: [], exclude: [], examples: [] },
			...{ key: theme.key, label: theme.label, definition: theme.definition },
			group_label: theme.group,
		})),
		// A school may have been renamed since: the same holds for its name.
		window: {
			...window,
			sites: window.sites.map((site) => ({ ...site, name: siteNames.get(site.key) ?? site.name })),
		},
		coverage: {
			answers: now.coverage.answers,
			decided: audit.decisions.length,
			double: audit.decisions.filter(({ coders }) => coders.length > 1).length,
		},
		codings: {
			excerpts: now.codings.excerpts,
			themesOf: new Map(Object.entries(audit.codings)),
		},
	};
}

function chartFigures(charts: Record<string, Chart>): [string, string][] {
	return Object.values(charts).flatMap((chart) => [...figuresOf(chart)]);
}

function methodFigures({
	answers,
	decided,
	double,
	reliability,
}: Pick<ReleaseBody['method'], 'answers' | 'decided' | 'double' | 'reliability'>): [
	string,
	string,
][] {
	return [
		['method, answers', String(answers)],
		['method, answers coded', String(decided)],
		['method, answers coded twice', String(double)],
		...Object.entries(reliability ?? {}).map(([name, value]): [string, string] => [
			`method, reliability, ${name}`,
			String(value),
		]),
	];
}

function hashDifference(body: ReleaseBody, stored: string): Verification['differences'] {
	const computed = createHash('sha256').update(canonicalJson(body)).digest('hex');
	return computed === stored ? [] : [{ figure: 'release hash', stored, computed }];
}

/** Charts whose figures agree and whose words or bounds, in any language, do not. */
function wordDifferences(
	stored: ReleaseBody['charts'],
	computed: ReleaseBody['charts'],
): Verification['differences'] {
	return chartLanguages.flatMap((language) =>
		Object.entries(stored[language]).flatMap(([id, chart]) => {
			const other = computed[language][id];
			const isOtherwise = other !== undefined && canonicalJson(chart) !== canonicalJson(other);
			const hasFigures = isOtherwise && compare(figuresOf(chart), figuresOf(other)).length > 0;
			return isOtherwise && !hasFigures
				? compare(leaves(chart), leaves(other)).map((difference) => ({
						...difference,
						figure: `${id} (${language}), ${difference.figure}`,
					}))
				: [];
		}),
	);
}

async function verifyQuotes(
	db: Kysely<Schema>,
	engagementId: string,
	body: ReleaseBody,
): Promise<Pick<Verification, 'quotes' | 'broken'>> {
	const stored = await readSources(db, engagementId);
	const broken = body.quotes.flatMap((quote) => {
		const found = stored.get(quote.id);
		if (!found) {
			return [{ quote: quote.id, why: 'The answer it was taken from is gone.' }];
		}
		const { source, problem } = found;
		const words = codePointSlice(source.excerptText, quote.start, quote.end);
		if (problem !== null) {
			return [{ quote: quote.id, why: problem }];
		}
		return words === quote.text
			? []
			: [{ quote: quote.id, why: 'The words shown are not the words stored.' }];
	});
	return { quotes: body.quotes.length, broken };
}

/** Every quote's source with what is wrong with it; what was taken back or withdrawn is not shown, so nothing. */
async function readSources(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<Map<string, { source: QuoteSpan; problem: string | null }>> {
	const written = await listQuotes(db, engagementId);
	const spoken = await listDialogQuotes(db, engagementId);
	const takenBack = await listTakenBack(db, engagementId);
	const problemOf = <Source extends QuoteSpan>(
		source: Source,
		judge: (source: Source) => string | null,
	) => (takenBack.has(source.id) ? null : judge(source));
	const sources = new Map<string, { source: QuoteSpan; problem: string | null }>();
	for (const source of written) {
		sources.set(source.id, { source, problem: problemOf(source, quoteProblem) });
	}
	for (const source of spoken) {
		sources.set(source.id, { source, problem: problemOf(source, dialogQuoteProblem) });
	}
	return sources;
}

/** Every value of a JSON document by its path. */
function leaves(value: unknown, path = ''): Map<string, string> {
	if (typeof value !== 'object' || value === null) {
		return new Map([[path, JSON.stringify(value)]]);
	}
	return new Map(
		Object.entries(value).flatMap(([key, child]) => [
			...leaves(child, path === '' ? key : `${path}.${key}`),
		]),
	);
}

function compare(
	stored: ReadonlyMap<string, string>,
	computed: ReadonlyMap<string, string>,
): Verification['differences'] {
	const names = new Set([...stored.keys(), ...computed.keys()]);
	return [...names].flatMap((figure) => {
		const [before = 'nothing', after = 'nothing'] = [stored.get(figure), computed.get(figure)];
		return before === after ? [] : [{ figure, stored: before, computed: after }];
	});
}
