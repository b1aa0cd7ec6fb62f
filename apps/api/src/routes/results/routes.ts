import { listFindings } from '@throughline/db/queries/decisions';
import { listCodedTurns, listHeldSizes } from '@throughline/db/queries/dialog-results';
import { listOpenedWindows } from '@throughline/db/queries/results';
import { Hono } from 'hono';
import type { ReaderFor } from '../../decisions/read-team.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { may } from '../../policies/verbs.ts';
import { presentDialogThemes } from '../../presenters/dialog-themes.ts';
import { presentResults, teamChart } from '../../presenters/results.ts';
import { presentTheme } from '../../presenters/theme.ts';
import { chartCsv } from '../../results/charts/chart-csv.ts';
import type { TeamReader } from '../../results/team-results.ts';
import {
	chartParam,
	engagementParam,
	type ResultsOverview,
	resultsQuery,
	themeParam,
	windowParam,
} from './schema.ts';

/** The team's results: every figure protected before it is a figure. */
export function resultsRoutes(
	deps: Pick<Deps, 'db'>,
	{ team, readerFor }: { team: TeamReader; readerFor: ReaderFor },
) {
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
				const { by, language } = c.req.valid('query');
				const results = await team.read(c.req.valid('param'));
				return c.json(presentResults(results, { by: by ?? null, language }), 200);
			},
		)
		.get(
			'/:windowId/dialogs',
			authorise('results:read'),
			valid('param', windowParam),
			async (c) => {
				const key = c.req.valid('param');
				const results = await team.read(key);
				const turns = await listCodedTurns(deps.db, key.engagementId);
				const sessions = await listHeldSizes(deps.db, key.engagementId);
				return c.json(presentDialogThemes(results, { turns, sessions }), 200);
			},
		)
		.get(
			'/:windowId/themes/:key',
			authorise('results:read'),
			valid('param', themeParam),
			async (c) => {
				const { key, ...window } = c.req.valid('param');
				const { engagementId } = window;
				const mayReadFindings = may(c.var.principal, 'finding:read', engagementId);
				const results = await team.read(window);
				const view = presentTheme(results, key, {
					quotes: await readerFor(c.var.principal).quotes(engagementId),
					findings: mayReadFindings ? await listFindings(deps.db, engagementId) : [],
				});
				return c.json(view, 200);
			},
		)
		.get(
			'/:windowId/charts/:chartId',
			authorise('results:read'),
			valid('param', chartParam),
			valid('query', resultsQuery),
			async (c) => {
				const { chartId, ...key } = c.req.valid('param');
				const results = await team.read(key);
				return c.json({ chart: teamChart(results, chartId, c.req.valid('query').language) }, 200);
			},
		)
		.get(
			'/:windowId/charts/:chartId/csv',
			authorise('results:read'),
			valid('param', chartParam),
			valid('query', resultsQuery),
			async (c) => {
				const { chartId, ...key } = c.req.valid('param');
				const { language } = c.req.valid('query');
				const chart = teamChart(await team.read(key), chartId, language);
				c.header('Content-Type', 'text/csv; charset=utf-8');
				c.header('Content-Disposition', `attachment; filename="${chartId}.csv"`);
				return c.body(chartCsv(chart, language), 200);
			},
		);
}
