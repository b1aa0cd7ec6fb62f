import { listOpenedWindows } from '@throughline/db/queries/results';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { presentResults } from '../../presenters/results.ts';
import { buildChart } from '../../results/charts/build-chart.ts';
import { readChartFacts } from '../../results/charts/chart-facts.ts';
import { chartCsv } from '../../results/charts/chart-csv.ts';
import type { ResultsReader } from '../../results/read-window.ts';
import {
	chartParam,
	engagementParam,
	type ResultsOverview,
	resultsQuery,
	windowParam,
} from './schema.ts';

/** The team's results: every figure protected before it is a figure. */
export function resultsRoutes(deps: Pick<Deps, 'db'>, results: ResultsReader) {
	return new Hono<AppEnv>()
		.get('/', authorise('results:read'), valid('param', engagementParam), async (c) => {
			const windows = await listOpenedWindows(deps.db, c.req.valid('param').engagementId);
			const overview: ResultsOverview = {
				windows: windows.map((window) => ({
					id: window.id,
					label: window.label,
					opensAt: window.opens_at.toISOString(),
					closesAt: window.closes_at.toISOString(),
				})),
			};
			return c.json(overview, 200);
		})
		.get(
			'/:windowId',
			authorise('results:read'),
			valid('param', windowParam),
			valid('query', resultsQuery),
			async (c) => {
				const window = await results.read(c.req.valid('param'));
				const { by, language } = c.req.valid('query');
				const facts = await readChartFacts(deps.db, window);
				return c.json(presentResults(facts, { by: by ?? null, language }), 200);
			},
		)
		.get(
			'/:windowId/charts/:chartId',
			authorise('results:read'),
			valid('param', chartParam),
			valid('query', resultsQuery),
			async (c) => {
				const { chartId, ...key } = c.req.valid('param');
				const window = await results.read(key);
				const chart = buildChart(await readChartFacts(deps.db, window), chartId, {
					language: c.req.valid('query').language,
					csvUrl: (id) => teamCsvUrl(key, id),
					themeUrl: () => null,
				});
				return c.json({ chart }, 200);
			},
		)
		.get(
			'/:windowId/charts/:chartId/csv',
			authorise('results:read'),
			valid('param', chartParam),
			valid('query', resultsQuery),
			async (c) => {
				const { chartId, ...key } = c.req.valid('param');
				const window = await results.read(key);
				const chart = buildChart(await readChartFacts(deps.db, window), chartId, {
					language: c.req.valid('query').language,
					csvUrl: () => null,
					themeUrl: () => null,
				});
				c.header('Content-Type', 'text/csv; charset=utf-8');
				c.header('Content-Disposition', `attachment; filename="${chartId}.csv"`);
				return c.body(chartCsv(chart), 200);
			},
		);
}

/** Where the team downloads a chart. */
export function teamCsvUrl(
	key: { engagementId: string; windowId: string },
	chartId: string,
): string {
	return `/team/${key.engagementId}/results/${key.windowId}/${chartId}.csv`;
}
