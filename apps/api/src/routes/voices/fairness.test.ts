import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { seedHeldDialog } from '../../testing/seed-held-dialog.ts';
import { staff, testApp } from '../../testing/test-app.ts';

describeOnBothDatabases('how talk was shared', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let engagementId: string;
	let lead: string;
	let other: string;
	let sessionId: string;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		const seeded = await seedEngagement(db);
		({ engagementId } = seeded);
		sut = testApp(db);
		base = `/api/engagements/${engagementId}/fairness`;
		const person = (name: string) =>
			seedPerson(db, {
				engagementId,
				email: `${name}-${engagementId}@example.org`,
				roles: ['facilitator'],
			});
		lead = await person('lead');
		other = await person('other');
		({ sessionId } = await seedHeldDialog(sut.deps, {
			engagementId,
			siteId: seeded.north.id,
			key: 'ds-01',
			seats: ['Voice A', 'Voice B', 'Voice C'],
			leadId: lead,
			said: [
				{ seats: ['Voice A'], text: 'One.' },
				{ seats: ['Voice A'], text: 'Two.' },
				{ seats: ['Voice B'], text: 'Three.' },
			],
		}));
	});

	test('is told by seat to those who were on duty', async () => {
		sut.signInAs(staff(lead, engagementId, ['facilitator']));
		expect((await sut.send('GET', `${base}/${sessionId}`)).body).toMatchObject({
			session: { key: 'ds-01', hasOneVoice: true, facilitatorPercent: 0, silentPrompts: [] },
			seats: [
				{ label: 'Voice A', percent: 67 },
				{ label: 'Voice B', percent: 33 },
				{ label: 'Voice C', percent: 0 },
			],
		});
	});

	test('is told to others without any seat', async () => {
		sut.signInAs(staff(other, engagementId, ['facilitator', 'advisory_member']));
		const { body } = await sut.send('GET', `${base}/${sessionId}`);
		expect(body).toMatchObject({ session: { hasOneVoice: true }, seats: null });
		expect(JSON.stringify(body)).not.toContain('Voice A');
		expect((await sut.send('GET', base)).body).toMatchObject({
			sessions: [{ key: 'ds-01', isCounted: true }],
		});
	});

	test('stands on the day it was in the district, though it was another one in Greenwich', async () => {
		await getDatabase()
			.db.updateTable('dialog_session')
			.set({ starts_at: '2026-01-16T02:30:00Z' })
			.where('id', '=', sessionId)
			.execute();
		sut.signInAs(staff(lead, engagementId, ['facilitator']));
		expect((await sut.send('GET', `${base}/${sessionId}`)).body).toMatchObject({
			session: { heldOn: '2026-01-15' },
		});
	});

	test('is nothing the police partner or an outsider can ask for', async () => {
		sut.signInAs(staff(other, engagementId, ['police_partner']));
		expect(await sut.send('GET', base)).toMatchObject({ status: 403 });
		const nobody = sut.deps.random.uuid7();
		sut.signInAs(staff(lead, engagementId, ['facilitator']));
		expect(await sut.send('GET', `${base}/${nobody}`)).toMatchObject({ status: 404 });
	});
});
