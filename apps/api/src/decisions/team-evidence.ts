import type { Cell, Chart } from '@throughline/analysis/charts';
import { type FindingRow, listFindings } from '@throughline/db/queries/decisions';
import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { teamChart } from '../presenters/results.ts';
import { chartId } from '../results/charts/chart-id.ts';
import { attributeIds } from '../results/attributes.ts';
import { isTeamChart, type TeamReader } from '../results/team-results.ts';
import { readIfShown } from './read-team.ts';
import type { TeamQuote } from './team-quotes.ts';

export type TableAddress = FindingRow['tables'][number];

/** The chart a table's address leads to. */
export function chartIdOf(table: TableAddress): string {
	const by = attributeIds.find((attribute) => attribute === table.breakdown) ?? null;
	return chartId(
		table.kind === 'themes'
			? { type: 'themes', questionId: table.ref, by }
			: { type: 'question', questionId: table.ref, by },
	);
}

/** What a finding rests on, as it stands now. */
export interface FindingEvidence {
	/** In the order of the finding's tables; null where an address leads nowhere any more. */
	charts: (Chart | null)[];
	quotes: TeamQuote[];
}

/** Computes the charts of findings and looks up their quotes. */
export async function readEvidence(
	team: TeamReader,
	engagementId: string,
	{ tables, quoteIds, quotes }: Pick<FindingRow, 'tables' | 'quoteIds'> & { quotes: TeamQuote[] },
): Promise<FindingEvidence> {
	const charts: (Chart | null)[] = [];
	for (const table of tables) {
		const results = await readIfShown(team, { engagementId, windowId: table.windowId });
		const id = chartIdOf(table);
		const isThere = results !== null && isTeamChart(results.facts.window, id);
		charts.push(isThere ? teamChart(results, id, 'en') : null);
	}
	return { charts, quotes: quotes.filter((quote) => quoteIds.includes(quote.id)) };
}

/** What keeps a finding from being ready: the names of what is missing. Pure. */
export function missingEvidence(
	finding: Pick<FindingRow, 'minorityView'>,
	evidence: FindingEvidence,
): ('minority_view' | 'evidence')[] {
	return [
		...(finding.minorityView.trim() === '' ? (['minority_view'] as const) : []),
		...(isFounded(evidence) ? [] : (['evidence'] as const)),
	];
}

/** The evidence rule: a table that can be computed, or a quote two people cleared. */
function isFounded({ charts, quotes }: FindingEvidence): boolean {
	return (
		charts.some((chart) => chart !== null && showsFigures(chart)) ||
		quotes.some((quote) => quote.status === 'cleared')
	);
}

/** A chart with every figure masked says nothing that could carry a finding. */
function showsFigures(chart: Chart): boolean {
	switch (chart.kind) {
		case 'participation':
			return chart.attributes.some(({ rows }) => rows.some((row) => isShown(row.tookPart)));
		case 'likert':
			return chart.rows.some((row) => [...row.cells, row.agree, row.disagree].some(isShown));
		case 'options':
		case 'themes':
			return chart.rows.some((row) => isShown(row.cell));
		case 'groups':
			return chart.rows.some((row) => row.cells.some(isShown));
	}
}

function isShown(cell: Cell): boolean {
	return cell.type === 'shown';
}

/** The ids of ready findings that rest on something: what a recommendation may rest on. */
export async function listFounded(
	deps: { db: Kysely<Schema>; team: TeamReader },
	engagementId: string,
	quotes: TeamQuote[],
): Promise<Set<string>> {
	const founded = new Set<string>();
	for (const finding of await listFindings(deps.db, engagementId)) {
		const evidence = await readEvidence(deps.team, engagementId, { ...finding, quotes });
		if (finding.status === 'ready' && isFounded(evidence)) {
			founded.add(finding.id);
		}
	}
	return founded;
}
