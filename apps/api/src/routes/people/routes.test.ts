import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';

describeOnBothDatabases('people of an engagement', (getDatabase) => {
	let engagementId: string;
	let administrator: string;
	let sut: ReturnType<typeof testApp>;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		administrator = await seedPerson(db, {
			engagementId,
			email: `admin-${engagementId}@example.org`,
			roles: ['administrator'],
		});
		sut = testApp(db);
		sut.signInAs(staff(administrator, engagementId, ['administrator']));
		base = `/api/engagements/${engagementId}`;
	});

	test('are listed with their roles, and who was invited with the last day', async () => {
		const invited = await sut.send('POST', `${base}/people/invitations`, {
			email: 'Ada@Example.org',
			name: ' Ada ',
			roles: ['coder', 'facilitator'],
		});
		expect(invited).toMatchObject({ status: 201, body: { email: 'ada@example.org' } });

		const { body } = await sut.send('GET', `${base}/people`);
		expect(body).toMatchObject({
			members: [{ id: administrator, roles: [{ role: 'administrator', hasEnded: false }] }],
			invitations: [
				{ email: 'ada@example.org', name: 'Ada', expiresOn: '2026-01-29', hasExpired: false },
				{ email: 'ada@example.org', name: 'Ada' },
			],
			hasMore: false,
		});
		expect(sut.sent).toMatchObject([
			{ to: 'Ada@Example.org', text: expect.stringContaining('/sign-in') },
		]);
	});

	test('inviting again replaces the earlier invitation', async () => {
		const invitee = { email: 'b@example.org', name: 'B', roles: ['coder'] };
		await sut.send('POST', `${base}/people/invitations`, invitee);
		await sut.send('POST', `${base}/people/invitations`, invitee);

		const { body } = await sut.send('GET', `${base}/people`);
		expect(body).toMatchObject({ invitations: [{ email: 'b@example.org' }] });
		expect((body as { invitations: unknown[] }).invitations).toHaveLength(1); // shape tested above
	});

	test('an invitation can be taken back once', async () => {
		const invitee = { email: 'c@example.org', name: 'C', roles: ['coder'] };
		await sut.send('POST', `${base}/people/invitations`, invitee);
		const { body } = await sut.send('GET', `${base}/people`);
		const id = (body as { invitations: { id: string }[] }).invitations[0]?.id; // tested above

		expect((await sut.send('DELETE', `${base}/people/invitations/${id}`)).status).toBe(200);
		expect((await sut.send('DELETE', `${base}/people/invitations/${id}`)).status).toBe(404);
	});

	describe('an invitation is refused', () => {
		test.each([
			[{ email: 'none', name: 'D', roles: ['coder'] }, 'email'],
			[{ email: 'd@example.org', name: ' ', roles: ['coder'] }, 'name'],
			[{ email: 'd@example.org', name: 'D', roles: [] }, 'roles'],
			[{ email: 'd@example.org', name: 'D', roles: ['king'] }, 'roles.0'],
			[{ email: 'd@example.org', name: 'D', roles: ['police_partner', 'coder'] }, 'roles'],
			[{ email: 'd@example.org', name: 'D'.repeat(121), roles: ['coder'] }, 'name'],
		])('for %j', async (body, field) => {
			const response = await sut.send('POST', `${base}/people/invitations`, body);
			expect(response.status).toBe(422);
			expect(response.body).toMatchObject({
				error: { code: 'invalid_input', fields: { [field]: expect.any(String) } },
			});
		});

		test('when the person holds the role already', async () => {
			const email = `admin-${engagementId}@example.org`;
			const body = { email, name: 'A', roles: ['administrator'] };
			const response = await sut.send('POST', `${base}/people/invitations`, body);
			expect(response).toMatchObject({ status: 409, body: { error: { code: 'already_member' } } });
		});

		test('when it would put a police role beside another', async () => {
			const email = `admin-${engagementId}@example.org`;
			const body = { email, name: 'A', roles: ['police_partner'] };
			expect((await sut.send('POST', `${base}/people/invitations`, body)).status).toBe(422);
		});
	});

	describe('the last administrator', () => {
		test('cannot be removed, demoted or given an end', async () => {
			const answers = [
				await sut.send('DELETE', `${base}/people/${administrator}`),
				await sut.send('PUT', `${base}/people/${administrator}/roles`, { roles: ['coder'] }),
				await sut.send('PUT', `${base}/people/${administrator}/roles`, {
					roles: ['administrator'],
					endsOn: '2027-01-01',
				}),
			];
			expect(answers.map(({ status }) => status)).toEqual([409, 409, 409]);
			expect(answers[0]?.body).toMatchObject({ error: { code: 'last_administrator' } });
		});

		test('may take another role too', async () => {
			const roles = ['administrator', 'data_steward'];
			const { status } = await sut.send('PUT', `${base}/people/${administrator}/roles`, { roles });
			expect(status).toBe(200);
		});

		test('is not lost when two remove each other at the same moment', async () => {
			const second = await seedPerson(getDatabase().db, {
				engagementId,
				email: `second-${engagementId}@example.org`,
				roles: ['administrator'],
			});
			const answers = await Promise.all([
				sut.send('DELETE', `${base}/people/${administrator}`),
				sut.send('DELETE', `${base}/people/${second}`),
			]);
			expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		});
	});

	test('what an administrator did is on record, for the data steward too', async () => {
		const coder = await seedPerson(getDatabase().db, {
			engagementId,
			email: `coder-${engagementId}@example.org`,
			roles: ['coder'],
		});
		await sut.send('PUT', `${base}/people/${coder}/roles`, {
			roles: ['facilitator'],
			endsOn: '2026-06-05',
		});
		await sut.send('DELETE', `${base}/people/${coder}`);
		sut.signInAs(staff(coder, engagementId, ['data_steward']));

		const { body } = await sut.send('GET', `${base}/audit`);
		expect(body).toMatchObject({
			entries: [
				{ action: 'person.removed', target: coder, person: 'Test Person' },
				{
					action: 'person.roles_changed',
					detail: { before: ['coder'], after: ['facilitator'], endsOn: '2026-06-05' },
				},
			],
		});
		expect(JSON.stringify(body)).not.toContain('@example.org');

		const { head } = body as { head: unknown }; // its shape is what the next line is about
		expect(head).toEqual({ position: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect((await sut.send('GET', `${base}/audit/verification`)).body).toEqual({
			entries: 2,
			head,
			broken: null,
		});
	});

	test('someone of another engagement cannot be changed', async () => {
		const other = await seedEngagement(getDatabase().db);
		const stranger = await seedPerson(getDatabase().db, {
			engagementId: other.engagementId,
			email: `stranger-${engagementId}@example.org`,
			roles: ['coder'],
		});
		const changed = { roles: ['administrator'] };
		expect((await sut.send('PUT', `${base}/people/${stranger}/roles`, changed)).status).toBe(404);
		expect((await sut.send('DELETE', `${base}/people/${stranger}`)).status).toBe(404);
	});
});
