import type { Chart } from '@throughline/analysis/charts';
import type { ReleaseTable } from '@throughline/analysis/disclosure';
import { renderChart } from '../results/charts/build-chart.ts';
import { type ChartFacts, chartInputs } from '../results/charts/chart-facts.ts';
import type { chartLanguages } from '../results/charts/words.ts';
import { protectTogether } from '../results/protect-together.ts';
import type { ByLanguage } from './body.ts';
import type { FoundInChart } from './disclosure-problems.ts';

export interface ProtectedCharts {
	tables: ReleaseTable[];
	withheld: string[];
	/** What a reader could learn from them, by chart. */
	found: FoundInChart[];
}

/** Protects the tables of all charts together, with every earlier release and the response rates. */
export async function protectCharts(
	facts: ChartFacts,
	ids: readonly string[],
	earlier: readonly (readonly ReleaseTable[])[],
): Promise<ProtectedCharts> {
	const inputs = ids.map((id) => ({ id, ...chartInputs(facts, id) }));
	const results = new Map(
		inputs.flatMap((input) => input.results).map((input) => [input.id, input]),
	);
	const { tables, withheld, audit } = await protectTogether(
		{
			participation: inputs.flatMap((input) => input.participation),
			results: [...results.values()],
			counts: [],
			earlier: [...earlier, facts.rates],
		},
		{ minN: facts.window.minN, nests: facts.window.nests },
	);
	const chartOf = new Map(
		inputs.flatMap(({ id, participation, results: own }) =>
			[...participation, ...own].map((input): [string, string] => [input.id, id]),
		),
	);
	const found = audit.problems.map((problem): FoundInChart => {
		const table = problem.table.replace(/^earlier \d+: /, '');
		return { chartId: chartOf.get(table) ?? table, problem };
	});
	return { tables, withheld, found };
}

/** Every chart in every language, from tables that are protected already. */
export function chartsOf(
	facts: ChartFacts,
	ids: readonly string[],
	options: { tables: readonly ReleaseTable[]; slug: string; engagement: { slug: string } },
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
					themeUrl: (key) => `${base}/themes/${key}${language === 'en' ? '' : `?lang=${language}`}`,
				}),
			]),
		);
	return { en: inLanguage('en'), es: inLanguage('es'), ar: inLanguage('ar') };
}
