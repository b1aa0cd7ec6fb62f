import { describeOnBothDatabases } from '@throughline/db/testing';
import { expect, test } from 'vitest';
import { openEnvelopes } from '../actions/open-envelopes.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { staff, testApp } from '../testing/test-app.ts';

describeOnBothDatabases('the results of a window', (getDatabase) => {
	/** A window that this many students answered, opened, as an advisory member finds it. */
	async function answeredBy(students: number) {
		const sut = testApp(getDatabase().db);
		const seeded = await seedStudentWindow(getDatabase().db, sut.deps, { codes: [students, 0, 0] });
		for (const code of seeded.codes.north9) {
			const student = studentClient(sut, { link: seeded.link, code });
			await student.begin();
			await student.save('Q1', ['yes']);
			await student.finish();
		}
		await getDatabase()
			.db.updateTable('survey_window')
			.set({ status: 'closed' })
			.where('id', '=', seeded.windowId)
			.execute();
		await openEnvelopes(sut.deps, seeded);
		sut.signInAs(staff(sut.deps.random.uuid7(), seeded.engagementId, ['advisory_member']));
		const path = `/api/engagements/${seeded.engagementId}`;
		return {
			results: await sut.send('GET', `${path}/results/${seeded.windowId}`),
			findings: await sut.send('GET', `${path}/findings/options`),
		};
	}

	test.each([0, 1, 9])('answered by %i show nothing, in words, and findings go on', async (n) => {
		const { results, findings } = await answeredBy(n);

		expect(results).toMatchObject({ status: 409, body: { error: { code: 'too_few_answered' } } });
		expect(findings.status).toBe(200);
	});

	test('answered by as many as a figure needs are shown', async () => {
		const { results, findings } = await answeredBy(10);

		expect(results.status).toBe(200);
		expect(findings.status).toBe(200);
	});
});
