import type { StaffRole } from '@throughline/db/schema';
import { z } from 'zod';
import { engagementParam } from '../engagements/schema.ts';

export const staffRoles = [
	'facilitator',
	'coder',
	'safety_responder',
	'advisory_member',
	'administrator',
	'data_steward',
	'complaint_officer',
	'police_partner',
] as const satisfies readonly StaffRole[];

const roles = z
	.array(z.enum(staffRoles, { error: 'Choose one of the roles.' }))
	.min(1, { error: 'Choose at least one role.' })
	.max(staffRoles.length)
	.refine((given) => new Set(given).size === given.length, { error: 'Name each role once.' })
	.refine((given) => given.length === 1 || !given.includes('police_partner'), {
		error: 'Whoever works for the police has no other role: take the others away, or this one.',
	});

const endsOn = z.iso
	.date({ error: 'Enter the last day as year, month and day.' })
	.nullable()
	.default(null);

export const personParam = engagementParam.extend({ personId: z.uuid() });
export const invitationParam = engagementParam.extend({ invitationId: z.uuid() });

export const pageQuery = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) });

export const inviteBody = z.object({
	email: z.email({ error: 'Enter an e-mail address, like name@example.org.' }).max(254),
	name: z
		.string()
		.trim()
		.min(1, { error: 'Enter the person’s name.' })
		.max(120, { error: 'A name has up to 120 characters.' }),
	roles,
});

export const rolesBody = z.object({ roles, endsOn });

export interface PeopleView {
	members: MemberView[];
	invitations: InvitationView[];
	page: number;
	hasMore: boolean;
}

export interface MemberView {
	id: string;
	name: string;
	email: string;
	roles: { role: StaffRole; endsOn: string | null; hasEnded: boolean }[];
}

export interface InvitationView {
	id: string;
	name: string;
	email: string;
	role: StaffRole;
	/** The last day it can be accepted, in the district. */
	expiresOn: string;
	hasExpired: boolean;
}
