import type { StaffRole } from '@throughline/db/schema';
import { type Principal, rolesIn } from './principal.ts';

/**
 * Who may do what. One row per verb; the table test walks every role × every verb.
 * `anyone` is the public. The police partner appears in no row that touches student data.
 */
export const verbs = {
	'public:read': ['anyone'],
	'page:report': ['anyone'],
	'student:answer': ['anyone'],
	'sign_in:use': ['anyone'],
	'self:read': ['any_staff'],
	'self:manage': ['any_staff'],
	'engagement:read': [
		'facilitator',
		'coder',
		'safety_responder',
		'advisory_member',
		'administrator',
		'data_steward',
		'complaint_officer',
		'police_partner',
	],
	'people:manage': ['administrator'],
	'places:manage': ['administrator'],
	'survey:read': ['administrator', 'data_steward', 'advisory_member'],
	'window:read': ['administrator', 'data_steward'],
	'window:manage': ['administrator'],
	'codes:make': ['administrator'],
	'rates:read': ['administrator', 'data_steward', 'advisory_member'],
	'window:open_envelopes': ['data_steward'],
	'responses:import': ['data_steward'],
	'codebook:read': ['coder', 'advisory_member', 'administrator', 'data_steward'],
	'codebook:edit': ['administrator'],
	'excerpt:code': ['coder'],
	'results:read': ['advisory_member', 'administrator', 'data_steward', 'coder', 'facilitator'],
	'quote:propose': ['coder', 'data_steward'],
	'quote:clear': ['coder', 'data_steward', 'administrator'],
	'finding:read': ['advisory_member', 'administrator', 'data_steward', 'coder'],
	'finding:write': ['advisory_member', 'administrator'],
	'recommendation:read': ['advisory_member', 'administrator', 'data_steward'],
	'recommendation:write': ['advisory_member', 'administrator'],
	'recommendation:approve': ['advisory_member', 'administrator'],
	'release:read': ['data_steward', 'administrator', 'advisory_member'],
	'release:prepare': ['data_steward'],
	'release:approve': ['data_steward', 'administrator'],
	// The only way whole responses leave: asked for, let out by a second person, generalised.
	'rows:read': ['data_steward', 'administrator'],
	'rows:ask': ['data_steward'],
	'rows:decide': ['data_steward', 'administrator'],
	'audit:read': ['data_steward', 'administrator'],
	'dialog:read': ['facilitator', 'administrator', 'data_steward', 'advisory_member'],
	'dialog:plan': ['facilitator', 'administrator'],
	// Of their own sessions only (dialogs/own-session.ts): kit, notes, sound, transcript.
	'dialog:run': ['facilitator'],
	// A facilitator's own sessions only; a data steward's, all (dialogs/kept-session.ts).
	'recording:keep': ['facilitator', 'data_steward'],
	// The sound as it came: of those who keep it, on a confirmation.
	'recording:fetch': ['facilitator', 'data_steward'],
	'device:enroll': ['facilitator'],
	'device:manage': ['administrator'],
	// How much of which transcript: policies/transcript-reader.ts.
	'transcript:read': ['facilitator', 'coder'],
	'span:mark': ['facilitator', 'coder'],
	'span:listen': ['facilitator', 'coder', 'data_steward', 'administrator'],
	'redaction:read': ['data_steward'],
	'safety:read': ['safety_responder'],
	'flag:read': ['advisory_member', 'administrator', 'data_steward', 'coder'],
	'flag:resolve': ['advisory_member', 'administrator', 'data_steward'],
	'group_review:manage': ['facilitator', 'administrator'],
	'participant:withdraw': ['anyone'],
	'group_review:answer': ['anyone'],
} as const satisfies Record<string, readonly (StaffRole | 'anyone' | 'any_staff')[]>;

export type Verb = keyof typeof verbs;

/**
 * May this principal do this, in this engagement? Pure.
 * @param engagementId the engagement acted on; null for verbs outside any engagement.
 */
export function may(principal: Principal, verb: Verb, engagementId: string | null): boolean {
	const allowed: readonly string[] = verbs[verb];
	if (allowed.includes('anyone')) {
		return true;
	}
	if (principal.type === 'public') {
		return false;
	}
	if (allowed.includes('any_staff')) {
		return true;
	}
	if (engagementId === null) {
		return false;
	}
	return rolesIn(principal, engagementId).some((role) => allowed.includes(role));
}
