import { describeOn } from '@throughline/db/testing';
import { expect, test } from 'vitest';
import { seedEngagement } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import { staffRoles } from '../people/schema.ts';

describeOn('embedded', 'the overview of an engagement', (getDatabase) => {
	test('names its student groups to everybody but the police', async () => {
		const { db } = getDatabase();
		const sut = testApp(db);
		const { engagementId, north } = await seedEngagement(db);
		await db
			.insertInto('student_group')
			.values({
				engagement_id: engagementId,
				id: sut.deps.random.uuid7(),
				site_id: north.id,
				key: 'alliance',
				name: 'Alliance of North',
				kind: 'advocacy',
			})
			.execute();
		const read = async (role: (typeof staffRoles)[number]) => {
			sut.signInAs(staff(sut.deps.random.uuid7(), engagementId, [role]));
			const { status, body } = await sut.send('GET', `/api/engagements/${engagementId}`);
			expect(status).toBe(200);
			return JSON.stringify(body).includes('Alliance');
		};
		const seeing = [];
		for (const role of staffRoles) {
			seeing.push(...((await read(role)) ? [role] : []));
		}
		expect(seeing).toEqual(staffRoles.filter((role) => role !== 'police_partner'));
	});
});
