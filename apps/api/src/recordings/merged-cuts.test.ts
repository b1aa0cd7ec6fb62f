import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTable } from '../testing/open-table.ts';
import { isFfmpeg } from './ffmpeg.ts';

const hasFfmpeg = await isFfmpeg('ffmpeg');

describeOnBothDatabases(
	'what was deleted at a table is not heard through the other tablet',
	(getDatabase) => {
		let table: Awaited<ReturnType<typeof openTable>>;

		beforeEach(async () => {
			table = await openTable(getDatabase().db);
		});
		afterEach(() => table.close());

		// Without ffmpeg on the path there is nothing to put together: merged-gone.test.ts has that case.
		describe.skipIf(!hasFfmpeg)('where there is ffmpeg', () => {
			test('in the room', async () => {
				await table.addEvent('deleted', 12, 30);
				const first = await table.recordFirst();
				const second = await table.recordSecond();
				for (const id of [first, second]) {
					await table.sut.deps.recordings.work();
					expect((await table.listen(id))(12, 30), id).toBe('nobody');
				}
			});

			test.each(['withdrawn', 'redacted'] as const)(
				'on the first, in its gap and in its sound (%s)',
				async (reason) => {
					const first = await table.recordFirst();
					const second = await table.recordSecond();
					// From 16 to 18, and from 27 to 29, of the session.
					await table.addCut(first, [11_000, 13_000], reason);
					await table.addCut(first, [22_000, 24_000], reason);
					const who = await table.listen(first);
					expect([who(11, 14), who(14, 20), who(20, 25)]).toEqual(['second', 'nobody', 'second']);
					expect([who(25, 27), who(27, 29), who(29, 31)]).toEqual(['first', 'nobody', 'first']);
					const alone = await table.listen(second);
					expect([alone(14, 20), alone(25, 31)]).toEqual(['nobody', 'nobody']);
				},
			);

			test.each(['withdrawn', 'redacted'] as const)(
				'on the second, in what is taken of it and in the first (%s)',
				async (reason) => {
					const first = await table.recordFirst();
					const second = await table.recordSecond();
					// From 16 to 18, and from 28 to 28.5, of the session.
					await table.addCut(second, [8000, 10_000], reason);
					await table.addCut(second, [20_000, 20_500], reason);
					const who = await table.listen(first);
					expect([who(11, 16), who(16, 18), who(18, 25)]).toEqual(['second', 'nobody', 'second']);
					expect([who(25, 26), who(26, 30.5), who(30.5, 31)]).toEqual(['first', 'nobody', 'first']);
				},
			);

			test('on a tablet whose recording is deleted', async () => {
				const first = await table.recordFirst();
				const second = await table.recordSecond();
				await table.addCut(second, [20_000, 20_500], 'asked');
				await table.sut.send('DELETE', `${table.base}/${second}`, { reason: 'A test' });
				expect((await table.listen(first))(26, 30.5)).toBe('nobody');
			});

			test('after the copy was made: it is not served any more', async () => {
				const first = await table.recordFirst();
				const second = await table.recordSecond();
				await table.sut.deps.recordings.work();
				expect((await table.sut.app.request(`${table.base}/${first}/audio`)).status).toBe(200);
				await table.addCut(second, [8000, 10_000], 'asked');
				const before = await table.playable(first);
				expect(await table.view(first)).toMatchObject({
					audio: 'preparing',
					merge: { type: 'making' },
				});
				for (const what of ['audio', 'peaks']) {
					const { status } = await table.sut.app.request(`${table.base}/${first}/${what}`);
					expect(status, what).toBe(409);
				}
				await table.sut.deps.recordings.work();
				expect(await table.playable(first)).not.toBe(before);
				expect((await table.listen(first))(16, 18)).toBe('nobody');
			});

			test('nor is the original of the second handed out', async () => {
				const first = await table.recordFirst();
				const second = await table.recordSecond();
				expect((await table.sut.app.request(`${table.base}/${second}/original`)).status).toBe(200);
				await table.addCut(first, [22_000, 24_000], 'withdrawn');
				expect((await table.sut.app.request(`${table.base}/${second}/original`)).status).toBe(409);
			});
		});
	},
);
