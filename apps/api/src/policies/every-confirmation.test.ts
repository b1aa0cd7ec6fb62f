import { describe, expect, test } from 'vitest';
import { policyOfHandler } from '../http/authorise.ts';
import { staffRoles } from '../routes/people/schema.ts';
import { staff, testApp } from '../testing/test-app.ts';
import { databaseWithoutRows } from '../testing/without-rows.ts';
import type { Assurance } from './principal.ts';

const ENGAGEMENT = '019aa000-0000-7000-8000-000000000001';
const ID = '019aa000-0000-7000-8000-00000000000f';

// What a session lacks is said before anything is looked up: there are no rows to find.
const sut = testApp(databaseWithoutRows());

const routes = sut.app.routes.flatMap(({ method, path, handler }) => {
	const verb = policyOfHandler(handler);
	return verb && path.includes(':engagementId') ? [{ method, path, verb }] : [];
});

async function send(route: { method: string; path: string }, assurance: Assurance) {
	const everyone = staff(
		ID,
		ENGAGEMENT,
		staffRoles.filter((role) => role !== 'police_partner'),
	);
	sut.signInAs(everyone.type === 'staff' ? { ...everyone, assurance } : everyone);
	const path = route.path
		.replace(':engagementId', ENGAGEMENT)
		.replaceAll(/:\w+(\{[^}]*\})?\??/g, ID);
	const { body } = await sut.send(route.method, path, route.method === 'GET' ? undefined : {});
	const error = (body as { error?: { code: string } } | null)?.error;
	return error?.code ?? null;
}

test('these routes, and no other, ask to confirm that it is the person', async () => {
	const asking: string[] = [];
	for (const route of routes) {
		if (
			(await send(route, { secondFactor: 'proved', isFresh: false })) === 'confirmation_required'
		) {
			asking.push(`${route.method} ${route.path.replace('/api/engagements/:engagementId', '')}`);
		}
	}
	expect(asking).toEqual([
		'POST /people/invitations',
		'DELETE /people/invitations/:invitationId',
		'PUT /people/:personId/roles',
		'DELETE /people/:personId/sessions',
		'DELETE /people/:personId/second-factor',
		'DELETE /people/:personId',
		'POST /releases/:releaseId/approvals',
		'POST /exports',
		'POST /exports/:exportId/decision',
		'POST /exports/:exportId/file',
		'GET /dialogs/:sessionId/recordings/:recordingId/original',
		'DELETE /dialogs/:sessionId/recordings/:recordingId',
		'GET /redactions',
		'PUT /redactions/:redactionId',
	]);
});

describe('a session without its second factor', () => {
	test.each(routes)('gets nothing from $method $path', async (route) => {
		expect(await send(route, { secondFactor: 'due', isFresh: false })).toBe(
			'second_factor_required',
		);
	});
});

test('the walk finds the routes', () => {
	expect(routes.length).toBeGreaterThan(80);
});
