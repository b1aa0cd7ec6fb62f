import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { findEngagement } from '@throughline/db/queries/engagement';
import { deleteInvitation, listUnacceptedInvitations } from '@throughline/db/queries/invitation';
import { listMembers } from '@throughline/db/queries/person';
import { Hono } from 'hono';
import { changeRoles } from '../../actions/change-roles.ts';
import { endSessionsOfMember, resetSecondFactor } from '../../actions/end-access.ts';
import { invitePerson } from '../../actions/invite-person.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { originOf, staffOf } from '../../http/staff-of.ts';
import { valid } from '../../http/valid.ts';
import { presentPeople } from '../../presenters/present-people.ts';
import { engagementParam } from '../engagements/schema.ts';
import { invitationParam, inviteBody, pageQuery, personParam, rolesBody } from './schema.ts';

const PAGE_SIZE = 50;
const MAX_INVITATIONS = 200;

/** Who works in an engagement. */
export function peopleRoutes(deps: Deps) {
	const { db, clock, random } = deps;
	return new Hono<AppEnv>()
		.get(
			'/',
			authorise('people:manage'),
			valid('param', engagementParam),
			valid('query', pageQuery),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const { page } = c.req.valid('query');
				const engagement = await findEngagement(db, engagementId);
				const found = await listMembers(db, engagementId, pageOf(page));
				const invitations = await listUnacceptedInvitations(db, engagementId, MAX_INVITATIONS);
				const timezone = engagement?.timezone ?? 'UTC';
				const shown = { members: found, invitations, page, now: clock(), timezone };
				return c.json(presentPeople(shown, PAGE_SIZE), 200);
			},
		)
		.post(
			'/invitations',
			authorise('people:manage'),
			valid('param', engagementParam),
			valid('json', inviteBody),
			async (c) => {
				const { engagementId } = c.req.valid('param');
				const engagement = await findEngagement(db, engagementId);
				if (!engagement) {
					throw notFound();
				}
				const by = staffOf(c);
				const invited = await invitePerson(
					deps,
					{ engagementId, ...c.req.valid('json') },
					{
						personId: by.personId,
						name: by.name,
						engagement: engagement.title,
						address: originOf(c, deps.config),
					},
				);
				return c.json(invited, 201);
			},
		)
		.delete(
			'/invitations/:invitationId',
			authorise('people:manage'),
			valid('param', invitationParam),
			async (c) => {
				const { engagementId, invitationId } = c.req.valid('param');
				const email = await db.transaction().execute(async (trx) => {
					const address = await deleteInvitation(trx, { engagementId, id: invitationId });
					if (address === undefined) {
						throw notFound();
					}
					await writeAuditEntry(trx, {
						engagementId,
						id: random.uuid7(),
						personId: staffOf(c).personId,
						action: 'invitation.withdrawn',
						target: invitationId,
					});
					return address;
				});
				return c.json({ email }, 200);
			},
		)
		.put(
			'/:personId/roles',
			authorise('people:manage'),
			valid('param', personParam),
			valid('json', rolesBody),
			async (c) => {
				const change = { ...c.req.valid('param'), ...c.req.valid('json') };
				await changeRoles(deps, change, staffOf(c));
				return c.json({ status: 'changed' as const }, 200);
			},
		)
		.delete(
			'/:personId/sessions',
			authorise('people:manage'),
			valid('param', personParam),
			async (c) => {
				const ended = await endSessionsOfMember(deps, c.req.valid('param'), staffOf(c));
				return c.json({ ended }, 200);
			},
		)
		.delete(
			'/:personId/second-factor',
			authorise('people:manage'),
			valid('param', personParam),
			async (c) => {
				await resetSecondFactor(deps, c.req.valid('param'), staffOf(c));
				return c.json({ status: 'removed' as const }, 200);
			},
		)
		.delete('/:personId', authorise('people:manage'), valid('param', personParam), async (c) => {
			const change = { ...c.req.valid('param'), roles: [], endsOn: null };
			await changeRoles(deps, change, staffOf(c));
			return c.json({ status: 'removed' as const }, 200);
		});
}

/** One more than a page holds tells whether there is a next one. */
function pageOf(page: number) {
	return { limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE };
}
