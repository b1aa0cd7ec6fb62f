import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { createWindow } from '../../actions/create-window.ts';
import { makeCodes } from '../../actions/make-codes.ts';
import { closeWindow, openWindow } from '../../actions/move-window.ts';
import { recordResponseRates } from '../../jobs/record-response-rates.ts';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { seedSurvey } from '../../testing/seed-survey.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { RatesView } from './schema.ts';

describeOnBothDatabases('response rates', (getDatabase) => {
	let engagementId: string;
	let windowId: string;
	let personId: string;
	let cohorts: Map<string, string>;
	let sut: ReturnType<typeof testApp>;

	beforeEach(async () => {
		const { db } = getDatabase();
		const seeded = await seedEngagement(db);
		({ engagementId } = seeded);
		const survey = await seedSurvey(db, engagementId);
		const email = `admin-${engagementId}@example.org`;
		personId = await seedPerson(db, { engagementId, email, roles: ['administrator'] });
		sut = testApp(db);
		sut.signInAs(staff(personId, engagementId, ['advisory_member']));
		const body = {
			label: 'Spring',
			...survey,
			siteIds: [seeded.north.id, seeded.south.id],
			opensAt: '2026-01-15T06:00',
			closesAt: '2026-01-20T16:00',
		};
		windowId = (await createWindow(sut.deps, engagementId, { body, personId })).id;
		await openWindow(sut.deps, { engagementId, windowId, personId });
		const rows = await db
			.selectFrom('cohort')
			.select(['id', 'grade'])
			.where('window_id', '=', windowId)
			.execute();
		cohorts = new Map(rows.map((row) => [row.grade ?? '', row.id]));
		for (const cohortId of cohorts.values()) {
			const order = { engagementId, windowId, cohortId, personId };
			await makeCodes(sut.deps, { ...order, sparePercent: 0, isReplacement: false });
		}
	});

	/** As if this many students of a grade had sent their answers by now. */
	async function answered(grade: string, count: number) {
		const { db } = getDatabase();
		const codes = await db
			.selectFrom('access_code')
			.select('code_hash')
			.where('window_id', '=', windowId)
			.where('cohort_id', '=', cohorts.get(grade) ?? '')
			.orderBy('code_hash')
			.limit(count)
			.execute();
		for (const { code_hash } of codes) {
			await db
				.updateTable('access_code')
				.set({ state: 1 })
				.where('window_id', '=', windowId)
				.where('code_hash', '=', code_hash)
				.execute();
		}
	}

	async function view(): Promise<RatesView> {
		const response = await sut.send('GET', `/api/engagements/${engagementId}/rates/${windowId}`);
		expect(response.status).toBe(200);
		return response.body as RatesView; // the route's own answer
	}

	test('are there after the first record, as intervals and bands', async () => {
		expect(await view()).toMatchObject({ asOf: null, all: null, sites: [] });
		await answered('9', 20);
		await answered('10', 30);
		await answered('6', 12);
		await recordResponseRates(sut.deps);

		expect(await view()).toMatchObject({
			asOf: '2026-01-15',
			minN: 10,
			all: { eligible: 110, shown: { display: '55–60%', low: 55, high: 60, nBand: '40-99' } },
			sites: [
				{
					name: 'north school',
					rate: { eligible: 80, shown: { display: '60–70%', nBand: '40-99' } },
					grades: [
						{ grade: '9', rate: { eligible: 40, shown: { display: '50–60%' } } },
						{ grade: '10', rate: { eligible: 40, shown: { display: '70–80%' } } },
					],
				},
				{ name: 'south school', rate: { shown: { display: '40–60%', nBand: '10-19' } } },
			],
		});
	});

	test('of few students are hidden, with what would give them away', async () => {
		await answered('9', 9);
		await answered('10', 30);
		await answered('6', 30);
		await recordResponseRates(sut.deps);

		const { sites, all } = await view();
		const grades = sites[0]?.grades.map(({ rate }) => rate.shown);
		expect(grades).toEqual([null, null]);
		expect(sites[0]?.rate.shown).not.toBeNull();
		expect(all?.shown).not.toBeNull();
	});

	test('stand on ten students at least, however small the groups an engagement shows', async () => {
		const { db } = getDatabase();
		await db.updateTable('engagement').set({ min_n: 5 }).where('id', '=', engagementId).execute();
		await answered('9', 9);
		await answered('10', 30);
		await answered('6', 30);
		await recordResponseRates(sut.deps);
		const { sites, minN } = await view();
		expect(minN).toBe(10);
		expect(sites[0]?.grades.map(({ rate }) => rate.shown)).toEqual([null, null]);
	});

	test('no count of answers is stored or sent', async () => {
		await answered('9', 23);
		await answered('10', 37);
		await answered('6', 17);
		await recordResponseRates(sut.deps);

		const stored = await getDatabase()
			.db.selectFrom('response_rate')
			.selectAll()
			.where('window_id', '=', windowId)
			.execute();
		expect(stored.length).toBeGreaterThan(0);
		const words = JSON.stringify([stored.map(({ scope, shown }) => [scope, shown]), await view()]);
		expect(words).not.toMatch(/\b(23|37|17|60|77)\b(?!%|–|,"nBand)/);
	});

	test('stay as recorded for the day, however often the job runs', async () => {
		await answered('9', 12);
		await answered('10', 12);
		await answered('6', 12);
		await recordResponseRates(sut.deps);
		const morning = await view();
		await answered('9', 40);
		sut.travelTo('2026-01-16T05:59Z');
		await recordResponseRates(sut.deps);
		expect(await view()).toEqual(morning);

		sut.travelTo('2026-01-16T06:01Z');
		await recordResponseRates(sut.deps);
		expect(await view()).toMatchObject({ asOf: '2026-01-16' });
		expect((await view()).sites[0]?.rate.shown?.low).toBeGreaterThan(
			morning.sites[0]?.rate.shown?.low ?? 100,
		);
	});

	test('are recorded once more after the window has closed, and then rest', async () => {
		await recordResponseRates(sut.deps);
		await answered('9', 40);
		await closeWindow(sut.deps, { engagementId, windowId, personId });
		for (const day of [16, 17, 18]) {
			sut.travelTo(`2026-01-${day}T12:00Z`);
			await recordResponseRates(sut.deps);
		}
		expect(await view()).toMatchObject({ asOf: '2026-01-16' });
	});

	test('are listed for windows that have begun', async () => {
		const { body } = await sut.send('GET', `/api/engagements/${engagementId}/rates`);
		expect(body).toEqual({ windows: [{ id: windowId, label: 'Spring', status: 'open' }] });
	});

	test('are not for coders', async () => {
		sut.signInAs(staff(personId, engagementId, ['coder']));
		const path = `/api/engagements/${engagementId}/rates/${windowId}`;
		expect((await sut.send('GET', path)).status).toBe(403);
	});
});
