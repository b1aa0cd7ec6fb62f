import type { RecommendationStatus, StaffRole } from '@throughline/db/schema';

const team = ['advisory_member', 'administrator'] as const;
const advisory = ['advisory_member'] as const;
const administration = ['administrator'] as const;

/** Who may set a recommendation to a status. The advisory team approves first, then the administration. */
const setters: Record<RecommendationStatus, readonly StaffRole[]> = {
	draft: team,
	advisory_review: team,
	advisory_approved: advisory,
	admin_approved: administration,
	sent_to_partner: administration,
	in_contract: administration,
	partly_in_contract: administration,
	district_action: administration,
	not_adopted: team,
	withdrawn: team,
};

/** Where a recommendation may go from where it stands. The table is the pipeline. */
export const nextStatuses: Record<RecommendationStatus, readonly RecommendationStatus[]> = {
	draft: ['advisory_review', 'withdrawn'],
	advisory_review: ['advisory_approved', 'draft', 'not_adopted', 'withdrawn'],
	advisory_approved: [
		'admin_approved',
		'district_action',
		'advisory_review',
		'not_adopted',
		'withdrawn',
	],
	admin_approved: [
		'sent_to_partner',
		'district_action',
		'advisory_approved',
		'not_adopted',
		'withdrawn',
	],
	sent_to_partner: ['in_contract', 'partly_in_contract', 'not_adopted', 'withdrawn'],
	in_contract: ['partly_in_contract'],
	partly_in_contract: ['in_contract', 'not_adopted'],
	district_action: ['admin_approved', 'not_adopted', 'withdrawn'],
	not_adopted: ['advisory_review'],
	withdrawn: ['draft'],
};

/** The statuses that say someone stands behind it: it must rest on evidence. */
const approved: readonly RecommendationStatus[] = [
	'advisory_approved',
	'admin_approved',
	'sent_to_partner',
	'in_contract',
	'partly_in_contract',
	'district_action',
];

/** The statuses that owe the public a reason. */
const explained: readonly RecommendationStatus[] = [
	'partly_in_contract',
	'not_adopted',
	'withdrawn',
];

export function needsEvidence(status: RecommendationStatus): boolean {
	return approved.includes(status);
}

export function needsReason(status: RecommendationStatus): boolean {
	return explained.includes(status);
}

/** May someone with these roles set it to this status? Pure. */
export function maySet(status: RecommendationStatus, roles: readonly StaffRole[]): boolean {
	return setters[status].some((role) => roles.includes(role));
}

/** What was approved must not change under the hands of those who approved it. */
export function isTextOpen(status: RecommendationStatus): boolean {
	return status === 'draft' || status === 'advisory_review';
}

/** Whether a release tells of a recommendation that stands there. */
export function isPublic(status: RecommendationStatus): boolean {
	return status !== 'draft' && status !== 'withdrawn';
}
