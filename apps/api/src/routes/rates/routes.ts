import { leastOfRates } from '@throughline/analysis/disclosure';
import { listWindowCohorts } from '@throughline/db/queries/cohort';
import { findEngagement } from '@throughline/db/queries/engagement';
import { listLatestRates } from '@throughline/db/queries/response-rate';
import { findWindow, listWindows } from '@throughline/db/queries/survey-window';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { presentRates } from '../../presenters/present-rates.ts';
import { engagementParam } from '../engagements/schema.ts';
import { rateParam, type RateWindows } from './schema.ts';

const MAX_WINDOWS = 100;

/** How many have answered, by site and grade, once a day and banded. */
export function rateRoutes({ db }: Pick<Deps, 'db'>) {
	return new Hono<AppEnv>()
		.get('/', authorise('rates:read'), valid('param', engagementParam), async (c) => {
			const { engagementId } = c.req.valid('param');
			const found = await listWindows(db, engagementId, { limit: MAX_WINDOWS, offset: 0 });
			const list: RateWindows = {
				windows: found
					.filter(({ source, status }) => source === 'codes' && status !== 'draft')
					.map(({ id, label, status }) => ({ id, label, status })),
			};
			return c.json(list, 200);
		})
		.get('/:windowId', authorise('rates:read'), valid('param', rateParam), async (c) => {
			const { engagementId, windowId } = c.req.valid('param');
			const window = await findWindow(db, { engagementId, id: windowId });
			const engagement = await findEngagement(db, engagementId);
			if (!window || !engagement || window.source !== 'codes') {
				throw notFound();
			}
			const { id, label, status } = window;
			const view = presentRates({
				window: { id, label, status },
				cohorts: await listWindowCohorts(db, { engagementId, windowId }),
				rates: await listLatestRates(db, { engagementId, windowId }),
				minN: leastOfRates(engagement.minN),
			});
			return c.json(view, 200);
		});
}
