import { describeOn } from '@throughline/db/testing';
import { beforeAll, expect, test } from 'vitest';
import { staffRoles } from '../routes/people/schema.ts';
import { loadSample } from '../sample/load/load-sample.ts';
import { growSample, MANY } from '../testing/grow-sample.ts';
import { staff, testApp } from '../testing/test-app.ts';
import { type Answer, askAll, listAddresses } from '../testing/walk-get-routes.ts';

/** No list in any answer is longer than this, however much there is. */
const LONGEST = 500;
/** No answer is larger: what a phone on a slow line can wait for. */
const LARGEST_BYTES = 4 * 1024 * 1024;

// What is read is the same on both databases; one is enough for a walk of minutes.
describeOn('server', `with ${MANY} more of everything`, (getDatabase) => {
	let answers: Answer[];

	beforeAll(async () => {
		const { db } = getDatabase();
		const sut = testApp(db);
		const { engagementId } = await loadSample(sut.deps);
		const coder = await db
			.selectFrom('engagement_role')
			.select('person_id')
			.where('role', '=', 'coder')
			.orderBy('person_id')
			.executeTakeFirstOrThrow();
		const roles = staffRoles.filter((role) => role !== 'police_partner');
		sut.signInAs(staff(coder.person_id, engagementId, roles));
		const addresses = await listAddresses(sut, engagementId);
		await growSample(db, engagementId);
		// Of each route a few addresses: its lists are as long at every one.
		const some = [...Map.groupBy(addresses, ({ route }) => route).values()].flatMap((own) =>
			own.slice(0, 3),
		);
		answers = await askAll(sut, some);
	}, 300_000);

	test('every route still answers', () => {
		expect(answers.length).toBeGreaterThan(60);
		expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
	});

	test('no list of any answer grows with it', () => {
		const long = answers
			.filter(({ text }) => text.startsWith('{'))
			.flatMap(({ route, text }) =>
				longLists(JSON.parse(text)).map(({ at, length }) => `${route} ${at}: ${length}`),
			);
		expect([...new Set(long)]).toEqual([]);
	});

	test('no answer grows beyond what a page can hold', () => {
		const large = answers.filter(({ text }) => Buffer.byteLength(text) > LARGEST_BYTES);
		expect(large.map(({ path, text }) => `${path}: ${text.length}`)).toEqual([]);
	});

	test('a long list would be noticed (the control)', () => {
		const body = { page: 1, rows: [{ items: Array.from({ length: LONGEST + 1 }, String) }] };
		expect(longLists(body)).toEqual([{ at: 'rows[].items', length: LONGEST + 1 }]);
	});
});

/** Lists longer than allowed, anywhere in a value, and where. */
function longLists(value: unknown, at = ''): { at: string; length: number }[] {
	if (Array.isArray(value)) {
		const own = value.length > LONGEST ? [{ at, length: value.length }] : [];
		return [...own, ...value.flatMap((item) => longLists(item, `${at}[]`))];
	}
	if (typeof value !== 'object' || value === null) {
		return [];
	}
	return Object.entries(value).flatMap(([key, inner]) =>
		longLists(inner, at === '' ? key : `${at}.${key}`),
	);
}
