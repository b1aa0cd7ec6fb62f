import type { Chart } from '@throughline/analysis/charts';
import type { AuditResult } from '@throughline/analysis/disclosure';
import type { ReleaseProblem } from './body.ts';

/** What the audit found, by the chart it belongs to. */
export interface FoundInChart {
	chartId: string;
	problem: AuditResult['problems'][number];
}

/**
 * What keeps charts from being published, one problem per chart: what a reader could learn from
 * it, said once for all its cells, and what to do. Pure.
 */
export function disclosureProblems(
	found: readonly FoundInChart[],
	charts: Readonly<Record<string, Chart>>,
): ReleaseProblem[] {
	return [...Map.groupBy(found, ({ chartId }) => chartId)].map(([chartId, own]) => {
		const chart = charts[chartId];
		return {
			code: 'disclosure',
			where: chart ? `The chart “${chartName(chart)}”` : `The chart ${chartId}`,
			message: messageOf(own.map(({ problem }) => problem)),
			target: { type: 'chart', id: chartId },
		};
	});
}

/** What a chart is called in a list: the most chosen answer says little without its question. */
function chartName({ kind, title, measure }: Chart): string {
	return kind === 'options' ? measure : title;
}

function messageOf(problems: readonly FoundInChart['problem'][]): string {
	const differences = problems.filter(({ reason }) => reason === 'difference');
	const others = problems.filter(({ reason }) => reason !== 'difference');
	const isExact = others.some(({ low, high }) => low === high);
	const [narrowest] = others.toSorted((a, b) => a.high - a.low - (b.high - b.low));
	return [
		...(differences.length > 0
			? [
					`Its numbers differ from those of an earlier release by ${countsOf(differences)}: whoever reads both learns about so few people.`,
				]
			: []),
		...(isExact ? ['A reader could work out an exact number behind it.'] : []),
		...(narrowest && !isExact
			? [
					`A reader could narrow a number behind it to between ${narrowest.low} and ${narrowest.high} people.`,
				]
			: []),
		differences.length > 0
			? 'Leave this chart out, or wait until the difference is larger.'
			: 'Leave this chart out.',
	].join(' ');
}

/** '3', '3 or 4': each difference once. */
function countsOf(problems: readonly FoundInChart['problem'][]): string {
	const counts = [...new Set(problems.map(({ low }) => low))].sort((a, b) => a - b);
	return new Intl.ListFormat('en', { type: 'disjunction' }).format(counts.map(String));
}
