import {
	type FindingRow,
	listFindings,
	listQuotes,
	listRecommendations,
	type QuoteRow,
} from '@throughline/db/queries/decisions';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { isPublic } from '../decisions/transitions.ts';
import { parseChartId } from '../results/charts/chart-id.ts';
import type { CountedWindow } from '../results/read-window.ts';
import type {
	ReleasedFinding,
	ReleasedQuote,
	ReleasedRecommendation,
	ReleaseProblem,
} from './body.ts';
import { countLabels, quoteCard, quoteProblem } from './quote-cards.ts';

/** What people wrote and what it rests on, as a release of one window tells it. */
export interface CollectedEvidence {
	quotes: ReleasedQuote[];
	findings: ReleasedFinding[];
	recommendations: ReleasedRecommendation[];
	problems: ReleaseProblem[];
}

/**
 * Collects ready findings that rest on this window, their quotes, and the recommendations that rest
 * on them, with everything that keeps one of them from being published.
 * @param options.leftOut charts the team left out: findings no longer rest on them.
 */
export async function collectEvidence(
	db: Kysely<Schema>,
	window: CountedWindow,
	options: {
		leftOut: ReadonlySet<string>;
		/** Theme keys by excerpt, as they count. */
		themesOf: ReadonlyMap<string, readonly string[]>;
	},
): Promise<CollectedEvidence> {
	const { leftOut } = options;
	const stored = await listQuotes(db, window.engagementId);
	const own = new Map(
		stored.filter((quote) => quote.windowId === window.windowId).map((quote) => [quote.id, quote]),
	);
	const elsewhere = new Set(
		stored.filter((quote) => quote.windowId !== window.windowId).map((quote) => quote.id),
	);
	const ready = (await listFindings(db, window.engagementId)).filter(
		(finding) => finding.status === 'ready',
	);
	const here = ready.filter((finding) => concerns(finding, window, elsewhere));
	const quoted = here.map((finding) => ({
		finding,
		quoteIds: finding.quoteIds.filter((id) => !elsewhere.has(id)),
	}));
	const wanted = [...new Set(quoted.flatMap(({ quoteIds }) => quoteIds))].flatMap(
		(id) => own.get(id) ?? [],
	);
	const cards = (await cardsOf(db, window, wanted)).map((card) => ({
		...card,
		themeKeys: [...(options.themesOf.get(card.excerptId) ?? [])].sort(),
	}));
	const findings = quoted.map(({ finding, quoteIds }) =>
		releasedFinding(window, finding, { quoteIds, leftOut }),
	);
	const rows = await listRecommendations(db, window.engagementId);
	const recommendations = releasedRecommendations(rows, findings);
	const readyIds = new Set(ready.map((finding) => finding.id));
	const bare = rows.filter(
		(row) => isPublic(row.status) && !row.findingIds.some((id) => readyIds.has(id)),
	);
	const shown = new Set(cards.map((quote) => quote.id));
	return {
		quotes: cards,
		findings,
		recommendations,
		problems: [
			...quoted.flatMap((entry) => quoteProblems(entry, { own, shown })),
			...samePersonProblems(quoted, own),
			...findings.flatMap((finding) => evidenceProblem(finding, shown)),
			...bare.map(bareProblem),
		],
	};
}

/** A finding belongs to the window it has a table or quote of; one with no evidence is a problem. */
function concerns(
	finding: FindingRow,
	window: CountedWindow,
	elsewhere: ReadonlySet<string>,
): boolean {
	const hasTables = finding.tables.some((table) => table.windowId === window.windowId);
	const hasQuotes = finding.quoteIds.some((id) => !elsewhere.has(id));
	return hasTables || hasQuotes || finding.tables.length + finding.quoteIds.length === 0;
}

async function cardsOf(
	db: Kysely<Schema>,
	window: CountedWindow,
	quotes: readonly QuoteRow[],
): Promise<ReleasedQuote[]> {
	const eligible = quotes.filter((quote) => quoteProblem(quote) === null);
	const questionIds = [...new Set(eligible.map((quote) => quote.questionId))];
	const counts = await countLabels(db, window, questionIds);
	return eligible.flatMap((quote) => quoteCard(window, quote, counts) ?? []);
}

