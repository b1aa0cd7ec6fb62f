import { describeOnBothDatabases } from '@throughline/db/testing';
import {
	findEngagement,
	listMandates,
	listMilestones,
	listStudentGroups,
} from '@throughline/db/queries/engagement';
import { listSites } from '@throughline/db/queries/site';
import { listStartNotices } from '@throughline/db/queries/survey';
import { createWindow } from '@throughline/db/queries/survey-window';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandom as random } from '../system/random.ts';
import { testDefinition } from '../testing/seed-survey.ts';
import { type EngagementFile, engagementFile } from './engagement-file.ts';
import { importEngagement } from './import-engagement.ts';
import { keyOf } from './key-of.ts';
import { publishSurvey } from './publish-survey.ts';

const EXAMPLE = join(import.meta.dirname, '../../../../docs/examples/engagement.json');
let json: Record<string, Record<string, unknown>>;
let example: EngagementFile;
beforeAll(async () => {
	json = JSON.parse(await readFile(EXAMPLE, 'utf8'));
	example = engagementFile.parse(json);
});

describeOnBothDatabases('importing an engagement', (getDatabase) => {
	const idOf = async (slug: string) =>
		(
			await getDatabase()
				.db.selectFrom('engagement')
				.select('id')
				.where('slug', '=', slug)
				.executeTakeFirstOrThrow()
		).id;

	test('makes everything the file of the docs names', async () => {
		const { db } = getDatabase();
		const made = await importEngagement({ db, random }, example);
		expect(made).toEqual({
			slug: 'listening-2027',
			title: 'Listening Year 2026-27',
			sites: 2,
			students: 1256,
			notices: expect.any(Number),
		});
		const engagementId = await idOf('listening-2027');
		const engagement = await findEngagement(db, engagementId);
		expect(engagement).toMatchObject({ district: 'Example Public Schools' });
		const sites = await listSites(db, engagement ?? expect.fail());
		expect(sites.map(({ key, grades }) => [key, grades.map(({ enrolled }) => enrolled)])).toEqual([
			['north', [210, 205, 198, 190]],
			['creek', [150, 148, 155]],
		]);
		expect((await listMandates(db, engagementId))[0]?.directives).toHaveLength(2);
		expect(await listMilestones(db, engagementId)).toHaveLength(2);
		expect(await listStudentGroups(db, engagementId)).toHaveLength(1);
		const notices = await listStartNotices(db, engagementId);
		expect(notices.map(({ key }) => key)).toEqual(['notice_student_start']);
	});

	test('refuses a second one of the same key, and adds another to the district that is there', async () => {
		const { db } = getDatabase();
		await expect(importEngagement({ db, random }, example)).rejects.toMatchObject({
			code: 'engagement_exists',
		});
		const next = structuredClone(example);
		next.engagement.key = 'listening-2028';
		next.engagement.schoolYear = '2027-28';
		next.district.name = 'Another name';
		await importEngagement({ db, random }, next);
		const districts = await db.selectFrom('district').select('name').execute();
		expect(districts).toEqual([{ name: 'Example Public Schools' }]);
		expect(await db.selectFrom('site').select('key').execute()).toHaveLength(2);
	});

	test.each([
		['only zeros', { grade: { '6': 0, '7': 0 } }],
		['no grade', { grade: {} }],
	])('counts a school of the district for which a year has %s', async (name, enrollment) => {
		const { db } = getDatabase();
		const next = structuredClone(example);
		next.engagement.key = `year-${keyOf(name, [])}`;
		next.engagement.schoolYear = next.engagement.key;
		const creek = next.sites.find(({ key }) => key === 'creek') ?? expect.fail();
		creek.enrollment = enrollment;
		await importEngagement({ db, random }, next);
		const rows = await db
			.selectFrom('site_enrollment as n')
			.innerJoin('site as s', 's.id', 'n.site_id')
			.select(['n.attribute', 'n.n'])
			.where('s.key', '=', 'creek')
			.where('n.school_year', '=', next.engagement.schoolYear)
			.where('n.attribute', '=', 'all')
			.execute();
		expect(rows).toEqual([{ attribute: 'all', n: 0 }]);
	});

	test('keeps the counts beside which opened answers are counted', async () => {
		const { db } = getDatabase();
		const engagementId = await idOf('listening-2027');
		const clock = () => new Date('2027-01-04T12:00:00Z');
		const parts = { db, random, clock };
		const [notice] = await listStartNotices(db, engagementId);
		const { versionId } = await publishSurvey(parts, engagementId, {
			definition: { ...testDefinition, id: 'opened' },
			personId: null,
		});
		const id = random.uuid7();
		await createWindow(db, {
			engagementId,
			id,
			surveyVersionId: versionId,
			noticeVersionId: notice?.id ?? expect.fail(),
			linkKey: 'opened',
			label: 'Opened',
			opensAt: clock(),
			closesAt: new Date('2027-01-29T12:00:00Z'),
		});
		await db.updateTable('survey_window').set({ status: 'opened' }).where('id', '=', id).execute();
		const same = structuredClone(example);
		same.engagement.key = 'second-2027';
		await importEngagement({ db, random }, same);

		const counted = structuredClone(same);
		counted.engagement.key = 'third-2027';
		(counted.sites[0] ?? expect.fail()).enrollment['grade'] = { '9': 211 };
		await expect(importEngagement({ db, random }, counted)).rejects.toMatchObject({
			code: 'enrollment_in_use',
		});
	});

	test('a survey is published once, and again only when it changed', async () => {
		const { db } = getDatabase();
		const deps = { db, random, clock: () => new Date('2027-01-04T12:00:00Z') };
		const engagementId = await idOf('listening-2027');
		const publish = (definition = testDefinition) =>
			publishSurvey(deps, engagementId, { definition, personId: null });
		expect(await publish()).toMatchObject({ number: 1, isNew: true });
		expect(await publish()).toMatchObject({ number: 1, isNew: false });
		const changed = { ...testDefinition, title: { en: 'Our School', es: 'Nuestra escuela' } };
		expect(await publish(changed)).toMatchObject({ number: 2, isNew: true });
	});
});

describe('a file that cannot be used', () => {
	test.each([
		['a site that stands twice', { sites: [0, 0] }, 'sites.1.key', 'stands twice'],
		['a group of no site', { group: 'west' }, 'engagement.studentGroups.0.site', 'no site ‘west’'],
		['a timezone nobody knows', { timezone: 'Mars/Olympus' }, 'district.timezone', 'America/'],
		['a misspelt part', { extra: true }, '', 'Unrecognized key'],
	])('says where: %s', (_name, change: Change, path, words) => {
		const parsed = engagementFile.safeParse(changed(change));
		const issues = parsed.error?.issues.map((one) => `${one.path.join('.')}: ${one.message}`) ?? [];
		expect(issues.join('\n')).toContain(path);
		expect(issues.join('\n')).toContain(words);
	});

	interface Change {
		sites?: number[];
		group?: string;
		timezone?: string;
		extra?: boolean;
	}

	function changed(change: Change): unknown {
		const file = structuredClone(json);
		const sites = Object.values(file['sites'] ?? {});
		return {
			...file,
			...(change.sites && { sites: change.sites.map((place) => sites[place]) }),
			...(change.timezone && {
				district: { ...file['district'], timezone: change.timezone },
			}),
			...(change.group && {
				engagement: {
					...file['engagement'],
					studentGroups: [{ key: 'g', name: 'G', kind: 'other', site: change.group }],
				},
			}),
			...(change.extra && { sitess: [] }),
		};
	}
});
