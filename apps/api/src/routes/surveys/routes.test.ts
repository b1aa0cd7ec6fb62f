import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeAll, expect, test } from 'vitest';
import { seedEngagement } from '../../testing/seed-engagement.ts';
import { seedSurvey } from '../../testing/seed-survey.ts';
import { staff, testApp } from '../../testing/test-app.ts';

describeOnBothDatabases('surveys for review', (getDatabase) => {
	let engagementId: string;
	let versionId: string;
	let sut: ReturnType<typeof testApp>;
	let base: string;

	beforeAll(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		({ surveyVersionId: versionId } = await seedSurvey(db, engagementId));
		sut = testApp(db);
		sut.signInAs(staff('p', engagementId, ['advisory_member']));
		base = `/api/engagements/${engagementId}/surveys`;
	});

	test('are listed', async () => {
		expect((await sut.send('GET', base)).body).toMatchObject({
			versions: [{ id: versionId, title: 'Your School', number: 1, isPublished: true }],
		});
	});

	test('show every question as students see it, with the refusal', async () => {
		expect((await sut.send('GET', `${base}/${versionId}`)).body).toMatchObject({
			language: 'en',
			languages: [
				{ code: 'en', status: 'reviewed' },
				{ code: 'es', status: 'draft' },
			],
			sections: [
				{
					title: { text: 'Safety' },
					questions: [
						{
							id: 'Q1',
							type: 'single',
							options: [{ code: 'yes' }, { code: 'no' }, { code: 'prefer_not_to_say' }],
							relevance: null,
						},
						{ id: 'Q2', type: 'long_text', maxLength: 500, relevance: "${Q1} = 'no'" },
					],
				},
			],
		});
	});

	test('show another language, and mark what is not translated', async () => {
		const { body } = await sut.send('GET', `${base}/${versionId}?language=es`);
		expect(body).toMatchObject({
			language: 'es',
			sections: [
				{
					questions: [
						{
							text: { text: '¿Te sientes seguro?', language: 'es' },
							options: [
								{ label: { text: 'Sí', language: 'es' } },
								{ label: { text: 'No', language: 'en' } },
								{},
							],
						},
						{},
					],
				},
			],
		});
	});

	test('that do not exist are not found', async () => {
		const path = `${base}/019aa000-0000-7000-8000-000000000001`;
		expect((await sut.send('GET', path)).status).toBe(404);
		expect((await sut.send('GET', `${base}/x`)).status).toBe(422);
	});
});
