import type { StaffRole } from '@throughline/db/schema';
import { expect, test } from 'vitest';
import { staffRoles } from '../routes/people/schema.ts';
import { type Principal, rolesIn } from './principal.ts';
import { may, type Verb, verbs } from './verbs.ts';
import { roleInitials } from '../testing/role-initials.ts';

const ENGAGEMENT = '019aa000-0000-7000-8000-000000000001';
const OTHER = '019aa000-0000-7000-8000-000000000002';
const names = Object.keys(verbs).toSorted() as Verb[]; // keys of the very object the type is of

function principal(roles: StaffRole[]): Principal {
	return {
		type: 'staff',
		personId: 'p',
		email: 'p@example.org',
		name: 'P',
		sessionId: 's',
		grants: roles.map((role) => ({
			engagementId: ENGAGEMENT,
			role,
			siteId: null,
			isTrial: false,
		})),
		assurance: { secondFactor: 'proved', isFresh: true },
	};
}

test('every role × every verb is as written here, and nowhere else', () => {
	const table = names.map((verb) => {
		const cells = staffRoles.map((role) =>
			may(principal([role]), verb, ENGAGEMENT) ? roleInitials[role] : '.',
		);
		const anyone = may({ type: 'public' }, verb, ENGAGEMENT) ? '*' : '.';
		return `${verb.padEnd(24)} ${anyone} ${cells.join('')}`;
	});

	expect(`\n${table.join('\n')}\n`).toMatchInlineSnapshot(`
		"
		audit:read               . ....AD..
		codebook:edit            . ....A...
		codebook:read            . .C.MAD..
		codes:make               . ....A...
		device:enroll            . F.......
		device:manage            . ....A...
		dialog:plan              . F...A...
		dialog:read              . F..MAD..
		dialog:run               . F.......
		engagement:read          . FCSMADOP
		excerpt:code             . .C......
		finding:read             . .C.MAD..
		finding:write            . ...MA...
		flag:read                . .C.MAD..
		flag:resolve             . ...MAD..
		group_review:answer      * FCSMADOP
		group_review:manage      . F...A...
		page:report              * FCSMADOP
		participant:withdraw     * FCSMADOP
		people:manage            . ....A...
		places:manage            . ....A...
		public:read              * FCSMADOP
		quote:clear              . .C..AD..
		quote:propose            . .C...D..
		rates:read               . ...MAD..
		recommendation:approve   . ...MA...
		recommendation:read      . ...MAD..
		recommendation:write     . ...MA...
		recording:fetch          . F....D..
		recording:keep           . F....D..
		redaction:read           . .....D..
		release:approve          . ....AD..
		release:prepare          . .....D..
		release:read             . ...MAD..
		responses:import         . .....D..
		results:read             . FC.MAD..
		rows:ask                 . .....D..
		rows:decide              . ....AD..
		rows:read                . ....AD..
		safety:read              . ..S.....
		self:manage              . FCSMADOP
		self:read                . FCSMADOP
		sign_in:use              * FCSMADOP
		span:listen              . FC..AD..
		span:mark                . FC......
		student:answer           * FCSMADOP
		survey:read              . ...MAD..
		transcript:read          . FC......
		window:manage            . ....A...
		window:open_envelopes    . .....D..
		window:read              . ....AD..
		"
	`);
});

test('no role reaches into another engagement', () => {
	const everywhere = names.filter((verb) =>
		staffRoles.some((role) => may(principal([role]), verb, OTHER)),
	);
	expect(everywhere.filter((verb) => !may(principal([]), verb, OTHER))).toEqual([]);
});

test('the police partner may read what the engagement is about, and nothing else of it', () => {
	const allowed = names.filter(
		(verb) =>
			may(principal(['police_partner']), verb, ENGAGEMENT) && !may(principal([]), verb, ENGAGEMENT),
	);
	expect(allowed).toEqual(['engagement:read']);
});

test('a second role gives the police partner nothing', () => {
	for (const role of staffRoles) {
		for (const verb of names) {
			expect([role, verb, may(principal(['police_partner', role]), verb, ENGAGEMENT)]).toEqual([
				role,
				verb,
				may(principal(['police_partner']), verb, ENGAGEMENT),
			]);
		}
	}
});

test('whoever is not signed in holds no role, whatever a role may do', () => {
	expect(rolesIn({ type: 'public' }, ENGAGEMENT)).toEqual([]);
});

test('what belongs to an engagement cannot be done outside of one', () => {
	const everything = principal(staffRoles.filter((role) => role !== 'police_partner'));
	const allowed = names.filter((verb) => may(everything, verb, null));
	expect(allowed).toEqual([
		'group_review:answer',
		'page:report',
		'participant:withdraw',
		'public:read',
		'self:manage',
		'self:read',
		'sign_in:use',
		'student:answer',
	]);
});

test('nor by a role that names no engagement', () => {
	const astray: Principal = {
		type: 'staff',
		personId: 'p',
		email: 'p@example.org',
		name: 'P',
		sessionId: 's',
		// As a query that joined nothing would give it.
		grants: [
			{
				engagementId: null as unknown as string,
				role: 'administrator',
				siteId: null,
				isTrial: false,
			},
		],
		assurance: { secondFactor: 'proved', isFresh: true },
	};
	expect(may(astray, 'people:manage', null)).toBe(false);
});
