import { describeOnBothDatabases } from '@throughline/db/testing';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { beforeEach, expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { AuditView } from './schema.ts';

describeOnBothDatabases('the record of changes', (getDatabase) => {
	let engagementId: string;
	let steward: string;
	let coder: string;
	let sut: ReturnType<typeof testApp>;
	let base: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		const person = (name: string) =>
			seedPerson(db, { engagementId, email: `${name}-${engagementId}@example.org`, roles: [] });
		steward = await person('steward');
		coder = await person('coder');
		sut = testApp(db);
		sut.signInAs(staff(steward, engagementId, ['data_steward']));
		base = `/api/engagements/${engagementId}/audit`;
	});

	async function write(personId: string | null, action: string, detail = {}): Promise<void> {
		const id = sut.deps.random.uuid7();
		await writeAuditEntry(getDatabase().db, {
			engagementId,
			id,
			personId,
			action,
			target: id,
			detail,
		});
	}
	async function read(query = ''): Promise<AuditView> {
		const { status, body } = await sut.send('GET', `${base}${query}`);
		expect(status).toBe(200);
		return body as AuditView; // asserted on below
	}
	const actionsIn = ({ entries }: AuditView) => entries.map(({ action }) => action);
	/** The calendar day in the district, so many days from now. */
	const day = (days: number) =>
		new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Chicago' }).format(
			Date.now() + days * 86_400_000,
		);

	test('is read newest first, by kind of change, by person and by what nobody did', async () => {
		await write(steward, 'release.prepared');
		await write(coder, 'quote.proposed');
		await write(null, 'window.closed');
		await write(coder, 'quote.cleared');

		expect((await read()).entries.map(({ position, action }) => [position, action])).toEqual([
			[4, 'quote.cleared'],
			[3, 'window.closed'],
			[2, 'quote.proposed'],
			[1, 'release.prepared'],
		]);
		expect(actionsIn(await read('?action=quote.proposed'))).toEqual(['quote.proposed']);
		expect(actionsIn(await read(`?person=${coder}`))).toEqual(['quote.cleared', 'quote.proposed']);
		expect(actionsIn(await read('?person=none'))).toEqual(['window.closed']);
		expect(actionsIn(await read(`?person=${steward}&action=quote.cleared`))).toEqual([]);
	});

	test('is read by days as they are in the district', async () => {
		await write(steward, 'release.prepared');
		expect(actionsIn(await read(`?from=${day(0)}&to=${day(0)}`))).toEqual(['release.prepared']);
		expect(actionsIn(await read(`?from=${day(1)}`))).toEqual([]);
		expect(actionsIn(await read(`?to=${day(-1)}`))).toEqual([]);
		const { status, body } = await sut.send('GET', `${base}?from=yesterday`);
		expect([status, body]).toMatchObject([
			422,
			{ error: { fields: { from: 'Enter the day as year, month and day.' } } },
		]);
	});

	test('comes fifty at a time, and all of it as a file', async () => {
		for (let n = 0; n < 51; n += 1) {
			await write(coder, 'theme.edited');
		}
		const first = await read();
		expect([first.entries.length, first.hasMore]).toEqual([50, true]);
		const second = await read('?page=2');
		expect([second.entries.map(({ position }) => position), second.hasMore]).toEqual([[1], false]);
		const file = await sut.app.request(`${base}/csv`);
		expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(52);
	});

	test('names the changes and people there are in it to choose from', async () => {
		await write(coder, 'quote.proposed');
		await write(coder, 'quote.proposed');
		await write(null, 'window.closed');
		const { body } = await sut.send('GET', `${base}/choices`);
		expect(body).toEqual({
			actions: ['quote.proposed', 'window.closed'],
			people: [{ id: coder, name: 'Test Person' }],
		});
	});

	test('is a file that no spreadsheet takes for a formula', async () => {
		await write(steward, 'recording.deleted', { reason: '=HYPERLINK("https://example.org")' });
		await write(null, 'window.closed');
		const file = await sut.app.request(`${base}/csv?action=recording.deleted`);
		expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
		expect(file.headers.get('content-disposition')).toBe(
			'attachment; filename="what-was-done.csv"',
		);
		const [head, line, ...more] = (await file.text()).trimEnd().split('\r\n');
		expect(head?.replace('\uFEFF', '')).toBe('entry,time,person,action,reason');
		expect(line).toMatch(
			/^1,\d{4}-\d\d-\d\d \d\d:\d\d,Test Person,recording\.deleted,"'=HYPERLINK\(""https:\/\/example\.org""\)"$/,
		);
		expect(more).toEqual([]);
	});

	test('is closed to a coder, as a page, a file and a list of choices', async () => {
		sut.signInAs(staff(coder, engagementId, ['coder']));
		for (const path of ['', '/csv', '/choices', '/verification']) {
			expect((await sut.send('GET', `${base}${path}`)).status).toBe(403);
		}
	});
});
