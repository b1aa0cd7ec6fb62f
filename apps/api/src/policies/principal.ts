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
			assurance: Assurance;
	  };

/** How sure the session makes us of the person. */
export interface Assurance {
	/** `none`: no second factor was set up; `due`: not proved in this session; `proved`. */
	secondFactor: 'none' | 'due' | 'proved';
	/** Proved within the last minutes; where no second factor is set up, signed in within them. */
	isFresh: boolean;
}

/** One role in one engagement; expired grants are left out when the principal is made. */
export interface Grant {
	engagementId: string;
	role: StaffRole;
	siteId: string | null;
	/** The sample on a server for this machine alone: nobody in it is real, so a link is enough. */
	isTrial: boolean;
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
