import { sumSlipsVoided } from '@throughline/db/queries/audit-entry';
import { listWindowCohorts } from '@throughline/db/queries/cohort';
import { findEngagement } from '@throughline/db/queries/engagement';
import { findSurveyVersion } from '@throughline/db/queries/survey';
import { findWindow } from '@throughline/db/queries/survey-window';
import { Hono } from 'hono';
import { makeCodes } from '../../actions/make-codes.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { originOf, staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentCodes, presentSlips } from '../../presenters/present-codes.ts';
import { windowParam } from '../windows/schema.ts';
import { codesBody, cohortParam } from './schema.ts';

/** Access codes, by site and grade. No code is stored and no name is known. */
export function codeRoutes(deps: Deps) {
	const { db } = deps;
	return new Hono<AppEnv>()
		.get('/', authorise('window:read'), valid('param', windowParam), async (c) => {
			const { engagementId, windowId } = c.req.valid('param');
			const window = await findWindow(db, { engagementId, id: windowId });
			if (!window || window.source !== 'codes') {
				throw notFound();
			}
			const cohorts = await listWindowCohorts(db, { engagementId, windowId });
			const ids = cohorts.map(({ id }) => id);
			const voided = await sumSlipsVoided(db, engagementId, ids);
			return c.json(presentCodes({ cohorts, voided, status: window.status }), 200);
		})
		.post(
			'/:cohortId',
			authorise('codes:make'),
			valid('param', cohortParam),
			valid('json', codesBody),
			async (c) => {
				const param = c.req.valid('param');
				const { engagementId, windowId, cohortId } = param;
				const window = await findWindow(db, { engagementId, id: windowId });
				const cohorts = await listWindowCohorts(db, { engagementId, windowId });
				const cohort = cohorts.find(({ id }) => id === cohortId);
				const engagement = await findEngagement(db, engagementId);
				const version =
					window && (await findSurveyVersion(db, { engagementId, id: window.surveyVersionId }));
				if (!window || !cohort || !engagement || !version) {
					throw notFound();
				}
				const order = { ...param, ...c.req.valid('json'), personId: staffOf(c).personId };
				const print = {
					cohort,
					window,
					definition: version.definition,
					codes: await makeCodes(deps, order),
					origin: originOf(c, deps.config),
					timezone: engagement.timezone,
				};
				return c.json(presentSlips(print), 201);
			},
		);
}
