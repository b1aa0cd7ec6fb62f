import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashCode, parseCode } from '../../ballot/code.ts';
import { closeWindow, openWindow } from '../../actions/move-window.ts';
import { createWindow } from '../../actions/create-window.ts';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { seedSurvey } from '../../testing/seed-survey.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { CodesView, Slips } from './schema.ts';

describeOnBothDatabases('access codes', (getDatabase) => {
	let engagementId: string;
	let windowId: string;
	let personId: string;
	let sut: ReturnType<typeof testApp>;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		const seeded = await seedEngagement(db);
		({ engagementId } = seeded);
		const survey = await seedSurvey(db, engagementId);
		const email = `admin-${engagementId}@example.org`;
		personId = await seedPerson(db, { engagementId, email, roles: ['administrator'] });
		sut = testApp(db);
		sut.signInAs(staff(personId, engagementId, ['administrator']));
		const body = {
			label: 'Spring',
			...survey,
			siteIds: [seeded.north.id, seeded.south.id],
			opensAt: '2026-03-02T08:00',
			closesAt: '2026-03-20T16:00',
		};
		windowId = (await createWindow(sut.deps, engagementId, { body, personId })).id;
		base = `/api/engagements/${engagementId}/windows/${windowId}/codes`;
	});

	async function list(): Promise<CodesView> {
		const response = await sut.send('GET', base);
		expect(response.status).toBe(200);
		return response.body as CodesView; // the route's own answer
	}

	async function cohortOf(grade: string): Promise<string> {
		return (await list()).cohorts.find((cohort) => cohort.grade === grade)?.id ?? '';
	}

	async function make(grade: string, body: Record<string, unknown> = {}): Promise<Slips> {
		const response = await sut.send('POST', `${base}/${await cohortOf(grade)}`, body);
		expect(response.status).toBe(201);
		return response.body as Slips; // the route's own answer
	}

	async function storedHashes(): Promise<Set<string>> {
		const rows = await getDatabase()
			.db.selectFrom('access_code')
			.select('code_hash')
			.where('window_id', '=', windowId)
			.execute();
		return new Set(rows.map((row) => row.code_hash.toString('hex')));
	}

	function hashOf(shown: string): string {
		const code = parseCode(shown);
		expect(code).not.toBeNull();
		return hashCode(sut.deps.keys.pepper, windowId, code ?? '').toString('hex');
	}

	test('are made per school and grade, with spare ones, from enrolment counts', async () => {
		expect(
			(await list()).cohorts.map(({ site, grade, eligible }) => [site, grade, eligible]),
		).toEqual([
			['north school', '9', 40],
			['north school', '10', 40],
			['south school', '6', 30],
		]);
		const slips = await make('9', { sparePercent: 10 });
		expect(slips).toMatchObject({
			site: 'north school',
			grade: '9',
			window: 'Spring',
			shortAddress: expect.stringMatching(/^localhost\/s\/[a-z2-9]{6}$/),
			closesOn: '2026-03-20',
			languages: ['en'],
		});
		expect(slips.slips).toHaveLength(44);
		expect(new Set(slips.slips.map(({ code }) => code)).size).toBe(44);
		expect(await list()).toMatchObject({ codesMade: 44, eligible: 110, slipsVoided: 0 });
	});

	test('are stored as hashes only, and never given out again', async () => {
		const { slips } = await make('9');
		const stored = await storedHashes();

		expect(stored.size).toBe(42);
		expect(slips.every(({ code }) => stored.has(hashOf(code)))).toBe(true);
		const everything = JSON.stringify([
			await getDatabase().db.selectFrom('access_code').selectAll().execute(),
			await getDatabase().db.selectFrom('audit_entry').selectAll().execute(),
			await getDatabase().db.selectFrom('cohort').selectAll().execute(),
			await list(),
		]);
		for (const { code } of slips) {
			expect(everything).not.toContain(code);
			expect(everything).not.toContain(parseCode(code));
		}
	});

	test('keep no order: rows lie in the order of their hashes', async () => {
		await make('9');
		const { rows } = await getDatabase().pool.query<{ code_hash: Buffer }>(
			'select code_hash from access_code where window_id = $1 order by ctid',
			[windowId],
		);
		const hashes = rows.map((row) => row.code_hash.toString('hex'));
		expect(hashes.length).toBeGreaterThan(0);
		expect(hashes).toEqual(hashes.toSorted());
	});

	test('carry a QR code of their own address, the code behind the #', async () => {
		const { slips } = await make('6');
		const [slip] = slips;
		expect(slip?.qr.size).toBeGreaterThan(28);
		expect(slip?.qr.path).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/);
		expect(new Set(slips.map(({ qr }) => qr.path)).size).toBe(slips.length);
	});

	test('are not made twice, nor by two people at once', async () => {
		const path = `${base}/${await cohortOf('9')}`;
		const answers = await Promise.all([sut.send('POST', path, {}), sut.send('POST', path, {})]);

		expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
		expect((await storedHashes()).size).toBe(42);
		const again = await sut.send('POST', path, {});
		expect(again.body).toMatchObject({ error: { code: 'codes_already_made' } });
	});

	test('of a lost print are void: unused ones go, used ones still count', async () => {
		const { db } = getDatabase();
		const lost = await make('9');
		const used = hashOf(lost.slips[0]?.code ?? '');
		await db
			.updateTable('access_code')
			.set({ state: 1 })
			.where('window_id', '=', windowId)
			.where('code_hash', '=', Buffer.from(used, 'hex'))
			.execute();
		const begun = Buffer.from(hashOf(lost.slips[1]?.code ?? ''), 'hex');
		await db
			.insertInto('draft')
			.values({
				engagement_id: engagementId,
				window_id: windowId,
				code_hash: begun,
				body: Buffer.alloc(8220),
			})
			.execute();
		const others = await make('10');

		const fresh = await make('9', { isReplacement: true });
		const stored = await storedHashes();
		expect(lost.slips.filter(({ code }) => stored.has(hashOf(code)))).toHaveLength(1);
		expect(stored.has(used)).toBe(true);
		expect(fresh.slips.every(({ code }) => stored.has(hashOf(code)))).toBe(true);
		expect(others.slips.every(({ code }) => stored.has(hashOf(code)))).toBe(true);
		const drafts = await db.selectFrom('draft').select('code_hash').execute();
		expect(drafts.filter((draft) => draft.code_hash.equals(begun))).toEqual([]);
	});

	test('report how many slips were voided, never how many codes were used', async () => {
		await make('9');
		await getDatabase()
			.db.updateTable('access_code')
			.set({ state: 1 })
			.where('window_id', '=', windowId)
			.execute();
		await make('9', { isReplacement: true });
		await make('9', { isReplacement: true });

		const view = await list();
		expect(view.cohorts[0]).toEqual({
			id: await cohortOf('9'),
			site: 'north school',
			grade: '9',
			eligible: 40,
			codesMade: 126,
			slipsVoided: 84,
		});
		expect(view.slipsVoided).toBe(84);
	});

	describe('are refused', () => {
		test.each([
			{ sparePercent: -1 },
			{ sparePercent: 51 },
			{ sparePercent: 2.5 },
			{ sparePercent: 'x' },
		])('with %j', async (body) => {
			const response = await sut.send('POST', `${base}/${await cohortOf('9')}`, body);
			expect(response).toMatchObject({
				status: 422,
				body: { error: { fields: { sparePercent: expect.any(String) } } },
			});
		});

		test('when the window has closed', async () => {
			const move = { engagementId, windowId, personId };
			await openWindow(sut.deps, move);
			expect((await make('9')).slips).toHaveLength(42);
			await closeWindow(sut.deps, move);

			const response = await sut.send('POST', `${base}/${await cohortOf('10')}`, {});
			expect(response).toMatchObject({ status: 409, body: { error: { code: 'window_closed' } } });
			expect((await list()).canMake).toBe(false);
		});

		test('for a grade nobody is in', async () => {
			const cohort = await cohortOf('6');
			await getDatabase()
				.db.updateTable('cohort')
				.set({ eligible: 0 })
				.where('id', '=', cohort)
				.execute();
			const response = await sut.send('POST', `${base}/${cohort}`, {});
			expect(response.body).toMatchObject({ error: { code: 'nobody_eligible' } });
		});

		test('to the data steward, who may see how many there are', async () => {
			sut.signInAs(staff(personId, engagementId, ['data_steward']));
			expect((await sut.send('POST', `${base}/${await cohortOf('9')}`, {})).status).toBe(403);
		});
	});

	test('go with a draft that is deleted', async () => {
		await make('9');
		const path = `/api/engagements/${engagementId}/windows/${windowId}`;
		expect((await sut.send('DELETE', path)).status).toBe(200);
		expect((await storedHashes()).size).toBe(0);
	});

	test('of a grade of 1,300 are made in one go', async () => {
		const cohort = await cohortOf('9');
		await getDatabase()
			.db.updateTable('cohort')
			.set({ eligible: 1300 })
			.where('id', '=', cohort)
			.execute();
		expect((await make('9', { sparePercent: 5 })).slips).toHaveLength(1365);
		expect((await storedHashes()).size).toBe(1365);
	});
});
