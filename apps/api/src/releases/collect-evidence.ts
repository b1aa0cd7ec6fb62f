import {
	listDialogQuotes,
	listQuotes,
	type QuoteRow,
	readSessionSizes,
} from '@throughline/db/queries/cited-quote';
import {
	type FindingRow,
	listFindings,
	listRecommendations,
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
import { dialogQuoteCard, dialogQuoteProblem } from './dialog-cards.ts';
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
	const spoken = await readSpoken(db, window.engagementId);
	const own = new Map([
		...stored
			.filter((quote) => quote.windowId === window.windowId)
			.map((quote) => [quote.id, writtenQuote(quote)] as const),
		...spoken,
	]);
	const elsewhere = new Set(
		stored.filter((quote) => quote.windowId !== window.windowId).map((quote) => quote.id),
	);
	const ready = (await listFindings(db, window.engagementId)).filter(
		(finding) => finding.status === 'ready',
	);
	const here = ready.filter((finding) => concerns(finding, window, { elsewhere, spoken }));
	const quoted = here.map((finding) => ({
		finding,
		quoteIds: finding.quoteIds.filter((id) => !elsewhere.has(id)),
	}));
	const wanted = [...new Set(quoted.flatMap(({ quoteIds }) => quoteIds))].flatMap(
		(id) => own.get(id) ?? [],
	);
	const written = await cardsOf(db, window, wanted);
	const cards = [
		...written.map((card) => ({
			...card,
			themeKeys: [...(options.themesOf.get(card.excerptId) ?? [])].sort(),
		})),
		...wanted.flatMap(({ card }) => (card?.type === 'spoken' ? card.quote : [])),
	];
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

/** A quote a release may carry: who said it, what is wrong with it, and what shows it. */
interface Quotable {
	id: string;
	personIds: string[];
	problem: string | null;
	/** Written: the card is made from counts of its window. Null: too few for any label. */
	card: { type: 'written'; row: QuoteRow } | { type: 'spoken'; quote: ReleasedQuote } | null;
}

function writtenQuote(row: QuoteRow): Quotable {
	const card = { type: 'written', row } as const;
	return { id: row.id, personIds: [row.responseId], problem: quoteProblem(row), card };
}

/** Spoken words belong to no window: whatever release a finding is in carries them. */
async function readSpoken(
	db: Kysely<Schema>,
	engagementId: string,
): Promise<Map<string, Quotable>> {
	const rows = await listDialogQuotes(db, engagementId);
	const { quoteK, sizes } = await readSessionSizes(db, engagementId);
	return new Map(
		rows.map((row) => {
			const problem = dialogQuoteProblem(row);
			const quote = problem === null ? dialogQuoteCard(row, sizes, { k: quoteK }) : null;
			const card = quote && ({ type: 'spoken', quote } as const);
			return [row.id, { id: row.id, personIds: row.seatIds, problem, card }];
		}),
	);
}

/**
 * A finding belongs to the window it has a table or quote of; one that rests on spoken words alone
 * belongs to every window, and so does one with no evidence: it is a problem.
 */
function concerns(
	finding: FindingRow,
	window: CountedWindow,
	quotes: { elsewhere: ReadonlySet<string>; spoken: ReadonlyMap<string, Quotable> },
): boolean {
	const { elsewhere, spoken } = quotes;
	const hasTables = finding.tables.some((table) => table.windowId === window.windowId);
	const hasQuotes = finding.quoteIds.some((id) => !elsewhere.has(id) && !spoken.has(id));
	const isOfOther = finding.tables.length > 0 || finding.quoteIds.some((id) => elsewhere.has(id));
	return hasTables || hasQuotes || !isOfOther;
}

async function cardsOf(
	db: Kysely<Schema>,
	window: CountedWindow,
	quotes: readonly Quotable[],
): Promise<ReleasedQuote[]> {
	const eligible = quotes.flatMap(({ problem, card }) =>
		problem === null && card?.type === 'written' ? card.row : [],
	);
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
	{ own, shown }: { own: ReadonlyMap<string, Quotable>; shown: ReadonlySet<string> },
): ReleaseProblem[] {
	return quoteIds
		.filter((id) => !shown.has(id))
		.map((id) => {
			const quote = own.get(id);
			const known = quote ? quote.problem : 'The answer it was taken from is gone.';
			return {
				code: 'quote',
				where: `A quote of the finding “${finding.sentence}”`,
				message:
					known ??
					'Too few students answered its question, or took part in a session, for a quote of it to be shown. Take it out of the finding.',
				target: { type: 'finding', id: finding.id },
			};
		});
}

/** One quote per person and report: two of one person could be put together. */
function samePersonProblems(
	quoted: readonly Quoted[],
	own: ReadonlyMap<string, Quotable>,
): ReleaseProblem[] {
	const uses = quoted.flatMap(({ finding, quoteIds }) =>
		quoteIds.flatMap((id) => {
			const personIds = own.get(id)?.personIds ?? [];
			return personIds.map((personId) => ({ finding, id, personId }));
		}),
	);
	return [...Map.groupBy(uses, (use) => use.personId).values()].flatMap((same) => {
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
