import type { RecommendationStatus } from '@throughline/db/schema';
import { describe, expect, it } from 'vitest';
import { isTextOpen, maySet, needsEvidence, needsReason, nextStatuses } from './transitions.ts';

const statuses = Object.keys(nextStatuses) as RecommendationStatus[]; // the keys of that record

/** status → evidence, reason, text may change, who may set it */
const rules: Record<RecommendationStatus, [boolean, boolean, boolean, string]> = {
	draft: [false, false, true, 'both'],
	advisory_review: [false, false, true, 'both'],
	advisory_approved: [true, false, false, 'advisory'],
	admin_approved: [true, false, false, 'administration'],
	sent_to_partner: [true, false, false, 'administration'],
	in_contract: [true, false, false, 'administration'],
	partly_in_contract: [true, true, false, 'administration'],
	district_action: [true, false, false, 'administration'],
	not_adopted: [false, true, false, 'both'],
	withdrawn: [false, true, false, 'both'],
};

function settersOf(status: RecommendationStatus): string {
	const advisory = maySet(status, ['advisory_member']);
	const administration = maySet(status, ['administrator']);
	if (advisory && administration) {
		return 'both';
	}
	return advisory ? 'advisory' : 'administration';
}

describe('the pipeline of a recommendation', () => {
	it.each(statuses)('asks of %s what the table says', (status) => {
		expect([
			needsEvidence(status),
			needsReason(status),
			isTextOpen(status),
			settersOf(status),
		]).toEqual(rules[status]);
	});

	it.each(statuses)('lets no other role set %s', (status) => {
		const others = ['coder', 'data_steward', 'facilitator', 'police_partner'] as const;
		expect(maySet(status, others)).toBe(false);
	});

	it('reaches the agreement only through both approvals', () => {
		const before = (target: RecommendationStatus) =>
			statuses.filter((status) => nextStatuses[status].includes(target));

		expect(before('advisory_approved')).toEqual(['advisory_review', 'admin_approved']);
		expect(before('admin_approved')).toEqual(['advisory_approved', 'district_action']);
		expect(before('sent_to_partner')).toEqual(['admin_approved']);
		expect(before('in_contract')).toEqual(['sent_to_partner', 'partly_in_contract']);
	});

	it('never stands still and has no dead end', () => {
		for (const status of statuses) {
			expect(nextStatuses[status]).not.toContain(status);
			expect(nextStatuses[status].length).toBeGreaterThan(0);
		}
	});
});
