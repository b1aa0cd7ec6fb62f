import { listOpenedWindows } from '@throughline/db/queries/results';
import { findRowExport, listRowExports } from '@throughline/db/queries/row-export';
import { Hono } from 'hono';
import { askForRows } from '../../actions/ask-for-rows.ts';
import { decideOnRows } from '../../actions/decide-on-rows.ts';
import { fetchRows } from '../../actions/fetch-rows.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { protectApart } from '../../exports/protect-apart.ts';
import { readRowTable } from '../../exports/row-table.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentRowExport, presentRowReport } from '../../presenters/row-export.ts';
import type { ResultsReader } from '../../results/read-window.ts';
import {
	askBody,
	decisionBody,
	engagementParam,
	exportParam,
	type RowExportsView,
} from './schema.ts';

/** The rows of a window as a file: asked for by a data steward, let out by a second person, once. */
export function exportRoutes(deps: Pick<Deps, 'db' | 'random' | 'clock'>, results: ResultsReader) {
	return new Hono<AppEnv>()
		.get('/', authorise('rows:read'), valid('param', engagementParam), async (c) => {
			const { engagementId } = c.req.valid('param');
			const [found, windows] = await Promise.all([
				listRowExports(deps.db, engagementId),
				listOpenedWindows(deps.db, engagementId),
			]);
			const viewer = { personId: staffOf(c).personId, now: deps.clock() };
			const view: RowExportsView = {
				exports: found.map((row) => presentRowExport(row, viewer)),
				windows: windows.map(({ id, label }) => ({ id, label })),
			};
			return c.json(view, 200);
		})
		.post(
			'/',
			authorise('rows:ask'),
			valid('param', engagementParam),
			valid('json', askBody),
			async (c) => {
				const id = await askForRows(deps, results, {
					...c.req.valid('json'),
					...c.req.valid('param'),
					personId: staffOf(c).personId,
				});
				return c.json({ id }, 201);
			},
		)
		.get('/:exportId', authorise('rows:read'), valid('param', exportParam), async (c) => {
			const key = c.req.valid('param');
			const row = await findRowExport(deps.db, key);
			if (!row) {
				throw notFound();
			}
			const window = await results.read({ ...key, windowId: row.windowId });
			const input = await readRowTable(deps.db, window, row.k);
			const viewer = { personId: staffOf(c).personId, now: deps.clock() };
			return c.json(
				{
					export: presentRowExport(row, viewer),
					report: presentRowReport(input, await protectApart(input)),
				},
				200,
			);
		})
		.post(
			'/:exportId/decision',
			authorise('rows:decide'),
			valid('param', exportParam),
			valid('json', decisionBody),
			async (c) => {
				await decideOnRows(deps, {
					...c.req.valid('json'),
					...c.req.valid('param'),
					personId: staffOf(c).personId,
				});
				return c.json({ decided: true }, 200);
			},
		)
		.post('/:exportId/file', authorise('rows:ask'), valid('param', exportParam), async (c) => {
			const { csv } = await fetchRows(deps, results, {
				...c.req.valid('param'),
				personId: staffOf(c).personId,
			});
			c.header('Content-Type', 'text/csv; charset=utf-8');
			c.header('Content-Disposition', 'attachment; filename="rows.csv"');
			return c.body(csv, 200);
		});
}
