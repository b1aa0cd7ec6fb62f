import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { advanceWindows } from '../jobs/advance-windows.ts';
import { openClosedWindows } from '../jobs/open-closed-windows.ts';
import { recordResponseRates } from '../jobs/record-response-rates.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { testApp } from '../testing/test-app.ts';

describeOnBothDatabases('a clock that jumps', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let window: Awaited<ReturnType<typeof seedStudentWindow>>;
	beforeEach(async () => {
		sut = testApp(getDatabase().db);
		window = await seedStudentWindow(getDatabase().db, sut.deps, {
			opensAt: '2026-01-15T08:00:00Z',
			closesAt: '2026-01-16T08:00:00Z',
			codes: [12, 0, 0],
		});
	});

	const student = (index: number) =>
		studentClient(sut, { link: window.link, code: window.codes.north9[index] ?? '' });
	async function jobs(): Promise<void> {
		await advanceWindows(sut.deps);
		await openClosedWindows(sut.deps);
		await recordResponseRates(sut.deps);
	}
	async function counted() {
		const { db } = getDatabase();
		const rows = async (table: 'envelope' | 'response') =>
			(await db.selectFrom(table).select('id').where('window_id', '=', window.windowId).execute())
				.length;
		const { status } = await db
			.selectFrom('survey_window')
			.select('status')
			.where('id', '=', window.windowId)
			.executeTakeFirstOrThrow();
		return { status, envelopes: await rows('envelope'), responses: await rows('response') };
	}

	test('by a day either way loses no answer, makes none twice and opens nothing again', async () => {
		for (let index = 0; index < 10; index += 1) {
			await student(index).begin();
			expect((await student(index).finish()).status).toBe(200);
		}
		// A day back, before the window began: it stays as it is, and what was received stays received.
		sut.travelTo('2026-01-14T12:00:00Z');
		await jobs();
		expect(await counted()).toEqual({ status: 'open', envelopes: 10, responses: 0 });
		expect((await student(0).finish()).status).toBe(200);
		expect((await counted()).envelopes).toBe(10);
		// Two days ahead: it closes and is opened once.
		sut.travelTo('2026-01-16T12:00:00Z');
		await jobs();
		await jobs();
		expect(await counted()).toEqual({ status: 'opened', envelopes: 0, responses: 10 });
		// Back again, into the time it was open: nothing opens a second time, nobody answers twice.
		sut.travelTo('2026-01-15T12:00:00Z');
		await jobs();
		expect(await counted()).toEqual({ status: 'opened', envelopes: 0, responses: 10 });
		expect((await student(11).start()).status).not.toBe(200);
		expect((await student(0).finish()).status).not.toBe(500);
		expect((await counted()).responses).toBe(10);
	});

	test('over the end of daylight saving counts one day once', async () => {
		for (const time of ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', '2026-11-01T07:30:00Z']) {
			sut.travelTo(time);
			await recordResponseRates(sut.deps);
		}
		const days = await getDatabase()
			.db.selectFrom('response_rate')
			.select('as_of')
			.where('window_id', '=', window.windowId)
			.where('scope', '=', 'all')
			.orderBy('as_of')
			.execute();
		expect(days.map(({ as_of }) => as_of)).toEqual(['2026-11-01']);
	});
});
