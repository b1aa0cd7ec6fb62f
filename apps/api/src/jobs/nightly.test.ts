import { describeOn, describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { testApp } from '../testing/test-app.ts';
import { createJobs } from './jobs.ts';
import { nightly } from './nightly.ts';
import { exclusivelyOn } from './scheduler.ts';

describeOnBothDatabases('work of the night', (getDatabase) => {
	let now: Date;
	let runs: number;
	let failure: Error | null;
	let name = '';
	beforeEach((context) => {
		runs = 0;
		failure = null;
		name = context.task.name;
	});

	/** A process that starts at a time; calling it is one tick at another. */
	function startAt(time: string) {
		now = new Date(time);
		const job = nightly({ db: getDatabase().db, clock: () => now }, name, async () => {
			runs += 1;
			if (failure) {
				throw failure;
			}
		});
		return async (at: string) => {
			now = new Date(at);
			await job();
			return runs;
		};
	}

	test('is done once, when three o’clock UTC passes', async () => {
		const runsAt = startAt('2026-01-15T02:00:00Z');
		expect(await runsAt('2026-01-15T02:00:00Z')).toBe(0);
		expect(await runsAt('2026-01-15T02:59:00Z')).toBe(0);
		expect(await runsAt('2026-01-15T03:00:00Z')).toBe(1);
		expect(await runsAt('2026-01-15T03:01:00Z')).toBe(1);
		expect(await runsAt('2026-01-16T02:59:59Z')).toBe(1);
		expect(await runsAt('2026-01-16T03:00:00Z')).toBe(2);
	});

	test('is made up for, once, by a machine that is switched off every night', async () => {
		const monday = startAt('2026-01-12T08:00:00Z');
		expect(await monday('2026-01-12T08:00:00Z')).toBe(0);
		expect(await monday('2026-01-12T15:00:00Z')).toBe(0);
		const tuesday = startAt('2026-01-13T08:00:00Z');
		expect(await tuesday('2026-01-13T08:00:00Z')).toBe(0);
		expect(await tuesday('2026-01-13T08:04:59Z')).toBe(0);
		expect(await tuesday('2026-01-13T08:05:00Z')).toBe(1);
		expect(await tuesday('2026-01-13T15:00:00Z')).toBe(1);
		const tuesdayAgain = startAt('2026-01-13T16:00:00Z');
		expect(await tuesdayAgain('2026-01-13T17:00:00Z')).toBe(1);
		const monthsLater = startAt('2026-04-01T08:00:00Z');
		expect(await monthsLater('2026-04-01T08:05:00Z')).toBe(2);
		expect(await monthsLater('2026-04-01T08:06:00Z')).toBe(2);
	});

	test('is made up for by a machine that slept through it', async () => {
		const runsAt = startAt('2026-01-15T12:00:00Z');
		expect(await runsAt('2026-01-15T12:00:00Z')).toBe(0);
		expect(await runsAt('2026-01-17T02:30:00Z')).toBe(1);
		expect(await runsAt('2026-01-17T02:31:00Z')).toBe(1);
	});

	test('that failed is tried again an hour later, and the night stays due', async () => {
		const runsAt = startAt('2026-01-15T02:00:00Z');
		await runsAt('2026-01-15T02:00:00Z');
		failure = new Error('no disk');
		await expect(runsAt('2026-01-15T03:00:00Z')).rejects.toThrow('no disk');
		expect(await runsAt('2026-01-15T03:01:00Z')).toBe(1);
		expect(await runsAt('2026-01-15T03:59:59Z')).toBe(1);
		await expect(runsAt('2026-01-15T04:00:00Z')).rejects.toThrow('no disk');
		const nextDay = startAt('2026-01-15T08:00:00Z');
		failure = null;
		expect(await nextDay('2026-01-15T08:05:00Z')).toBe(3);
		expect(await nextDay('2026-01-15T12:00:00Z')).toBe(3);
	});

	test('does not stop for years because a clock was wrong once', async () => {
		const wrong = startAt('2098-01-01T08:00:00Z');
		expect(await wrong('2098-01-01T08:00:00Z')).toBe(0);
		const right = startAt('2026-01-15T08:00:00Z');
		expect(await right('2026-01-15T08:05:00Z')).toBe(1);
		expect(await right('2026-01-15T08:06:00Z')).toBe(1);
	});

	test('is remembered as a day, and of nothing is a time kept', async () => {
		const runsAt = startAt('2026-01-15T02:00:00Z');
		await runsAt('2026-01-15T02:00:00Z');
		await runsAt('2026-01-15T03:07:31Z');
		const rows = await getDatabase()
			.db.selectFrom('night_job')
			.selectAll()
			.where('name', '=', name)
			.execute();
		expect(rows).toEqual([{ name, last_night: '2026-01-15' }]);
	});

	test('deletes what the schedule says on a machine that never sees the night', async () => {
		const { db } = getDatabase();
		const sut = testApp(db);
		const { engagementId } = await seedStudentWindow(db, sut.deps, { codes: [1, 0, 0] });
		await db
			.insertInto('invitation')
			.values({
				engagement_id: engagementId,
				id: sut.deps.random.uuid7(),
				name: 'I',
				role: 'coder',
				email: 'late@example.org',
				expires_at: '2026-01-01T00:00:00Z',
			})
			.execute();
		const invitations = () => db.selectFrom('invitation').select('email').execute();
		// 90 days after its end it is due.
		for (const day of ['2026-04-01', '2026-04-02']) {
			expect(await invitations()).toHaveLength(1);
			sut.travelTo(`${day}T08:00:00Z`);
			const job = createJobs(getDatabase(), sut.deps).find((each) => each.name === 'purge');
			sut.travelTo(`${day}T09:00:00Z`);
			await job?.run(AbortSignal.timeout(60_000));
		}
		expect(await invitations()).toEqual([]);
	});
});

describeOn('server', 'work of the night in several processes', (getDatabase) => {
	test('is done by one of them, though each of them looks', async () => {
		const { db, mode } = getDatabase();
		let now = new Date('2026-01-15T02:00:00Z');
		let runs = 0;
		const processes = [1, 2, 3].map(() => {
			const job = nightly({ db, clock: () => now }, 'purge', async () => void (runs += 1));
			const exclusively = exclusivelyOn(db, mode);
			return () => exclusively('purge', job);
		});
		const tick = () => Promise.all(processes.map((process) => process()));
		await tick();
		now = new Date('2026-01-16T03:00:00Z');
		await tick();
		await tick();
		expect(runs).toBe(1);
	});
});
