import { createHash } from 'node:crypto';
import { listAuditEntries } from '@throughline/db/queries/audit-entry';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../policies/principal.ts';
import { seedReleasing } from '../../testing/seed-release.ts';
import { testApp } from '../../testing/test-app.ts';

const REASON = 'For the yearly report of the research office.';

describeOnBothDatabases('row exports', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let place: Awaited<ReturnType<typeof seedReleasing>>;
	let base: string;

	beforeEach(async () => {
		sut = testApp(getDatabase().db);
		place = await seedReleasing(sut);
		base = `/api/engagements/${place.engagementId}/exports`;
	});

	async function as(person: Principal, method: string, path: string, body?: unknown) {
		sut.signInAs(person);
		return await sut.send(method, `${base}${path}`, body);
	}

	async function ask(): Promise<string> {
		const asked = await as(place.people.steward, 'POST', '', {
			windowId: place.windowId,
			reason: REASON,
		});
		expect(asked).toMatchObject({ status: 201, body: { id: expect.any(String) } });
		return (asked.body as { id: string }).id;
	}

	const decide = (person: Principal, id: string, isApproved = true) =>
		as(person, 'POST', `/${id}/decision`, { isApproved, reason: 'The agreement is on file.' });

	async function fetchFile(person: Principal, id: string) {
		sut.signInAs(person);
		const response = await sut.app.request(`${base}/${id}/file`, { method: 'POST' });
		const bytes = Buffer.from(await response.arrayBuffer());
		return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
	}

	async function approved(): Promise<string> {
		const id = await ask();
		await decide(place.people.administrator, id);
		return id;
	}

	const codeOf = (text: string) => (JSON.parse(text) as { error: { code: string } }).error.code;

	test('leave as one file, asked for by a steward and let out by somebody else', async () => {
		const id = await approved();
		const { status, headers, text } = await fetchFile(place.people.steward, id);

		expect(status).toBe(200);
		expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
		expect(headers.get('content-disposition')).toBe('attachment; filename="rows.csv"');
		expect(headers.get('cache-control')).toBe('no-store');
		const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
		expect(rows).toHaveLength(75);
		expect(Object.keys(rows[0] ?? {}).slice(0, 2)).toEqual(['site', 'grade']);
	});

	test('hold ten rows or more of each combination of attributes, and no id', async () => {
		const { text } = await fetchFile(place.people.steward, await approved());
		const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
		const classes = Map.groupBy(rows, ({ site, grade }) => `${site}|${grade}`);
		expect(Math.min(...[...classes.values()].map((members) => members.length))).toBeGreaterThan(9);
		const ids = await getDatabase().db.selectFrom('response').select('id').execute();
		expect(ids.length).toBeGreaterThan(70);
		expect(ids.filter(({ id: each }) => text.includes(each))).toEqual([]);
	});

	test('hold no open answer', async () => {
		const { db } = getDatabase();
		const texts = await db
			.selectFrom('survey_version as v')
			.innerJoin('survey_window as w', 'w.survey_version_id', 'v.id')
			.select('v.definition')
			.where('w.id', '=', place.windowId)
			.executeTakeFirstOrThrow();
		const { questions } = texts.definition as { questions: { id: string; type: string }[] };
		const open = questions.filter(({ type }) => type.endsWith('_text')).map(({ id }) => id);
		expect(open.length).toBeGreaterThan(0);
		const { text } = await fetchFile(place.people.steward, await approved());
		const [header = ''] = text.split('\r\n');
		expect(header.split(',').filter((name) => open.includes(name))).toEqual([]);
	});

	test('come in another order each time they leave', async () => {
		const first = await fetchFile(place.people.steward, await approved());
		const second = await fetchFile(place.people.steward, await approved());
		expect(second.text).not.toBe(first.text);
		expect(second.text.split('\r\n').toSorted()).toEqual(first.text.split('\r\n').toSorted());
	});

	test('are made once', async () => {
		const id = await approved();
		expect((await fetchFile(place.people.steward, id)).status).toBe(200);
		const again = await fetchFile(place.people.steward, id);
		expect([again.status, codeOf(again.text)]).toEqual([410, 'export_fetched']);
	});

	test('are made once also when two ask in the same moment', async () => {
		const id = await approved();
		const both = await Promise.all([
			fetchFile(place.people.steward, id),
			fetchFile(place.people.steward, id),
		]);
		expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410]);
	});

	describe('stay', () => {
		test('without a second person', async () => {
			const id = await ask();
			const early = await fetchFile(place.people.steward, id);
			expect([early.status, codeOf(early.text)]).toEqual([409, 'export_not_approved']);
			expect(await decide(place.people.steward, id)).toMatchObject({
				status: 403,
				body: { error: { code: 'second_person_needed' } },
			});
		});

		test('when the second person refuses, and nobody can decide otherwise', async () => {
			const id = await ask();
			expect((await decide(place.people.administrator, id, false)).status).toBe(200);
			const file = await fetchFile(place.people.steward, id);
			expect([file.status, codeOf(file.text)]).toEqual([409, 'export_not_approved']);
			expect(await decide(place.people.secondAdministrator, id)).toMatchObject({
				status: 409,
				body: { error: { code: 'export_decided' } },
			});
		});

		test('when nobody decided within a week', async () => {
			const id = await ask();
			sut.travelTo('2026-01-22T12:00:01Z');
			expect(await decide(place.people.administrator, id)).toMatchObject({
				status: 410,
				body: { error: { code: 'export_expired' } },
			});
		});

		test('when they were not fetched within a day', async () => {
			const id = await approved();
			sut.travelTo('2026-01-16T12:00:00Z');
			const late = await fetchFile(place.people.steward, id);
			expect([late.status, codeOf(late.text)]).toEqual([410, 'export_expired']);
		});

		test('for everyone but who asked', async () => {
			const id = await approved();
			const { people } = place;
			for (const person of [people.administrator, people.advisory, people.coder]) {
				expect((await fetchFile(person, id)).status).toBe(403);
			}
			expect((await fetchFile({ type: 'public' }, id)).status).toBe(401);
			const other = await seedReleasing(sut);
			expect((await fetchFile(other.people.steward, id)).status).toBe(404);
		});

		test('when somebody asks for the sixth time in a day', async () => {
			for (let n = 0; n < 5; n += 1) {
				await ask();
			}
			const body = { windowId: place.windowId, reason: REASON };
			expect(await as(place.people.steward, 'POST', '', body)).toMatchObject({
				status: 429,
				body: { error: { code: 'too_many_exports' } },
			});
			sut.travelTo('2026-01-16T12:00:00Z');
			await ask();
		});

		test('when rows of the window went out under other rules', async () => {
			await fetchFile(place.people.steward, await approved());
			const { db } = getDatabase();
			const waiting = await approved();
			await db
				.updateTable('engagement')
				.set({ min_n: 5 })
				.where('id', '=', place.engagementId)
				.execute();
			sut = testApp(db);
			const body = { windowId: place.windowId, reason: REASON };
			expect(await as(place.people.steward, 'POST', '', body)).toMatchObject({
				status: 409,
				body: { error: { code: 'rows_told_otherwise' } },
			});
			expect((await fetchFile(place.people.steward, waiting)).status).toBe(200);
		});

		test('of a window that too few answered', async () => {
			const few = await seedReleasing(sut, { perCohort: [9] });
			sut.signInAs(few.people.steward);
			const path = `/api/engagements/${few.engagementId}/exports`;
			expect(
				await sut.send('POST', path, { windowId: few.windowId, reason: REASON }),
			).toMatchObject({ status: 409, body: { error: { code: 'too_few_answered' } } });
		});
	});

	test.each([
		['reason', { reason: 'because' }],
		['windowId', { windowId: 'none' }],
	])('are asked for with a %s, or the field says why not', async (field, wrong) => {
		const body = { windowId: place.windowId, reason: REASON, ...wrong };
		expect(await as(place.people.steward, 'POST', '', body)).toMatchObject({
			status: 422,
			body: { error: { fields: { [field]: expect.any(String) } } },
		});
	});

	test('are listed with how far they have come', async () => {
		const id = await approved();
		await fetchFile(place.people.steward, id);
		await ask();
		const { body } = await as(place.people.administrator, 'GET', '');
		expect(body).toMatchObject({
			exports: [
				{ status: 'asked', isOwn: false, reason: REASON },
				{ status: 'fetched', k: 10, fileHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
			],
			windows: [{ id: place.windowId }],
		});
	});

	test('are told to the second person without a row, and without a number but the total', async () => {
		const id = await ask();
		const { body } = await as(place.people.administrator, 'GET', `/${id}`);
		const { report } = body as { report: unknown };
		expect(report).toMatchObject({
			rows: 75,
			attributes: expect.arrayContaining([
				{ id: 'site', told: expect.any(String), blanked: expect.any(String) },
				{ id: 'grade', told: expect.any(String), blanked: expect.any(String) },
			]),
		});
		expect(
			JSON.stringify(report)
				.match(/\d+/g)
				?.filter((n) => Number(n) > 9),
		).toEqual(['75']);
	});

	test('leave a trace of each step: who, and the hash of the file', async () => {
		const id = await approved();
		const { bytes } = await fetchFile(place.people.steward, id);
		const page = { limit: 10, offset: 0 };
		const entries = await listAuditEntries(getDatabase().db, place.engagementId, { page });
		const own = entries.filter(({ target }) => target === id);
		expect(own.map(({ action }) => action)).toEqual([
			'rows.fetched',
			'rows.approved',
			'rows.asked',
		]);
		expect(own[0]?.detail).toMatchObject({
			hash: createHash('sha256').update(bytes).digest('hex'),
		});
	});
});
