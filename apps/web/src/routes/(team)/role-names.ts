import { text, type Key } from '#lib/i18n/text.ts';

/** Every role a person can hold, in the order they are offered. */
export const roles = [
	'administrator',
	'data_steward',
	'advisory_member',
	'coder',
	'facilitator',
	'safety_responder',
	'complaint_officer',
	'police_partner',
] as const;

/** A role in words; one this page does not know keeps its own name. */
export function roleName(role: string): string {
	const known = roles.find((candidate) => candidate === role);
	const key: Key<'staff'> | undefined = known && `role.${known}`;
	return key ? text('staff', 'en')(key) : role.replaceAll('_', ' ');
}
