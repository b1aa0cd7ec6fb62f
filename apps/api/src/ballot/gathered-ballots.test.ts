import { readBallot, type Submission } from '@throughline/db/queries/ballot';
import { type Ballots, createBallots } from '@throughline/db/queries/gathered-ballots';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { systemRandom } from '../system/random.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { testApp } from '../testing/test-app.ts';
import { closeWindow } from '../testing/submit-sealed.ts';
import { hashCode, parseCode } from './code.ts';

describeOnBothDatabases('submissions that come at the same time', (getDatabase) => {
	let ballots: Ballots;
	let window: Awaited<ReturnType<typeof seedStudentWindow>>;
	let submissions: Submission[];
	beforeEach(async () => {
		const { db } = getDatabase();
		const { deps } = testApp(db);
		ballots = createBallots(db);
		window = await seedStudentWindow(db, deps, { codes: [20, 0, 0] });
		const { cohort_id: cohortId } = await db
			.selectFrom('access_code')
			.select('cohort_id')
			.where('window_id', '=', window.windowId)
			.executeTakeFirstOrThrow();
		submissions = window.codes.north9.map((code, index) => ({
			engagementId: window.engagementId,
			windowId: window.windowId,
			codeHash: hashCode(deps.keys.pepper, window.windowId, parseCode(code) ?? ''),
			sidHash: systemRandom.bytes(32),
			envelope: {
				id: systemRandom.uuid4(),
				cohortId,
				epoch: 1,
				// Two lengths, so that a body cut at the wrong place is seen.
				body: Buffer.alloc(index % 3 === 0 ? 16412 : 4124, index + 1),
			},
		}));
	});

	async function stored() {
		const rows = await getDatabase()
			.db.selectFrom('envelope')
			.select(['id', 'body'])
			.where('window_id', '=', window.windowId)
			.execute();
		return new Map(rows.map(({ id, body }) => [id, body]));
	}

	test('are stored whole, each once, whatever is sent twice', async () => {
		const [first, second] = submissions;
		const twice = [...submissions, ...submissions];
		const outcomes = await Promise.all(twice.map((one) => ballots.submit(one)));
		expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(20);
		expect(outcomes.filter((outcome) => outcome === 'repeated')).toHaveLength(20);
		const found = await stored();
		expect(found.size).toBe(20);
		for (const { envelope } of submissions) {
			expect(found.get(envelope.id)?.equals(envelope.body)).toBe(true);
		}
		expect(first && (await ballots.read(first))).toMatchObject({ isSpent: true, draft: null });
		expect(second && (await ballots.submit({ ...second, sidHash: systemRandom.bytes(32) }))).toBe(
			'spent',
		);
	});

	test('are each told their own outcome', async () => {
		const [one, other] = submissions;
		if (!one || !other) {
			throw new Error('There are no submissions.');
		}
		const unknown = { ...one, codeHash: systemRandom.bytes(32) };
		expect(
			await Promise.all([
				ballots.submit(unknown),
				ballots.submit(other),
				ballots.submit({ ...other, sidHash: systemRandom.bytes(32) }),
			]),
		).toEqual(['unknown', 'stored', 'spent']);
	});

	test('are stored though one among them cannot be', async () => {
		const [broken, ...others] = submissions;
		if (!broken) {
			throw new Error('There are no submissions.');
		}
		const cut = { ...broken.envelope, body: broken.envelope.body.subarray(1) };
		const settled = await Promise.allSettled(
			[{ ...broken, envelope: cut }, ...others].map((one) => ballots.submit(one)),
		);
		expect(settled.map(({ status }) => status)).toEqual([
			'rejected',
			...others.map(() => 'fulfilled'),
		]);
		expect((await stored()).size).toBe(19);
		// Nothing of the refused one was kept: its code still works.
		expect(await ballots.submit(broken)).toBe('stored');
	});

	test('are refused together once the window has closed', async () => {
		await closeWindow(getDatabase().db, window.windowId);
		const outcomes = await Promise.all(submissions.map((one) => ballots.submit(one)));
		expect(new Set(outcomes)).toEqual(new Set(['closed']));
		expect((await stored()).size).toBe(0);
	});

	test('are read together as one by one', async () => {
		const { db } = getDatabase();
		const [spent] = submissions;
		if (!spent) {
			throw new Error('There are no submissions.');
		}
		await ballots.submit(spent);
		const keys = [...submissions, { ...spent, codeHash: systemRandom.bytes(32) }];
		const together = await Promise.all(keys.map((key) => ballots.read(key)));
		const alone = await Promise.all(keys.map((key) => readBallot(db, key)));
		expect(together).toEqual(alone);
		expect(together.at(-1)).toBeUndefined();
		expect(together[0]).toMatchObject({ isSpent: true });
	});
});
