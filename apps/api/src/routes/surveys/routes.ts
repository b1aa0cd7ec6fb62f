import { findSurveyVersion, listSurveyVersions } from '@throughline/db/queries/survey';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { presentSurvey, presentVersion } from '../../presenters/present-survey.ts';
import { engagementParam } from '../engagements/schema.ts';
import { previewQuery, type SurveyList, versionParam } from './schema.ts';

/** Surveys for review: the questions, never an answer. */
export function surveyRoutes({ db }: Pick<Deps, 'db'>) {
	return new Hono<AppEnv>()
		.get('/', authorise('survey:read'), valid('param', engagementParam), async (c) => {
			const versions = await listSurveyVersions(db, c.req.valid('param').engagementId);
			const list: SurveyList = { versions: versions.map(presentVersion) };
			return c.json(list, 200);
		})
		.get(
			'/:versionId',
			authorise('survey:read'),
			valid('param', versionParam),
			valid('query', previewQuery),
			async (c) => {
				const { engagementId, versionId } = c.req.valid('param');
				const version = await findSurveyVersion(db, { engagementId, id: versionId });
				if (!version) {
					throw notFound();
				}
				return c.json(presentSurvey(version, c.req.valid('query').language), 200);
			},
		);
}
