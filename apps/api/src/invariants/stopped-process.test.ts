import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	begin,
	makePlace,
	type Place,
	readAnswers,
	seedPlace,
	send,
	startProgram,
} from '../testing/real-process.ts';

const STUDENTS = 24;

describeOnBothDatabases('a process that is asked to stop', (_getDatabase, mode) => {
	let place: Place;
	beforeEach(async () => {
		place = await makePlace(mode);
	}, 120_000);
	afterEach(() => place.remove(), 60_000);

	test('answers what it had begun, takes nothing new, and ends by itself', async () => {
		const { link, codes, windowId } = await seedPlace(place, STUDENTS);
		const program = await startProgram(place);
		for (const code of codes) {
			await begin(program.origin, { link, code });
			const values = [`Answer of ${code}.`];
			const body = { values };
			await send(program.origin, { link, code, method: 'PUT', path: '/steps/Q3', body });
		}
		// All of them press Finish at once; it is told to stop when the first has been answered.
		const isTold = Promise.withResolvers<void>();
		const finishing = codes.map(async (code, index) => {
			const body = { submissionId: index.toString(16).padStart(32, '0') };
			const sent = await send(program.origin, {
				link,
				code,
				method: 'POST',
				path: '/finish',
				body,
			});
			isTold.resolve();
			return { code, status: sent?.status ?? null };
		});
		await isTold.promise;
		program.child.kill('SIGTERM');
		const answered = await Promise.all(finishing);
		const [exitCode] = await program.gone;

		expect(exitCode).toBe(0);
		// Null is a connection that was never taken: that page says so and tries again.
		expect(answered.filter(({ status }) => status !== 200 && status !== null)).toEqual([]);
		const received = answered.filter(({ status }) => status === 200);
		expect(received.length).toBeGreaterThan(0);
		expect(await readAnswers(place, windowId)).toEqual(
			expect.arrayContaining(received.map(({ code }) => `Answer of ${code}.`)),
		);
		await expect(fetch(`${program.origin}/api/health`)).rejects.toThrow();
	}, 120_000);
});
