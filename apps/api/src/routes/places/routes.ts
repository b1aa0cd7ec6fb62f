import { findEngagement } from '@throughline/db/queries/engagement';
import {
	findSite,
	isEnrollmentInUse,
	listGroups,
	listMilestonesById,
	listSiteCounts,
	listSitePage,
} from '@throughline/db/queries/places';
import { Hono } from 'hono';
import { addGroup, addMilestone, changeGroup, changeMilestone } from '../../actions/change-plan.ts';
import { addSite, changeSite } from '../../actions/change-site.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentPlaces, presentSite } from '../../presenters/present-places.ts';
import { engagementParam } from '../engagements/schema.ts';
import { pageQuery } from '../people/schema.ts';
import {
	groupBody,
	groupParam,
	milestoneBody,
	milestoneParam,
	newGroupBody,
	newSiteBody,
	siteBody,
	siteParam,
} from './schema.ts';

const PAGE_SIZE = 400;
const MOST_GROUPS = 500;
const MOST_MILESTONES = 200;

/** The schools of the district, and the groups and steps of an engagement. */
export function placeRoutes(deps: Pick<Deps, 'db' | 'random'>) {
	const { db } = deps;
	const find = async (engagementId: string) => {
		const engagement = await findEngagement(db, engagementId);
		if (!engagement) {
			throw notFound();
		}
		return engagement;
	};
	return new Hono<AppEnv>()
		.get(
			'/',
			authorise('places:manage'),
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { page } = c.req.valid('query');
				const engagement = await find(engagementId);
				const window = { limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE };
				const view = presentPlaces(engagement, {
					sites: await listSitePage(db, engagement, window),
					groups: await listGroups(db, engagementId, { limit: MOST_GROUPS }),
					milestones: await listMilestonesById(db, engagementId, { limit: MOST_MILESTONES }),
					areCountsInUse: await isEnrollmentInUse(db, engagement),
					page: { number: page, size: PAGE_SIZE },
				});
				return c.json(view, 200);
			},
		)
		.post(
			'/sites',
			authorise('places:manage'),
			valid('param', engagementParam),
			valid('json', newSiteBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { personId } = staffOf(c);
				const added = await addSite(deps, engagementId, { body: c.req.valid('json'), personId });
				return c.json(added, 201);
			},
		)
		.get('/sites/:siteId', authorise('places:manage'), valid('param', siteParam), async (c) => {
			const { engagementId, siteId } = c.req.valid('param');
			const { districtId, schoolYear } = await find(engagementId);
			const site = await findSite(db, { districtId, siteId });
			if (!site) {
				throw notFound();
			}
			const counts = await listSiteCounts(db, { siteId, schoolYear });
			const areCountsInUse = await isEnrollmentInUse(db, { districtId, schoolYear });
			return c.json(presentSite(site, { counts, schoolYear, areCountsInUse }), 200);
		})
		.put(
			'/sites/:siteId',
			authorise('places:manage'),
			valid('param', siteParam),
			valid('json', siteBody),
			async (c) => {
				const { personId } = staffOf(c);
				await changeSite(deps, c.req.valid('param'), { body: c.req.valid('json'), personId });
				return c.json({ status: 'changed' as const }, 200);
			},
		)
		.post(
			'/groups',
			authorise('places:manage'),
			valid('param', engagementParam),
			valid('json', newGroupBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { personId } = staffOf(c);
				const added = await addGroup(deps, engagementId, { body: c.req.valid('json'), personId });
				return c.json(added, 201);
			},
		)
		.put(
			'/groups/:groupId',
			authorise('places:manage'),
			valid('param', groupParam),
			valid('json', groupBody),
			async (c) => {
				const { personId } = staffOf(c);
				await changeGroup(deps, c.req.valid('param'), { body: c.req.valid('json'), personId });
				return c.json({ status: 'changed' as const }, 200);
			},
		)
		.post(
			'/milestones',
			authorise('places:manage'),
			valid('param', engagementParam),
			valid('json', milestoneBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const order = { body: c.req.valid('json'), personId: staffOf(c).personId };
				return c.json(await addMilestone(deps, engagementId, order), 201);
			},
		)
		.put(
			'/milestones/:milestoneId',
			authorise('places:manage'),
			valid('param', milestoneParam),
			valid('json', milestoneBody),
			async (c) => {
				const order = { body: c.req.valid('json'), personId: staffOf(c).personId };
				await changeMilestone(deps, c.req.valid('param'), order);
				return c.json({ status: 'changed' as const }, 200);
			},
		)
		.delete(
			'/milestones/:milestoneId',
			authorise('places:manage'),
			valid('param', milestoneParam),
			async (c) => {
				const order = { body: null, personId: staffOf(c).personId };
				await changeMilestone(deps, c.req.valid('param'), order);
				return c.json({ status: 'removed' as const }, 200);
			},
		);
}
