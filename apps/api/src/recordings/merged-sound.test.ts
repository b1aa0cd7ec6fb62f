import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gap, openTable, secondHears } from '../testing/open-table.ts';
import { isFfmpeg } from './ffmpeg.ts';

const hasFfmpeg = await isFfmpeg('ffmpeg');

describeOnBothDatabases('two recordings of one table', (getDatabase) => {
	let table: Awaited<ReturnType<typeof openTable>>;

	beforeEach(async () => {
		table = await openTable(getDatabase().db);
	});
	afterEach(() => table.close());

	// Without ffmpeg on the path there is nothing to put together: merged-gone.test.ts has that case.
	describe.skipIf(!hasFfmpeg)('where there is ffmpeg', () => {
		test('are one: the second is heard in the gaps of the first and after its end', async () => {
			const first = await table.recordFirst();
			const second = await table.recordSecond();
			const who = await table.listen(first);
			expect([who(5, 11), who(11, 25), who(25, 31), who(31, 36)]).toEqual([
				'first',
				'second',
				'first',
				'second',
			]);
			expect(await table.view(first)).toMatchObject({
				durationMs: 31_000,
				audio: 'copy',
				merge: {
					type: 'made',
					fills: [
						{ startMs: 6000, endMs: 20_000, label: 'By the window' },
						{ startMs: 26_000, endMs: 31_000, label: 'By the window' },
					],
					missing: [],
				},
			});
			const peaks = await table.sut.app.request(`${table.base}/${first}/peaks`);
			expect((await peaks.arrayBuffer()).byteLength).toBe(31 * 20);
			const alone = await table.listen(second);
			expect([alone(8, 20), alone(20, 36)]).toEqual(['second', 'second']);
			expect((await table.view(second)).merge).toEqual({ type: 'part', of: 'On the table' });
		});

		test('are one for a transcript: it covers what both heard, and misses no less', async () => {
			const first = await table.recordFirst();
			await table.recordSecond();
			await table.sut.deps.recordings.work();
			const form = new FormData();
			const vtt = 'WEBVTT\n\n00:00.000 --> 00:01.000\nThe hallway is calm.\n';
			form.set('file', new File([vtt], 'speech.vtt'));
			const plan = { language: 'en', offsetMs: 5000, recordingId: first, map: [] };
			form.set('plan', JSON.stringify(plan));
			const path = table.base.replace(/recordings$/, 'transcripts');
			const answer = await table.sut.app.request(path, { method: 'POST', body: form });
			// What the route promises; a wrong shape fails below.
			const made = (await answer.json()) as { transcriptId: string; report: object };
			// One second of 31; the first alone lasts 26, and would miss too little to be told.
			expect(made.report).toMatchObject({ coverage: 3, missing: 1 });
			const turns = await table.sut.send('GET', `${path}/${made.transcriptId}/turns`);
			expect(turns.body).toMatchObject({
				turns: [{ kind: 'speech' }, { text: '[missing audio 00:06–00:36]' }],
			});
		});

		test('are one when the first arrives after the second', async () => {
			const second = await table.recordSecond();
			await table.sut.deps.recordings.work();
			expect((await table.view(second)).merge).toEqual({ type: 'alone' });
			const first = await table.recordFirst();
			const who = await table.listen(first);
			expect([who(11, 25), who(31, 36)]).toEqual(['second', 'second']);
		});

		test('leave as gaps what neither heard', async () => {
			const first = await table.recordFirst();
			await table.record('By the window', [secondHears(16, 21)]);
			const who = await table.listen(first);
			expect([who(11, 16), who(16, 21), who(21, 25)]).toEqual(['nobody', 'second', 'nobody']);
			expect((await table.view(first)).merge).toMatchObject({
				missing: [
					{ startMs: 6000, endMs: 11_000 },
					{ startMs: 16_000, endMs: 20_000 },
				],
			});
		});

		test('of different tables stay apart', async () => {
			const first = await table.recordFirst({ tableNo: 1 });
			await table.recordSecond({ tableNo: 2 });
			const who = await table.listen(first);
			expect(who(11, 25)).toBe('nobody');
			expect((await table.view(first)).merge).toEqual({ type: 'alone' });
		});

		test('are silent together in a pause', async () => {
			const paused = await table.recordFirst({ gaps: gap(11, 25, 'paused') });
			await table.recordSecond();
			expect((await table.listen(paused))(11, 25)).toBe('nobody');
		});

		test('are silent together while the room was paused', async () => {
			const first = await table.recordFirst();
			await table.recordSecond();
			await table.addEvent('pause', 16, 19);
			const who = await table.listen(first);
			expect([who(11, 14), who(14, 21), who(21, 25)]).toEqual(['second', 'nobody', 'second']);
		});

		test('are silent together while somebody had said no', async () => {
			const first = await table.recordFirst();
			await table.recordSecond();
			await table.addConsent([
				[true, -120],
				[false, 16],
				[true, 19],
			]);
			const who = await table.listen(first);
			expect([who(11, 14), who(14, 21), who(21, 25)]).toEqual(['second', 'nobody', 'second']);
		});

		test('end with the session', async () => {
			const first = await table.recordFirst();
			await table.recordSecond();
			await table.changeSession({ ended_at: '2026-01-15T15:00:33Z' });
			const who = await table.listen(first);
			expect(who(31, 33)).toBe('second');
			expect((await table.view(first)).durationMs).toBe(28_000);
		});
	});
});
