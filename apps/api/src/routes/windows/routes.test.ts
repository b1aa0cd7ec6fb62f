import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { advanceWindows } from '../../jobs/advance-windows.ts';
import { seedEngagement, seedPerson, type SeededSite } from '../../testing/seed-engagement.ts';
import { seedSurvey } from '../../testing/seed-survey.ts';
import { staff, testApp } from '../../testing/test-app.ts';

describeOnBothDatabases('survey windows', (getDatabase) => {
	let engagementId: string;
	let north: SeededSite;
	let south: SeededSite;
	let survey: Awaited<ReturnType<typeof seedSurvey>>;
	let sut: ReturnType<typeof testApp>;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId, north, south } = await seedEngagement(db));
		survey = await seedSurvey(db, engagementId);
		const email = `admin-${engagementId}@example.org`;
		const id = await seedPerson(db, { engagementId, email, roles: ['administrator'] });
		sut = testApp(db);
		sut.signInAs(staff(id, engagementId, ['administrator']));
		base = `/api/engagements/${engagementId}/windows`;
	});

	function body(change: Record<string, unknown> = {}) {
		return {
			label: 'Spring',
			...survey,
			siteIds: [north.id, south.id],
			opensAt: '2026-03-02T08:00',
			closesAt: '2026-03-20T16:00',
			...change,
		};
	}

	async function create(change: Record<string, unknown> = {}): Promise<string> {
		const response = await sut.send('POST', base, body(change));
		expect(response.status).toBe(201);
		return (response.body as { id: string }).id; // the route's own answer
	}

	async function statusOf(id: string) {
		const response = await sut.send('GET', `${base}/${id}`);
		return (response.body as { status: string }).status; // the route's own answer
	}

	test('begin as drafts with a cohort per school and grade', async () => {
		const id = await create();
		const { body: detail } = await sut.send('GET', `${base}/${id}`);

		expect(detail).toMatchObject({
			label: 'Spring',
			status: 'draft',
			source: 'codes',
			survey: { title: 'Your School', number: 1 },
			opensAt: '2026-03-02T08:00',
			closesAt: '2026-03-20T16:00',
			timezone: 'America/Chicago',
			sites: [
				{ id: north.id, name: 'north school' },
				{ id: south.id, name: 'south school' },
			],
			eligible: 110,
			codesMade: 0,
			cohorts: 3,
			shortAddress: expect.stringMatching(/^localhost\/s\/[a-z2-9]{6}$/),
		});
	});

	test('keep the wall clock of the district, on both sides of the change to summer time', async () => {
		const id = await create();
		const row = await getDatabase()
			.db.selectFrom('survey_window')
			.select(['opens_at', 'closes_at'])
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		expect(row.opens_at.toISOString()).toBe('2026-03-02T14:00:00.000Z');
		expect(row.closes_at.toISOString()).toBe('2026-03-20T21:00:00.000Z');
	});

	test('offer published surveys, notices and schools', async () => {
		await seedSurvey(getDatabase().db, engagementId, { isPublished: false });
		const { body: options } = await sut.send('GET', `${base}/options`);
		expect(options).toMatchObject({
			surveys: [{ id: survey.surveyVersionId, title: 'Your School', number: 1 }],
			notices: expect.arrayContaining([
				expect.objectContaining({ summary: 'Test Public Schools is asking. You need not answer.' }),
			]),
			sites: [
				{ id: north.id, enrolled: 80 },
				{ id: south.id, enrolled: 30 },
			],
			timezone: 'America/Chicago',
		});
		expect((options as { surveys: unknown[] }).surveys).toHaveLength(1); // matched above
	});

	describe('are refused', () => {
		test.each([
			[{ label: ' ' }, 'label'],
			[{ siteIds: [] }, 'siteIds'],
			[{ opensAt: 'tomorrow' }, 'opensAt'],
			[{ opensAt: '2026-13-02T08:00' }, 'opensAt'],
			[{ opensAt: '2026-02-30T08:00:00' }, 'opensAt'],
			[{ closesAt: '2026-03-02T08:00' }, 'closesAt'],
			[{ opensAt: '2025-01-01T08:00', closesAt: '2025-01-02T08:00' }, 'closesAt'],
			[{ surveyVersionId: 'x' }, 'surveyVersionId'],
			[{ surveyVersionId: '019aa000-0000-7000-8000-000000000001' }, 'surveyVersionId'],
			[{ noticeVersionId: '019aa000-0000-7000-8000-000000000001' }, 'noticeVersionId'],
			[{ siteIds: ['019aa000-0000-7000-8000-000000000001'] }, 'siteIds'],
		])('with %j', async (change, field) => {
			const response = await sut.send('POST', base, body(change));
			expect(response).toMatchObject({
				status: 422,
				body: { error: { code: 'invalid_input', fields: { [field]: expect.any(String) } } },
			});
		});

		test('with a survey that is not published', async () => {
			const draft = await seedSurvey(getDatabase().db, engagementId, { isPublished: false });
			const { surveyVersionId } = draft;
			const response = await sut.send('POST', base, body({ surveyVersionId }));
			expect(response).toMatchObject({
				status: 422,
				body: { error: { fields: { surveyVersionId: expect.stringContaining('published') } } },
			});
		});
	});

	test('can be changed while they are drafts, and not after', async () => {
		const id = await create();
		const change = body({ label: 'Later', siteIds: [south.id], closesAt: '2026-03-21T16:00' });
		expect((await sut.send('PUT', `${base}/${id}`, change)).status).toBe(200);
		const { body: detail } = await sut.send('GET', `${base}/${id}`);
		expect(detail).toMatchObject({ label: 'Later', eligible: 30, cohorts: 1 });

		await sut.send('POST', `${base}/${id}/open`);
		const refused = await sut.send('PUT', `${base}/${id}`, change);
		expect(refused).toMatchObject({ status: 409, body: { error: { code: 'window_not_draft' } } });
		expect((await sut.send('DELETE', `${base}/${id}`)).status).toBe(409);
	});

	test('are opened and closed by hand, each once', async () => {
		const id = await create();
		expect((await sut.send('POST', `${base}/${id}/close`)).status).toBe(409);
		expect((await sut.send('POST', `${base}/${id}/open`)).status).toBe(200);
		expect((await sut.send('POST', `${base}/${id}/open`)).status).toBe(409);
		expect((await sut.send('POST', `${base}/${id}/close`)).status).toBe(200);
		expect((await sut.send('POST', `${base}/${id}/close`)).status).toBe(409);

		const { body: detail } = await sut.send('GET', `${base}/${id}`);
		expect(detail).toMatchObject({ status: 'closed', closesAt: '2026-01-15T06:00' });
	});

	test('open and close by themselves when their time comes', async () => {
		const id = await create();
		const seen = [];
		for (const time of ['2026-03-02T13:59Z', '2026-03-02T14:00Z', '2026-03-20T21:00Z']) {
			sut.travelTo(time);
			await advanceWindows(sut.deps);
			await advanceWindows(sut.deps);
			seen.push(await statusOf(id));
		}
		expect(seen).toEqual(['draft', 'open', 'closed']);
	});

	test('stay drafts on the embedded database until the operator allows real students', async () => {
		const config = { ...sut.deps.config, ALLOW_EMBEDDED_STUDENT_SURVEYS: '0' as const };
		const careful = testApp(getDatabase().db, { config });
		careful.signInAs(await sut.deps.signIn.principalOf(new Headers()));
		const id = await create();
		expect(await careful.send('POST', `${base}/${id}/open`)).toMatchObject({
			status: 409,
			body: { error: { code: 'embedded_database' } },
		});
		careful.travelTo('2026-03-02T14:00Z');
		await advanceWindows(careful.deps);
		expect(await statusOf(id)).toBe('draft');

		const { db } = getDatabase();
		await db
			.updateTable('engagement')
			.set({ is_synthetic: true })
			.where('id', '=', engagementId)
			.execute();
		await advanceWindows(careful.deps);
		expect(await statusOf(id)).toBe('open');
	});

	test('that were never opened close without having been open for long', async () => {
		const id = await create();
		sut.travelTo('2026-05-01T12:00Z');
		expect((await sut.send('POST', `${base}/${id}/open`)).body).toMatchObject({
			error: { code: 'window_time_passed' },
		});
		await advanceWindows(sut.deps);
		await advanceWindows(sut.deps);
		expect(await statusOf(id)).toBe('closed');
	});

	test('can be deleted as drafts', async () => {
		const id = await create();
		expect((await sut.send('DELETE', `${base}/${id}`)).status).toBe(200);
		expect((await sut.send('GET', `${base}/${id}`)).status).toBe(404);
		expect((await sut.send('GET', base)).body).toMatchObject({ windows: [] });
	});

	test('are listed latest first, a page at a time', async () => {
		for (let day = 10; day < 32; day += 1) {
			await create({ opensAt: `2026-07-${day}T08:00`, closesAt: `2026-08-01T08:00` });
		}
		const first = await sut.send('GET', base);
		const second = await sut.send('GET', `${base}?page=2`);

		expect(first.body).toMatchObject({
			windows: expect.arrayContaining([expect.objectContaining({ opensAt: '2026-07-31T08:00' })]),
			hasMore: true,
		});
		expect((first.body as { windows: unknown[] }).windows).toHaveLength(20); // matched above
		expect(second.body).toMatchObject({ windows: [{}, {}], hasMore: false, page: 2 });
	});

	test('of another engagement are not found', async () => {
		const id = await create();
		const other = await seedEngagement(getDatabase().db);
		sut.signInAs(staff('p', other.engagementId, ['administrator']));
		const path = `/api/engagements/${other.engagementId}/windows/${id}`;
		expect((await sut.send('GET', path)).status).toBe(404);
		expect((await sut.send('POST', `${path}/open`)).status).toBe(404);
		expect((await sut.send('DELETE', path)).status).toBe(404);
	});
});
