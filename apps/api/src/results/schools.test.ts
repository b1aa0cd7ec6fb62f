import type { GroupsChart } from '@throughline/analysis/charts';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import type { WindowResults } from '../routes/results/schema.ts';
import { seedEngagement, type SeededSite, seedSite } from '../testing/seed-engagement.ts';
import { seedResults } from '../testing/seed-results.ts';
import { staff, testApp } from '../testing/test-app.ts';

describeOnBothDatabases('the schools of results', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let seeded: Awaited<ReturnType<typeof seedEngagement>>;
	let path: string;

	beforeEach(async () => {
		sut = testApp(getDatabase().db);
		seeded = await seedEngagement(getDatabase().db);
		sut.signInAs(staff(sut.deps.random.uuid7(), seeded.engagementId, ['advisory_member']));
	});

	/** A window with so many answers of each school. */
	async function answeredAt(...places: [SeededSite, string, number][]) {
		const answers = places.flatMap(([site, grade, count]) =>
			Array.from({ length: count }, (_, n) => ({
				site,
				grade,
				values: { Q2: n % 3 === 0 ? 'a' : 'b' },
			})),
		);
		const { engagementId } = seeded;
		const { windowId } = await seedResults(getDatabase().db, engagementId, {
			answers,
			coders: [],
		});
		path = `/api/engagements/${engagementId}/results/${windowId}?by=site`;
	}

	async function bySchool(): Promise<GroupsChart> {
		const { sections } = (await sut.send('GET', path)).body as WindowResults; // the route's answer
		const charts = sections.flatMap((section) => section.charts);
		const chart = charts.find(({ id }) => id === 'Q2-by-site');
		return chart?.kind === 'groups' ? chart : expect.fail();
	}

	test('are called as they are called now', async () => {
		const { north, south } = seeded;
		await answeredAt([north, '9', 55], [south, '6', 28]);
		const before = await bySchool();
		expect(before.groups.map(({ label }) => label)).toEqual(['north school', 'south school']);

		await getDatabase()
			.db.updateTable('site')
			.set({ name: 'Harriet Bishop High' })
			.where('id', '=', north.id)
			.execute();

		const now = await bySchool();
		expect(now.groups.map(({ label }) => label)).toEqual(['Harriet Bishop High', 'south school']);
		expect(now.rows).toEqual(before.rows);
	});

	test('are masked so that the total gives none away that nobody was counted at', async () => {
		const { north, south, districtId } = seeded;
		const { db } = getDatabase();
		const tiny = await seedSite(db, districtId, {
			key: 'tiny',
			level: 'high',
			enrollment: { '11': 0 },
		});
		await db.deleteFrom('site_enrollment').where('site_id', '=', tiny.id).execute();
		await answeredAt([north, '9', 55], [south, '6', 28], [tiny, '11', 4]);

		const { groups } = await bySchool();
		const shown = groups.filter(({ people }) => people.type !== 'hidden').map(({ id }) => id);
		expect(shown).not.toEqual(expect.arrayContaining(['north', 'south']));
		expect(shown).not.toContain('tiny');
	});
});
