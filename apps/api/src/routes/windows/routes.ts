import { listWindowCohorts } from '@throughline/db/queries/cohort';
import { listSites } from '@throughline/db/queries/site';
import { listStartNotices, listSurveyVersions } from '@throughline/db/queries/survey';
import { findWindow, listWindows } from '@throughline/db/queries/survey-window';
import { Hono } from 'hono';
import { createWindow, editWindow } from '../../actions/create-window.ts';
import { closeWindow, deleteWindow, openWindow } from '../../actions/move-window.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { engagementOf } from '../../http/engagement-of.ts';
import { originOf, staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentWindow, presentWindowDetail } from '../../presenters/present-window.ts';
import { presentWindowOptions } from '../../presenters/present-window-options.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import { windowBody, type WindowList, windowParam } from './schema.ts';

const PAGE_SIZE = 20;

/** When a survey is open, at which schools. */
export function windowRoutes(deps: Deps) {
	const { db } = deps;
	return new Hono<AppEnv>()
		.get(
			'/',
			authorise('window:read'),
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { timezone, id } = await engagementOf(db, c.req.valid('param').engagementId);
				const { page } = c.req.valid('query');
				const offset = (page - 1) * PAGE_SIZE;
				const found = await listWindows(db, id, { limit: PAGE_SIZE + 1, offset });
				const list: WindowList = {
					windows: found.slice(0, PAGE_SIZE).map((window) => presentWindow(window, timezone)),
					timezone,
					page,
					hasMore: found.length > PAGE_SIZE,
				};
				return c.json(list, 200);
			},
		)
		.get('/options', authorise('window:manage'), valid('param', engagementParam), async (c) => {
			const engagement = await engagementOf(db, c.req.valid('param').engagementId);
			const options = presentWindowOptions({
				versions: await listSurveyVersions(db, engagement.id),
				notices: await listStartNotices(db, engagement.id),
				sites: await listSites(db, engagement),
				timezone: engagement.timezone,
				district: engagement.district,
			});
			return c.json(options, 200);
		})
		.post(
			'/',
			authorise('window:manage'),
			valid('param', engagementParam),
			valid('json', windowBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const body = c.req.valid('json');
				const { personId } = staffOf(c);
				return c.json(await createWindow(deps, engagementId, { body, personId }), 201);
			},
		)
		.get('/:windowId', authorise('window:read'), valid('param', windowParam), async (c) => {
			const { engagementId, windowId } = c.req.valid('param');
			const { timezone } = await engagementOf(db, engagementId);
			const window = await findWindow(db, { engagementId, id: windowId });
			if (!window) {
				throw notFound();
			}
			const cohorts = await listWindowCohorts(db, { engagementId, windowId });
			const origin = originOf(c, deps.config);
			return c.json(presentWindowDetail(window, { cohorts, timezone, origin }), 200);
		})
		.put(
			'/:windowId',
			authorise('window:manage'),
			valid('param', windowParam),
			valid('json', windowBody),
			async (c) => {
				const body = c.req.valid('json');
				const { personId } = staffOf(c);
				await editWindow(deps, c.req.valid('param'), { body, personId });
				return c.json({ status: 'changed' as const }, 200);
			},
		)
		.delete('/:windowId', authorise('window:manage'), valid('param', windowParam), async (c) => {
			await deleteWindow(deps, { ...c.req.valid('param'), personId: staffOf(c).personId });
			return c.json({ status: 'deleted' as const }, 200);
		})
		.post('/:windowId/open', authorise('window:manage'), valid('param', windowParam), async (c) => {
			await openWindow(deps, { ...c.req.valid('param'), personId: staffOf(c).personId });
			return c.json({ status: 'open' as const }, 200);
		})
		.post(
			'/:windowId/close',
			authorise('window:manage'),
			valid('param', windowParam),
			async (c) => {
				await closeWindow(deps, { ...c.req.valid('param'), personId: staffOf(c).personId });
				return c.json({ status: 'closed' as const }, 200);
			},
		);
}
