import type { StaffRole } from '@throughline/db/schema';
import { type Principal, rolesIn } from './principal.ts';
import { type Verb, verbs } from './verbs.ts';

/**
 * What a verb lets somebody read that a mailbox in the wrong hands must not open: words of
 * students (`responses`), what was said in a session (`recordings`), files of rows (`exports`).
 * Every verb says so, a new one too.
 */
export const opens = {
	'public:read': null,
	'page:report': null,
	'student:answer': null,
	'sign_in:use': null,
	'self:read': null,
	'self:manage': null,
	'engagement:read': null,
	'people:manage': null,
	'places:manage': null,
	'survey:read': null,
	'window:read': null,
	'window:manage': null,
	'codes:make': null,
	'rates:read': null,
	'window:open_envelopes': 'responses',
	'responses:import': 'responses',
	'codebook:read': null,
	'codebook:edit': null,
	'excerpt:code': 'responses',
	'results:read': null,
	'quote:propose': 'responses',
	'quote:clear': 'responses',
	'finding:read': null,
	'finding:write': null,
	'recommendation:read': null,
	'recommendation:write': null,
	'recommendation:approve': null,
	'release:read': null,
	'release:prepare': null,
	'release:approve': null,
	'rows:read': 'exports',
	'rows:ask': 'exports',
	'rows:decide': 'exports',
	'audit:read': null,
	'dialog:read': null,
	'dialog:plan': null,
	'dialog:run': 'recordings',
	'recording:keep': 'recordings',
	'recording:fetch': 'recordings',
	'device:enroll': null,
	'device:manage': null,
	'transcript:read': 'recordings',
	'span:mark': 'recordings',
	'span:listen': 'recordings',
	'redaction:read': 'recordings',
	'safety:read': 'recordings',
	'flag:read': null,
	'flag:resolve': null,
	'group_review:manage': null,
	'participant:withdraw': null,
	'group_review:answer': null,
} as const satisfies Record<Verb, 'responses' | 'recordings' | 'exports' | null>;

/** Roles that may do any verb that opens something: they need a second factor, for everything. */
export const rolesWithSecondFactor: ReadonlySet<StaffRole> = new Set(
	Object.entries(verbs)
		.filter(([verb]) => opens[verb as Verb] !== null) // a key of the very object the type is of
		.flatMap(([, allowed]) => allowed)
		.filter((role) => role !== 'anyone' && role !== 'any_staff'),
);

/**
 * Verbs that ask the person to confirm that it is them, within the last minutes: to `change`
 * something with them, or `always`, for reading too.
 */
export const stepUp: Partial<Record<Verb, 'change' | 'always'>> = {
	'people:manage': 'change',
	'release:approve': 'change',
	'rows:ask': 'change',
	'rows:decide': 'change',
	'recording:keep': 'change',
	'recording:fetch': 'always',
	'redaction:read': 'always',
};

/** What has to be done first: set up or prove the second factor, or prove it anew. */
export type Lack = 'second_factor' | 'confirmation';

/**
 * What a session lacks for a verb that `may` allows; null when nothing. Pure.
 * @param request.isChange it is no GET or HEAD.
 */
export function lackFor(
	principal: Principal,
	verb: Verb,
	request: { engagementId: string | null; isChange: boolean },
): Lack | null {
	const { engagementId, isChange } = request;
	if (principal.type === 'public' || engagementId === null) {
		return null;
	}
	const allowed: readonly string[] = verbs[verb];
	if (allowed.includes('anyone') || isTrial(principal, engagementId)) {
		return null;
	}
	if (needsSecondFactor(principal, engagementId) && principal.assurance.secondFactor !== 'proved') {
		return 'second_factor';
	}
	const when = stepUp[verb];
	const isAsked = when === 'always' || (when === 'change' && isChange);
	return isAsked && !principal.assurance.isFresh ? 'confirmation' : null;
}

/** Does any role they hold there need a second factor? The sample for trying needs none. */
export function needsSecondFactor(principal: Principal, engagementId: string): boolean {
	return (
		!isTrial(principal, engagementId) &&
		rolesIn(principal, engagementId).some((role) => rolesWithSecondFactor.has(role))
	);
}

function isTrial(principal: Principal, engagementId: string): boolean {
	return (
		principal.type === 'staff' &&
		principal.grants.some((grant) => grant.engagementId === engagementId && grant.isTrial)
	);
}
