import {
	findEngagement,
	listMandates,
	listMilestones,
	listStudentGroups,
} from '@throughline/db/queries/engagement';
import { listSites } from '@throughline/db/queries/site';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { rolesIn } from '../../policies/principal.ts';
import { presentEngagement } from '../../presenters/present-engagement.ts';
import { engagementParam } from './schema.ts';

/** The engagement itself: what was asked for, by when, at which schools. No student data. */
export function engagementRoutes({ db, clock }: Pick<Deps, 'db' | 'clock'>) {
	return new Hono<AppEnv>().get(
		'/:engagementId',
		authorise('engagement:read'),
		valid('param', engagementParam),
		async (c) => {
			const { engagementId } = c.req.valid('param');
			const engagement = await findEngagement(db, engagementId);
			if (!engagement) {
				throw notFound();
			}
			const roles = rolesIn(c.var.principal, engagementId);
			// Which students meet is nothing for the police to know.
			const seesGroups = !roles.includes('police_partner');
			const overview = presentEngagement(engagement, {
				mandates: await listMandates(db, engagementId),
				milestones: await listMilestones(db, engagementId),
				sites: await listSites(db, engagement),
				studentGroups: seesGroups ? await listStudentGroups(db, engagementId) : [],
				roles,
				now: clock(),
			});
			return c.json(overview, 200);
		},
	);
}
