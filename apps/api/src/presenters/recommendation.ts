import type { EvidenceChain } from '@throughline/analysis/charts';
import type { FindingRow, listRecommendations } from '@throughline/db/queries/decisions';
import type {
	RecommendationVersionRow,
	RecommendationWords,
} from '@throughline/db/queries/recommendation';
import type { StaffRole } from '@throughline/db/schema';
import { chartIdOf, type FindingEvidence } from '../decisions/team-evidence.ts';
import {
	isTextOpen,
	maySet,
	needsEvidence,
	needsReason,
	nextStatuses,
} from '../decisions/transitions.ts';
import { wordChanges } from '../decisions/word-changes.ts';
import type { TeamResults } from '../results/team-results.ts';
import {
	categories,
	type ChangedField,
	type NextStatus,
	type RecommendationChange,
	type RecommendationList,
	type RecommendationView,
} from '../routes/recommendations/schema.ts';
import { presentFindingQuote, themeCell } from './finding.ts';

type Row = Awaited<ReturnType<typeof listRecommendations>>[number];

/** Recommendations by category, in the deck's order. */
export function presentRecommendations(
	rows: readonly Row[],
	founded: ReadonlySet<string>,
): RecommendationList {
	return {
		categories: categories.map((id) => ({
			id,
			recommendations: rows
				.filter((row) => row.category === id)
				.map((row) => ({
					id: row.id,
					key: row.key,
					category: row.category,
					text: row.text,
					status: row.status,
					owner: row.owner,
					findings: row.findingIds.length,
					hasEvidence: row.findingIds.some((finding) => founded.has(finding)),
				})),
		})),
	};
}

/** A recommendation whole: its words, what it rests on, where it may go, who changed what. */
export function presentRecommendation(
	row: Row,
	from: {
		findings: readonly FindingRow[];
		/** What each linked finding rests on, by its id. */
		evidence: ReadonlyMap<string, FindingEvidence>;
		founded: ReadonlySet<string>;
		windows: readonly TeamResults[];
		versions: readonly RecommendationVersionRow[];
		roles: readonly StaffRole[];
	},
): RecommendationView {
	const linked = from.findings.filter((finding) => row.findingIds.includes(finding.id));
	return {
		id: row.id,
		key: row.key,
		category: row.category,
		text: row.text,
		owner: row.owner,
		measure: row.measure,
		target: row.target,
		clauseHint: row.clauseHint,
		status: row.status,
		reason: row.reason,
		dissent: row.dissent,
		version: row.version,
		isTextOpen: isTextOpen(row.status),
		hasEvidence: row.findingIds.some((id) => from.founded.has(id)),
		chain: chainOf(row, linked, from),
		findings: from.findings.map(({ id, sentence, status }) => ({
			id,
			sentence,
			status,
			isLinked: row.findingIds.includes(id),
		})),
		next: nextOf(row, from.roles),
		history: historyOf(from.versions),
	};
}

function nextOf(row: Row, roles: readonly StaffRole[]): NextStatus[] {
	return nextStatuses[row.status].map((status) => ({
		status,
		isMine: maySet(status, roles),
		needsEvidence: needsEvidence(status),
		needsReason: needsReason(status),
	}));
}

function chainOf(
	row: Row,
	linked: readonly FindingRow[],
	from: { evidence: ReadonlyMap<string, FindingEvidence>; windows: readonly TeamResults[] },
): EvidenceChain {
	const { id, key, category, text, status, clauseHint } = row;
	return {
		recommendation: { id, key, category, text, status },
		findings: linked.map((finding) => chainFinding(finding, from)),
		clause: null,
		clauseHint,
	};
}

function chainFinding(
	finding: FindingRow,
	from: { evidence: ReadonlyMap<string, FindingEvidence>; windows: readonly TeamResults[] },
): EvidenceChain['findings'][number] {
	const evidence = from.evidence.get(finding.id) ?? { charts: [], quotes: [] };
	const [newest] = from.windows;
	return {
		id: finding.id,
		sentence: finding.sentence,
		charts: finding.tables.flatMap((table, index) => {
			const chart = evidence.charts[index];
			return chart ? [{ id: `${finding.id}#${chartIdOf(table)}`, title: chart.title }] : [];
		}),
		themes: finding.themeKeys.map((key) => ({
			id: key,
			label: newest?.facts.themes.find((theme) => theme.key === key)?.label ?? key,
			cell: newest ? themeCell(newest, key) : { type: 'hidden' },
		})),
		quotes: evidence.quotes
			.filter((quote) => quote.status === 'cleared')
			.flatMap((quote) => presentFindingQuote(quote, from.windows).card ?? []),
		minorityView: finding.minorityView === '' ? null : finding.minorityView,
	};
}

const fields = [
	'category',
	'text',
	'owner',
	'measure',
	'target',
	'clause_hint',
	'status',
	'reason',
	'dissent',
] as const satisfies readonly (keyof RecommendationWords)[];

/** Newest first; the first version has no before. */
function historyOf(versions: readonly RecommendationVersionRow[]): RecommendationChange[] {
	return versions
		.map((version, index) => ({
			version: version.version,
			person: version.person,
			at: version.at.toISOString(),
			changes: changesOf(versions[index - 1]?.body, version.body),
		}))
		.toReversed();
}

function changesOf(
	before: RecommendationWords | undefined,
	after: RecommendationWords,
): RecommendationChange['changes'] {
	if (!before) {
		return [];
	}
	const words = fields
		.filter((field) => (before[field] ?? '') !== (after[field] ?? ''))
		.map((field): { field: ChangedField; words: ReturnType<typeof wordChanges> } => ({
			field,
			words: wordChanges(before[field] ?? '', after[field] ?? ''),
		}));
	const { findings } = after;
	const links = findings ? linkChanges(findings) : [];
	return links.length === 0 ? words : [...words, { field: 'findings', words: links }];
}

/** Whole sentences that came or went. */
function linkChanges({ before, after }: { before: string[]; after: string[] }) {
	return [
		...before
			.filter((sentence) => !after.includes(sentence))
			.map((text) => ({ type: 'removed' as const, text })),
		...after
			.filter((sentence) => !before.includes(sentence))
			.map((text) => ({ type: 'added' as const, text })),
	];
}
