import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BackUp } from '../deps.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { testApp } from '../testing/test-app.ts';
import { destroyEpochKeys } from './destroy-epoch-keys.ts';
import { openEnvelopes } from './open-envelopes.ts';

describeOnBothDatabases('opening a window', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;

	beforeEach(() => {
		sut = testApp(getDatabase().db);
	});

	/** A window whose cohorts (north 9, north 10, south 6) hold so many envelopes, not yet closed. */
	async function answered(...counts: [number, number, number]) {
		const seeded = await seedStudentWindow(getDatabase().db, sut.deps, { codes: counts });
		const { north9, north10, south6 } = seeded.codes;
		const codes = [...north9, ...north10, ...south6];
		for (const [index, code] of codes.entries()) {
			const student = studentClient(sut, { link: seeded.link, code });
			await student.begin();
			await student.save('Q1', ['yes']);
			await student.save('Q3', [`Answer ${index}.`]);
			await student.finish();
		}
		const { engagementId, windowId } = seeded;
		return { ...seeded, codes, key: { engagementId, windowId } };
	}

	async function close(windowId: string) {
		await getDatabase()
			.db.updateTable('survey_window')
			.set({ status: 'closed' })
			.where('id', '=', windowId)
			.execute();
	}

	async function rowsOf(table: 'envelope' | 'draft' | 'access_code', windowId: string) {
		return await getDatabase()
			.db.selectFrom(table)
			.selectAll()
			.where('window_id', '=', windowId)
			.execute();
	}

	async function responsesOf(windowId: string) {
		return await getDatabase()
			.db.selectFrom('response as r')
			.innerJoin('cohort as c', 'c.id', 'r.cohort_id')
			.leftJoin('site as s', 's.id', 'c.site_id')
			.select(['r.id', 'r.answers', 's.key as site', 'c.grade'])
			.where('r.window_id', '=', windowId)
			.execute();
	}

	test('turns every envelope into a response and leaves nothing sealed behind', async () => {
		const window = await answered(12, 11, 10);
		const unfinished = await seedDraft(window);
		expect(unfinished).toBe(1);
		await close(window.windowId);

		expect(await openEnvelopes(sut.deps, window.key)).toEqual({ opened: 33 });

		const responses = await responsesOf(window.windowId);
		expect(responses).toHaveLength(33);
		const texts = new Set(responses.map(({ answers }) => answers.values['Q3']));
		expect(texts.size).toBe(33);
		expect(await rowsOf('envelope', window.windowId)).toEqual([]);
		expect(await rowsOf('draft', window.windowId)).toEqual([]);
		const places = Map.groupBy(responses, ({ site, grade }) => `${site} ${grade}`);
		expect(Object.fromEntries([...places].map(([place, rows]) => [place, rows.length]))).toEqual({
			'north 9': 12,
			'north 10': 11,
			'south 6': 10,
		});
	});

	/** Someone begins and never finishes. */
	async function seedDraft(window: Awaited<ReturnType<typeof answered>>): Promise<number> {
		const [first] = await rowsOf('access_code', window.windowId);
		await getDatabase()
			.db.insertInto('draft')
			.values({
				engagement_id: window.engagementId,
				window_id: window.windowId,
				// The row's own hash, whichever code it is of.
				code_hash: (first as { code_hash: Buffer }).code_hash,
				body: Buffer.alloc(8220),
			})
			.execute();
		return (await rowsOf('draft', window.windowId)).length;
	}

	test.each<[[number, number, number], Record<string, number>]>([
		[[12, 3, 11], { 'north null': 15, 'south 6': 11 }],
		[[12, 3, 9], { 'null null': 24 }],
		[[4, 3, 0], { 'null null': 7 }],
	])('merges piles of %j upward, until each holds ten', async (counts, expected) => {
		const window = await answered(...counts);
		await close(window.windowId);
		await openEnvelopes(sut.deps, window.key);
		const places = Map.groupBy(
			await responsesOf(window.windowId),
			({ site, grade }) => `${site} ${grade}`,
		);
		const sizes = Object.fromEntries([...places].map(([place, rows]) => [place, rows.length]));
		expect(sizes).toEqual(expected);
	});

	test('rebuilds the codes without a trace of which submission spent them', async () => {
		const window = await answered(11, 0, 0);
		const before = await rowsOf('access_code', window.windowId);
		await close(window.windowId);
		await openEnvelopes(sut.deps, window.key);
		const after = await rowsOf('access_code', window.windowId);
		expect(after).toHaveLength(before.length);
		expect(after.every((row) => 'sid_hash' in row && row.sid_hash === null)).toBe(true);
		expect(after.every((row) => 'state' in row && row.state === 1)).toBe(true);
	});

	test('stores responses in an order that says nothing about when they came', async () => {
		const window = await answered(40, 0, 0);
		await close(window.windowId);
		await openEnvelopes(sut.deps, window.key);
		const stored = await getDatabase()
			.db.selectFrom('response')
			.select(['answers'])
			.where('window_id', '=', window.windowId)
			.execute();
		const arrivals = stored.map(({ answers }) => Number(/\d+/.exec(String(answers.values['Q3']))));
		const inOrder = arrivals.filter((arrival, index) => arrival === index).length;
		// 40 shuffled places: one in its own is expected, eight happen once in a hundred thousand.
		expect(inOrder).toBeLessThan(8);
		expect(correlation(arrivals)).toBeLessThan(0.7);
	});

	test('makes excerpts of open answers and marks the window opened', async () => {
		const window = await answered(10, 0, 0);
		await close(window.windowId);
		await openEnvelopes(sut.deps, window.key);
		const excerpts = await getDatabase()
			.db.selectFrom('excerpt')
			.select(['question_id', 'queue_position'])
			.where('window_id', '=', window.windowId)
			.orderBy('queue_position')
			.execute();
		expect(excerpts.map(({ queue_position: position }) => position)).toEqual([
			0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
		]);
		const row = await getDatabase()
			.db.selectFrom('survey_window')
			.select('status')
			.where('id', '=', window.windowId)
			.executeTakeFirstOrThrow();
		expect(row.status).toBe('opened');
	});

	test('is refused while the window takes answers, and does nothing', async () => {
		const window = await answered(3, 0, 0);
		await expect(openEnvelopes(sut.deps, window.key)).rejects.toMatchObject({
			code: 'window_not_closed',
			message: expect.stringContaining('Close the window first.'),
		});
		expect(await rowsOf('envelope', window.windowId)).toHaveLength(3);
	});

	test('of which there is none is told as such', async () => {
		const { key } = await answered(0, 0, 0);
		const unknown = { ...key, windowId: sut.deps.random.uuid7() };
		await expect(openEnvelopes(sut.deps, unknown)).rejects.toMatchObject({
			code: 'window_not_found',
			status: 404,
			message: 'There is no such survey window.',
		});
	});

	test('goes in steps, writes the tables anew once, and logs how many lay in which pile', async () => {
		const window = await answered(12, 10, 0);
		await close(window.windowId);
		const steps: string[] = [];
		const afterStep = (step: string) => void steps.push(step);
		await openEnvelopes(sut.deps, window.key, { afterStep });
		const rewritten = ['envelopes rewritten', 'drafts rewritten', 'codes rewritten'];
		expect(steps).toEqual(['decrypted', 'inserted', 'opened', ...rewritten]);
		await openEnvelopes(sut.deps, window.key, { afterStep });
		expect(steps.slice(6)).toEqual(['opened']);

		const { db } = getDatabase();
		const log = await db
			.selectFrom('opening_log')
			.select(['cohort_id', 'n'])
			.where('window_id', '=', window.windowId)
			.execute();
		expect(log.map(({ n }) => n).toSorted()).toEqual([10, 12]);

		let backups = 0;
		const backUp: BackUp = () => {
			backups += 1;
			return Promise.resolve({ verified: true });
		};
		steps.length = 0;
		expect(await destroyEpochKeys(sut.deps, { backUp, afterStep })).toBeGreaterThan(0);
		expect([...new Set(steps)]).toEqual(['backed up', 'key destroyed']);
		expect([await destroyEpochKeys(sut.deps, { backUp, afterStep }), backups]).toEqual([0, 1]);
	});

	test('that has a backup already is not backed up again before its key goes', async () => {
		const window = await answered(10, 0, 0);
		await close(window.windowId);
		await openEnvelopes(sut.deps, window.key);
		await destroyEpochKeys(sut.deps, {
			backUp: () => Promise.resolve({ verified: true }),
			afterStep: () => undefined,
		});
		const { db } = getDatabase();
		await db
			.updateTable('opening')
			.set({ key_destroyed_on: null })
			.where('window_id', '=', window.windowId)
			.execute();
		const backUp = () => Promise.reject(new Error('made once more'));
		expect(await destroyEpochKeys(sut.deps, { backUp })).toBe(1);
	});

	test('may be repeated, at the same time too', async () => {
		const window = await answered(10, 0, 0);
		await close(window.windowId);
		const runs = await Promise.all([
			openEnvelopes(sut.deps, window.key),
			openEnvelopes(sut.deps, window.key),
		]);
		expect(runs.map(({ opened }) => opened).toSorted((a, b) => a - b)).toEqual([0, 10]);
		expect(await openEnvelopes(sut.deps, window.key)).toEqual({ opened: 0 });
		expect(await responsesOf(window.windowId)).toHaveLength(10);
	});

	describe('when something is not as it should be', () => {
		test('changes nothing if an envelope was damaged', async () => {
			const window = await answered(10, 0, 0);
			const [envelope] = await rowsOf('envelope', window.windowId);
			// A row of the envelope table.
			const { id, body } = envelope as { id: string; body: Buffer };
			body.writeUInt8(body.readUInt8(99) ^ 1, 99);
			await getDatabase().db.updateTable('envelope').set({ body }).where('id', '=', id).execute();
			await close(window.windowId);
			await expect(openEnvelopes(sut.deps, window.key)).rejects.toThrow();
			expect(await rowsOf('envelope', window.windowId)).toHaveLength(10);
			expect(await responsesOf(window.windowId)).toEqual([]);
		});

		test('changes nothing if an envelope is missing', async () => {
			const window = await answered(10, 0, 0);
			const [envelope] = await rowsOf('envelope', window.windowId);
			const { id } = envelope as { id: string };
			await getDatabase().db.deleteFrom('envelope').where('id', '=', id).execute();
			await close(window.windowId);
			await expect(openEnvelopes(sut.deps, window.key)).rejects.toThrow(
				'Opening stopped: 9 envelopes, 10 spent codes. Nothing was changed.',
			);
			expect(await rowsOf('envelope', window.windowId)).toHaveLength(9);
		});
	});

	test('opens a window nobody answered', async () => {
		const window = await answered(0, 0, 0);
		await close(window.windowId);
		expect(await openEnvelopes(sut.deps, window.key)).toEqual({ opened: 0 });
	});
});

/** Pearson's correlation of a list with its places. */
function correlation(values: number[]): number {
	const mean = (values.length - 1) / 2;
	const square = values.reduce((sum, _, index) => sum + (index - mean) ** 2, 0);
	const product = values.reduce((sum, value, index) => sum + (value - mean) * (index - mean), 0);
	return Math.abs(product / square);
}
