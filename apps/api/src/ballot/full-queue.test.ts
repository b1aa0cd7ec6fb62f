import { createBallots } from '@throughline/db/queries/gathered-ballots';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { testApp } from '../testing/test-app.ts';

const MOST = 4;

describeOnBothDatabases('more students than can wait', (getDatabase, mode) => {
	let sut: ReturnType<typeof testApp>;
	let window: Awaited<ReturnType<typeof seedStudentWindow>>;
	let students: ReturnType<typeof studentClient>[];
	let asked: { read: number; submit: number };
	beforeEach(async () => {
		const { db } = getDatabase();
		const ballots = createBallots(db, { mostHeld: MOST });
		sut = testApp(db, {
			ballots: {
				read(key) {
					asked.read += 1;
					return ballots.read(key);
				},
				submit(submission) {
					asked.submit += 1;
					return ballots.submit(submission);
				},
			},
		});
		asked = { read: 0, submit: 0 };
		window = await seedStudentWindow(db, sut.deps, { codes: [MOST + 1, 0, 0] });
		students = window.codes.north9.map((code) => studentClient(sut, { link: window.link, code }));
		for (const student of students) {
			await student.begin();
		}
	});

	const finish = (code: string, index: number) =>
		sut.app.request(`/api/student/${window.link}/finish`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-access-code': code },
			body: JSON.stringify({ submissionId: index.toString(16).padStart(32, '0') }),
		});

	const stored = async () =>
		(
			await getDatabase()
				.db.selectFrom('envelope')
				.select('id')
				.where('window_id', '=', window.windowId)
				.execute()
		).length;

	/** Holds a table, and with it the whole of an embedded database, until it is let go. */
	async function hold(table: 'envelope' | 'access_code') {
		const isHeld = Promise.withResolvers<void>();
		const letGo = Promise.withResolvers<void>();
		const holding = getDatabase()
			.db.transaction()
			.execute(async (trx) => {
				await sql`lock table ${sql.id(table)} in access exclusive mode`.execute(trx);
				isHeld.resolve();
				await letGo.promise;
			});
		await isHeld.promise;
		asked = { read: 0, submit: 0 };
		return async () => {
			letGo.resolve();
			await holding;
		};
	}

	test('one who presses Finish is refused at once, the others are answered, and it counts once', async () => {
		const { codes } = window;
		const late = codes.north9.length - 1;
		const letGo = await hold('envelope');
		let answered = 0;
		const waiting = codes.north9.slice(0, MOST).map(async (code, index) => {
			const response = await finish(code, index);
			answered += 1;
			return response.status;
		});
		// They wait to be stored; where the whole database is held, for their code.
		const kind = mode === 'server' ? 'submit' : 'read';
		await expect.poll(() => asked[kind]).toBe(MOST);
		const refused = await finish(codes.north9[late] ?? '', late);
		expect(answered).toBe(0);
		expect(refused.status).toBe(503);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(3);
		expect(await refused.json()).toMatchObject({ error: { code: 'server_busy' } });

		await letGo();
		expect(await Promise.all(waiting)).toEqual(waiting.map(() => 200));
		expect(await stored()).toBe(MOST);
		// The same submission, sent again, and a last time as if its answer had been lost.
		expect((await finish(codes.north9[late] ?? '', late)).status).toBe(200);
		expect((await finish(codes.north9[late] ?? '', late)).status).toBe(200);
		expect(await stored()).toBe(MOST + 1);
	});

	test('one who asks for a page is refused at once, and gets it afterwards', async () => {
		const letGo = await hold('access_code');
		const waiting = students.slice(0, MOST).map((student) => student.step('Q1'));
		await expect.poll(() => asked.read).toBe(MOST);
		const refused = await students[MOST]?.step('Q1');
		expect(refused?.status).toBe(503);
		await letGo();
		expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(
			waiting.map(() => 200),
		);
		expect((await students[MOST]?.step('Q1'))?.status).toBe(200);
	});
});