function releasedFinding(
	window: CountedWindow,
	finding: FindingRow,
	options: { quoteIds: string[]; leftOut: ReadonlySet<string> },
): ReleasedFinding {
	const chartIds = finding.tables
		.filter((table) => table.windowId === window.windowId)
		.map((table) => {
			const base = table.kind === 'themes' ? `themes-${table.ref}` : table.ref;
			return table.breakdown === null ? base : `${base}-by-${table.breakdown}`;
		});
	return {
		id: finding.id,
		sentence: finding.sentence,
		minorityView: finding.minorityView,
		chartIds: chartIds.filter(
			(id) => parseChartId(window.survey, id) !== null && !options.leftOut.has(id),
		),
		themeKeys: finding.themeKeys,
		quoteIds: options.quoteIds,
	};
}

type RecommendationRow = Awaited<ReturnType<typeof listRecommendations>>[number];

/** Recommendations that rest on a finding of this release; others belong to other windows. */
function releasedRecommendations(
	rows: readonly RecommendationRow[],
	findings: readonly ReleasedFinding[],
): ReleasedRecommendation[] {
	const released = new Set(findings.map((finding) => finding.id));
	return rows
		.filter((row) => isPublic(row.status) && row.findingIds.some((id) => released.has(id)))
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
			findingIds: row.findingIds.filter((id) => released.has(id)),
		}));
}

interface Quoted {
	finding: FindingRow;
	quoteIds: string[];
}

function quoteProblems(
	{ finding, quoteIds }: Quoted,
	{ own, shown }: { own: ReadonlyMap<string, QuoteRow>; shown: ReadonlySet<string> },
): ReleaseProblem[] {
	return quoteIds
		.filter((id) => !shown.has(id))
		.map((id) => {
			const quote = own.get(id);
			const known = quote ? quoteProblem(quote) : 'The answer it was taken from is gone.';
			return {
				code: 'quote',
				where: `A quote of the finding “${finding.sentence}”`,
				message:
					known ??
					'Too few students answered its question for a quote of it to be shown. Take it out of the finding.',
				target: { type: 'finding', id: finding.id },
			};
		});
}

/** One quote per person and report: two of one person could be put together. */
function samePersonProblems(
	quoted: readonly Quoted[],
	own: ReadonlyMap<string, QuoteRow>,
): ReleaseProblem[] {
	const uses = quoted.flatMap(({ finding, quoteIds }) =>
		quoteIds.flatMap((id) => {
			const quote = own.get(id);
			return quote ? [{ finding, id, responseId: quote.responseId }] : [];
		}),
	);
	return [...Map.groupBy(uses, (use) => use.responseId).values()].flatMap((same) => {
		const others = same.filter((use) => use.id !== same[0]?.id);
		return others.map(({ finding }) => ({
			code: 'quote' as const,
			where: `A quote of the finding “${finding.sentence}”`,
			message:
				'Another quote in this release is by the same person. Keep one of the two: together they could tell who it is.',
			target: { type: 'finding' as const, id: finding.id },
		}));
	});
}

function evidenceProblem(finding: ReleasedFinding, shown: ReadonlySet<string>): ReleaseProblem[] {
	const isFounded =
		finding.chartIds.length > 0 || finding.quoteIds.some((quoteId) => shown.has(quoteId));
	return isFounded
		? []
		: [
				{
					code: 'evidence',
					where: `The finding “${finding.sentence}”`,
					message:
						'It rests on no chart of this release and no cleared quote. Link one, or set it back to draft.',
					target: { type: 'finding', id: finding.id },
				},
			];
}

function bareProblem(row: RecommendationRow): ReleaseProblem {
	return {
		code: 'evidence',
		where: `The recommendation ${row.key}`,
		message: 'It rests on no ready finding. Link one, call one ready, or set it back to draft.',
		target: { type: 'recommendation', id: row.id },
	};
}
