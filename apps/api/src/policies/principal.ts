import type { StaffRole } from '@throughline/db/schema';

/** Someone asking for something: the public (students included), or a signed-in member of staff. */
export type Principal =
	| { type: 'public' }
	| {
			type: 'staff';
			personId: string;
			email: string;
			name: string;
			sessionId: string;
			grants: Grant[];
	  };

/** One role in one engagement; expired grants are left out when the principal is made. */
export interface Grant {
	engagementId: string;
	role: StaffRole;
	siteId: string | null;
}

/**
 * The roles a principal holds in one engagement. Whoever works for the police holds that one
 * alone: with another beside it, they would have a path to student data.
 */
export function rolesIn(principal: Principal, engagementId: string): StaffRole[] {
	if (principal.type === 'public') {
		return [];
	}
	const roles = principal.grants
		.filter((grant) => grant.engagementId === engagementId)
		.map((grant) => grant.role);
	return roles.includes('police_partner') ? ['police_partner'] : roles;
}
