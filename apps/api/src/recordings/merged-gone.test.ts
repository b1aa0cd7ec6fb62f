import { describeOnBothDatabases } from '@throughline/db/testing';
import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deleteRecordings } from '../jobs/delete-recordings.ts';
import { openTable } from '../testing/open-table.ts';
import { isFfmpeg } from './ffmpeg.ts';

const hasFfmpeg = await isFfmpeg('ffmpeg');

describeOnBothDatabases('two recordings of one table, when one is deleted', (getDatabase) => {
	let table: Awaited<ReturnType<typeof openTable>>;

	beforeEach(async () => {
		table = await openTable(getDatabase().db);
	});
	afterEach(() => table.close());

	describe.skipIf(!hasFfmpeg)('where there is ffmpeg', () => {
		test('come apart when the second is deleted: at once on the disk, then in the copy', async () => {
			const first = await table.recordFirst();
			const second = await table.recordSecond();
			await table.sut.deps.recordings.work();
			await table.sut.send('DELETE', `${table.base}/${second}`, { reason: 'A test' });
			const folder = table.folderOf(first);
			await table.sut.deps.recordings.work();
			const who = await table.listen(first);
			expect([who(5, 11), who(11, 25), who(25, 31)]).toEqual(['first', 'nobody', 'first']);
			expect(await table.view(first)).toMatchObject({
				durationMs: 26_000,
				merge: { type: 'alone' },
			});
			expect(await readdir(folder)).toHaveLength(4);
		});

		test('keep nothing of a deleted one on the disk, before a new copy is made', async () => {
			const first = await table.recordFirst();
			const second = await table.recordSecond();
			await table.sut.deps.recordings.work();
			await table.sut.deps.recordings.stop();
			await table.sut.send('DELETE', `${table.base}/${second}`, { reason: 'A test' });
			const folder = table.folderOf(first);
			expect(await readdir(folder)).toEqual(['original']);
		});

		test('go together when the transcripts of the table are checked, and not before', async () => {
			const first = await table.recordFirst();
			const second = await table.recordSecond();
			await table.sut.deps.recordings.work();
			const ofSecond = await table.addTranscript(second, 'checked');
			const ofFirst = await table.addTranscript(first, 'draft');
			await deleteRecordings(table.sut.deps);
			expect([await table.statusOf(first), await table.statusOf(second)]).toEqual([
				'ready',
				'ready',
			]);
			const { db } = getDatabase();
			await db.deleteFrom('transcript').where('id', '=', ofSecond).execute();
			await db
				.updateTable('transcript')
				.set({ status: 'checked' })
				.where('id', '=', ofFirst)
				.execute();
			await deleteRecordings(table.sut.deps);
			expect([await table.statusOf(first), await table.statusOf(second)]).toEqual([
				'deleted',
				'deleted',
			]);
		});
	});

	test('are played one by one where there is no ffmpeg, and the page says so', async () => {
		await table.close();
		table = await openTable(getDatabase().db, { FFMPEG_PATH: '/nowhere/ffmpeg' });
		const first = await table.recordFirst();
		const second = await table.recordSecond();
		await table.sut.deps.recordings.work();
		for (const id of [first, second]) {
			expect(await table.view(id)).toMatchObject({
				audio: 'original',
				merge: { type: 'needs_ffmpeg' },
			});
			const answer = await table.sut.app.request(`${table.base}/${id}/audio?segment=0`);
			expect(answer.headers.get('content-type')).toBe('audio/wav');
		}
		// What was never put together has no transcript of its own: it waits for its day.
		await table.addTranscript(first, 'checked');
		await deleteRecordings(table.sut.deps);
		expect([await table.statusOf(first), await table.statusOf(second)]).toEqual([
			'deleted',
			'ready',
		]);
	});
});
