import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { seedSurvey } from '../../testing/seed-survey.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { PlacesView, SiteView } from './schema.ts';

const grade9 = { attribute: 'grade', value: '9', n: 40 };

describeOnBothDatabases('schools, groups and steps', (getDatabase) => {
	let seeded: Awaited<ReturnType<typeof seedEngagement>>;
	let sut: ReturnType<typeof testApp>;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		seeded = await seedEngagement(db);
		const { engagementId } = seeded;
		const administrator = await seedPerson(db, {
			engagementId,
			email: `admin-${engagementId}@example.org`,
			roles: ['administrator'],
		});
		sut = testApp(db);
		sut.signInAs(staff(administrator, engagementId, ['administrator']));
		base = `/api/engagements/${engagementId}/places`;
	});

	const places = async () => (await sut.send('GET', base)).body as PlacesView; // asserted below
	const school = async (id: string) =>
		(await sut.send('GET', `${base}/sites/${id}`)).body as SiteView; // asserted below
	/** A window at every school, made on the page and brought to its state by hand. */
	const window = async (status: 'draft' | 'open' | 'opened') => {
		const { db } = getDatabase();
		const { engagementId } = seeded;
		const { body } = await sut.send('POST', `/api/engagements/${engagementId}/windows`, {
			label: 'Spring',
			...(await seedSurvey(db, engagementId)),
			siteIds: [seeded.north.id, seeded.south.id],
			opensAt: '2026-03-02T08:00',
			closesAt: '2026-03-20T16:00',
		});
		const { id } = body as { id: string }; // the route's own answer
		await db.updateTable('survey_window').set({ status }).where('id', '=', id).execute();
		return id;
	};
	const entries = () =>
		getDatabase()
			.db.selectFrom('audit_entry')
			.select(['action', 'detail'])
			.where('engagement_id', '=', seeded.engagementId)
			.orderBy('id')
			.execute();
	const actions = async () => (await entries()).map(({ action }) => action);
	const north = (counts: [string, number][], change = {}) => ({
		name: 'North High School',
		hasSro: false,
		counts: counts.map(([value, n]) => ({ attribute: 'grade', value, n })),
		...change,
	});

	describe('a school', () => {
		test('is renamed, counted anew, and teaches a grade more', async () => {
			const path = `${base}/sites/${seeded.north.id}`;
			const body = north([
				['9', 41],
				['10', 40],
				['11', 12],
			]);
			expect((await sut.send('PUT', path, body)).status).toBe(200);

			expect(await school(seeded.north.id)).toMatchObject({
				key: 'north',
				name: 'North High School',
				hasSro: false,
				counts: [
					{ attribute: 'grade', value: '9', n: 41 },
					{ attribute: 'grade', value: '10', n: 40 },
					{ attribute: 'grade', value: '11', n: 12 },
				],
			});
			expect((await places()).sites[0]).toMatchObject({ name: 'North High School', enrolled: 93 });
			expect(await actions()).toEqual(['site.changed']);
		});

		test('gives its counts to windows that have not begun, and to no other', async () => {
			const { db } = getDatabase();
			const draft = await window('draft');
			const open = await window('open');
			const body = north([
				['9', 55],
				['10', 40],
				['11', 7],
			]);
			await sut.send('PUT', `${base}/sites/${seeded.north.id}`, body);

			const eligible = async (windowId: string) =>
				(
					await db
						.selectFrom('cohort')
						.select(['grade', 'eligible'])
						.where('window_id', '=', windowId)
						.where('site_id', '=', seeded.north.id)
						.orderBy('grade')
						.execute()
				).map((row) => [row.grade, row.eligible]);
			expect(await eligible(draft)).toEqual([
				['10', 40],
				['11', 7],
				['9', 55],
			]);
			expect(await eligible(open)).toEqual([
				['10', 40],
				['9', 40],
			]);
		});

		test('is not added while nobody said whether an officer works there', async () => {
			const body = { ...north([['6', 80]]), level: 'middle', hasSro: null };
			expect(await sut.send('POST', `${base}/sites`, body)).toMatchObject({
				status: 422,
				body: { error: { fields: { hasSro: 'Say whether an officer works there.' } } },
			});
		});

		test('is added with a key of its name', async () => {
			const body = { ...north([['6', 80]]), name: 'École Ñandú', level: 'middle' };
			const { status, body: added } = await sut.send('POST', `${base}/sites`, body);
			expect(status).toBe(201);
			const { id } = added as { id: string }; // shown by the next line
			expect(await school(id)).toMatchObject({ key: 'ecole-nandu', level: 'middle' });
			expect((await places()).sites.map(({ name }) => name)).toEqual([
				'north school',
				'south school',
				'École Ñandú',
			]);
			expect(await actions()).toEqual(['site.added']);
		});

		test('keeps its counts once answers were opened; its name may still change', async () => {
			const path = `${base}/sites/${seeded.north.id}`;
			await window('opened');
			const same = north([
				['9', 40],
				['10', 40],
			]);
			expect((await sut.send('PUT', path, same)).status).toBe(200);
			expect((await places()).areCountsInUse).toBe(true);
			const named = { name: 'Harriet Bishop High', hasSro: true };
			expect((await sut.send('PUT', path, named)).status).toBe(200);
			expect(await school(seeded.north.id)).toMatchObject({ ...named, counts: same.counts });

			const changed = north([
				['9', 41],
				['10', 40],
			]);
			const refused = { status: 409, body: { error: { code: 'enrollment_in_use' } } };
			expect(await sut.send('PUT', path, changed)).toMatchObject(refused);
			const added = { ...north([['6', 80]]), name: 'New', level: 'middle' };
			expect(await sut.send('POST', `${base}/sites`, added)).toMatchObject(refused);
			expect((await school(seeded.north.id)).counts[0]?.n).toBe(40);
		});

		test.each([
			['no name', { name: ' ' }, 'name'],
			['the name of another', { name: 'south school' }, 'name'],
			['no grade', { counts: [] }, 'counts'],
			['half a student', { counts: [{ attribute: 'grade', value: '9', n: 1.5 }] }, 'counts.0.n'],
			['nothing in a box', { counts: [{ attribute: 'grade', value: '9', n: null }] }, 'counts.0.n'],
			[
				'a sum of its own',
				{ counts: [grade9, { ...grade9, attribute: 'all' }] },
				'counts.1.attribute',
			],
			['fewer than none', { counts: [{ attribute: 'grade', value: '9', n: -1 }] }, 'counts.0.n'],
		])('is refused with %s', async (_name, change, field) => {
			const path = `${base}/sites/${seeded.north.id}`;
			const response = await sut.send('PUT', path, north([['9', 40]], change));
			expect(response).toMatchObject({
				status: 422,
				body: { error: { fields: { [field]: expect.any(String) } } },
			});
		});

		test('of another district is not there', async () => {
			const other = await seedEngagement(getDatabase().db);
			const path = `${base}/sites/${other.north.id}`;
			expect((await sut.send('GET', path)).status).toBe(404);
			expect((await sut.send('PUT', path, north([['9', 1]]))).status).toBe(404);
		});
	});

	describe('a student group', () => {
		test('is added to a school, and renamed', async () => {
			const siteId = seeded.north.id;
			const group = { name: 'Council', kind: 'leadership', siteId };
			const { body } = await sut.send('POST', `${base}/groups`, group);
			const { id } = body as { id: string }; // shown by the next line
			await sut.send('POST', `${base}/groups`, group);
			await sut.send('PUT', `${base}/groups/${id}`, { name: 'Student Council', kind: 'other' });

			expect((await places()).groups).toMatchObject([
				{ name: 'Council', kind: 'leadership', site: 'north school' },
				{ id, name: 'Student Council', kind: 'other' },
			]);
			expect(await actions()).toEqual(['group.added', 'group.added', 'group.changed']);
		});

		test('is refused at a school of elsewhere', async () => {
			const other = await seedEngagement(getDatabase().db);
			const group = { name: 'Council', kind: 'leadership', siteId: other.north.id };
			expect(await sut.send('POST', `${base}/groups`, group)).toMatchObject({
				status: 422,
				body: { error: { fields: { siteId: expect.any(String) } } },
			});
			const path = `${base}/groups/${other.north.id}`;
			expect((await sut.send('PUT', path, { name: 'X', kind: 'other' })).status).toBe(404);
		});
	});

	test('steps are listed by their days, changed and taken away', async () => {
		const add = async (label: string, startsOn: string) => {
			const { body } = await sut.send('POST', `${base}/milestones`, { label, startsOn });
			return (body as { id: string }).id; // listed below
		};
		const late = await add('Results', '2026-04-13');
		const early = await add('Survey', '2026-01-11');
		const changed = { label: 'Survey window', startsOn: '2026-01-12', endsOn: '2026-01-30' };
		await sut.send('PUT', `${base}/milestones/${early}`, changed);
		expect((await places()).milestones).toEqual([
			{ id: early, ...changed },
			{ id: late, label: 'Results', startsOn: '2026-04-13', endsOn: null },
		]);

		expect((await sut.send('DELETE', `${base}/milestones/${late}`)).status).toBe(200);
		expect((await sut.send('DELETE', `${base}/milestones/${late}`)).status).toBe(404);
		expect((await places()).milestones).toHaveLength(1);
		expect(await actions()).toEqual([
			'milestone.added',
			'milestone.added',
			'milestone.changed',
			'milestone.removed',
		]);
		expect((await entries()).slice(2).map(({ detail }) => detail)).toEqual([
			{ ...changed, before: { label: 'Survey', startsOn: '2026-01-11', endsOn: null } },
			{ before: { label: 'Results', startsOn: '2026-04-13', endsOn: null } },
		]);
		const backwards = { label: 'X', startsOn: '2026-02-02', endsOn: '2026-02-01' };
		expect(await sut.send('POST', `${base}/milestones`, backwards)).toMatchObject({
			status: 422,
			body: { error: { fields: { endsOn: expect.any(String) } } },
		});
	});

	test('nobody but an administrator reads or changes them', async () => {
		const { engagementId } = seeded;
		for (const role of ['data_steward', 'facilitator', 'police_partner'] as const) {
			sut.signInAs(staff(sut.deps.random.uuid7(), engagementId, [role]));
			expect((await sut.send('GET', base)).status).toBe(403);
		}
	});
});
