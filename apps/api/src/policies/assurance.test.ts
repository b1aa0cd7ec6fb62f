import type { StaffRole } from '@throughline/db/schema';
import { describe, expect, test } from 'vitest';
import { staffRoles } from '../routes/people/schema.ts';
import { lackFor, needsSecondFactor, opens, rolesWithSecondFactor, stepUp } from './assurance.ts';
import type { Assurance, Principal } from './principal.ts';
import { may, type Verb, verbs } from './verbs.ts';

const ENGAGEMENT = '019aa000-0000-7000-8000-000000000001';
const names = Object.keys(verbs) as Verb[]; // keys of the very object the type is of
const proved: Assurance = { secondFactor: 'proved', isFresh: true };

function principal(
	roles: StaffRole[],
	options: { assurance?: Assurance; isTrial?: boolean } = {},
): Principal {
	const { assurance = proved, isTrial = false } = options;
	return {
		type: 'staff',
		personId: 'p',
		email: 'p@example.org',
		name: 'P',
		sessionId: 's',
		grants: roles.map((role) => ({ engagementId: ENGAGEMENT, role, siteId: null, isTrial })),
		assurance,
	};
}

const read = { engagementId: ENGAGEMENT, isChange: false };
const change = { engagementId: ENGAGEMENT, isChange: true };

test('the roles that need a second factor are those that may do a verb that opens something', () => {
	const derived = staffRoles.filter((role) =>
		names.some((verb) => opens[verb] !== null && may(principal([role]), verb, ENGAGEMENT)),
	);
	expect([...rolesWithSecondFactor].toSorted()).toEqual(derived.toSorted());
	expect(derived.toSorted()).toEqual([
		'administrator',
		'coder',
		'data_steward',
		'facilitator',
		'safety_responder',
	]);
});

test('what each verb opens is as written here, and nowhere else', () => {
	const opening = (what: string) =>
		names.filter((verb) => (opens[verb] as string | null) === what).toSorted();
	expect(['responses', 'recordings', 'exports'].map(opening)).toEqual([
		['excerpt:code', 'quote:clear', 'quote:propose', 'responses:import', 'window:open_envelopes'],
		[
			'dialog:run',
			'recording:fetch',
			'recording:keep',
			'redaction:read',
			'safety:read',
			'span:listen',
			'span:mark',
			'transcript:read',
		],
		['rows:ask', 'rows:decide', 'rows:read'],
	]);
});

describe.each(staffRoles.map((role) => ({ role, isNeeded: rolesWithSecondFactor.has(role) })))(
	'$role, who needs one: $isNeeded',
	({ role, isNeeded }) => {
		const allowed = names.filter((verb) => may(principal([role]), verb, ENGAGEMENT));
		const own = allowed.filter((verb) => !may(principal([]), verb, ENGAGEMENT));

		test.each(['none', 'due'] as const)(
			'can do nothing of the engagement while it is %s',
			(state) => {
				const sut = principal([role], { assurance: { secondFactor: state, isFresh: true } });
				const lacking = own.filter((verb) => lackFor(sut, verb, read) === 'second_factor');
				expect(own.length).toBeGreaterThan(0);
				expect(lacking).toEqual(isNeeded ? own : []);
				expect(needsSecondFactor(sut, ENGAGEMENT)).toBe(isNeeded);
			},
		);

		test('needs none in the sample for trying, nor a confirmation', () => {
			const assurance: Assurance = { secondFactor: 'none', isFresh: false };
			const sut = principal([role], { assurance, isTrial: true });
			expect(allowed.filter((verb) => lackFor(sut, verb, change) !== null)).toEqual([]);
		});
	},
);

test('what anyone may do, and one’s own account, need nothing', () => {
	const sut = principal([...staffRoles], { assurance: { secondFactor: 'due', isFresh: false } });
	const free = names.filter((verb) => may(principal([]), verb, null));
	const lacking = free.filter(
		(verb) => lackFor(sut, verb, { engagementId: null, isChange: true }) !== null,
	);
	expect(lacking).toEqual([]);
});

test('whoever is not signed in lacks nothing: policies turn them away', () => {
	expect(lackFor({ type: 'public' }, 'rows:ask', change)).toBeNull();
});

test('a role elsewhere does not ask for a second factor here', () => {
	const sut = principal(['data_steward'], { assurance: { secondFactor: 'none', isFresh: true } });
	expect(needsSecondFactor(sut, '019aa000-0000-7000-8000-000000000002')).toBe(false);
});

test('a confirmation is asked for as written here, and nowhere else', () => {
	const sut = principal(['administrator', 'data_steward', 'coder', 'facilitator'], {
		assurance: { secondFactor: 'proved', isFresh: false },
	});
	const asked = names.flatMap((verb) => {
		const when = [read, change].map((request) => lackFor(sut, verb, request));
		return when.some((lack) => lack !== null) ? [[verb, ...when]] : [];
	});
	expect(asked).toEqual([
		['people:manage', null, 'confirmation'],
		['release:approve', null, 'confirmation'],
		['rows:ask', null, 'confirmation'],
		['rows:decide', null, 'confirmation'],
		['recording:keep', null, 'confirmation'],
		['recording:fetch', 'confirmation', 'confirmation'],
		['redaction:read', 'confirmation', 'confirmation'],
	]);
	expect(Object.keys(stepUp)).toHaveLength(7);
	const fresh = principal(['administrator', 'data_steward']);
	expect(names.filter((verb) => lackFor(fresh, verb, change) !== null)).toEqual([]);
});
