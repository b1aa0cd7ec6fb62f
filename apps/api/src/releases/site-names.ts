import type { Chart } from '@throughline/analysis/charts';
import type { Survey } from '@throughline/survey-engine';
import { parseChartId } from '../results/charts/chart-id.ts';
import type { ReleaseAudit, ReleaseBody } from './body.ts';

/**
 * What the schools of a release were called when it was prepared, by key. One that keeps no names
 * beside it tells them by the labels of its charts: of each school that has a row or a column.
 */
export function releasedSiteNames(
	survey: Survey,
	{ body, audit }: { body: ReleaseBody; audit: ReleaseAudit },
): Map<string, string> {
	if (audit.siteNames) {
		return new Map(Object.entries(audit.siteNames));
	}
	const labels = Object.values(body.charts.en).flatMap((chart) => labelsOfSites(survey, chart));
	return new Map(labels.map(({ id, label }) => [id, label]));
}

function labelsOfSites(survey: Survey, chart: Chart): { id: string; label: string }[] {
	if (chart.kind === 'participation') {
		return chart.attributes.find(({ id }) => id === 'site')?.rows ?? [];
	}
	if (chart.kind !== 'groups') {
		return [];
	}
	const kind = parseChartId(survey, chart.id);
	return kind !== null && 'by' in kind && kind.by === 'site' ? chart.groups : [];
}
