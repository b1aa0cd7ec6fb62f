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

/** The roles a principal holds in one engagement. */
export function rolesIn(principal: Principal, engagementId: string): StaffRole[] {
	if (principal.type === 'public') {
		return [];
	}
	return principal.grants
		.filter((grant) => grant.engagementId === engagementId)
		.map((grant) => grant.role);
}
