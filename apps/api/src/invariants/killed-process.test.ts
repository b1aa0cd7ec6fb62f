import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	answer,
	begin,
	makePlace,
	type Place,
	readAnswers,
	seedPlace,
	send,
	startProgram,
} from '../testing/real-process.ts';

const STUDENTS = 30;
/** The process is killed when this many have their acknowledgement, others still on their way. */
const KILLED_AFTER = 10;

describeOnBothDatabases('a killed process', (_getDatabase, mode) => {
	let place: Place;
	beforeEach(async () => {
		place = await makePlace(mode);
	}, 120_000);
	afterEach(() => place.remove(), 60_000);

	test('loses no answer and no page it acknowledged, and makes none twice', async () => {
		const { link, codes, windowId } = await seedPlace(place, STUDENTS + 1);
		const [half = '', ...rest] = codes;
		const students = rest.map((code, index) => ({
			code,
			answer: `Answer of student ${index}.`,
			submissionId: index.toString(16).padStart(32, '0'),
		}));

		const first = await startProgram(place);
		await begin(first.origin, { link, code: half });
		const page = { link, code: half, path: '/steps/Q1' };
		const kept = await send(first.origin, { ...page, method: 'PUT', body: { values: ['no'] } });
		expect(kept?.status).toBe(200);
		const finished: string[] = [];
		const attempts = students.map(async (student) => {
			if (await answer(first.origin, { link, ...student })) {
				finished.push(student.answer);
				if (finished.length === KILLED_AFTER) {
					first.child.kill('SIGKILL');
				}
			}
		});
		await Promise.all(attempts);
		await first.gone;

		expect(finished.length).toBeGreaterThanOrEqual(KILLED_AFTER);
		const stored = await readAnswers(place, windowId);
		expect(stored).toEqual(expect.arrayContaining(finished));
		expect(stored.length).toBe(new Set(stored).size);

		// A student who saw an error sends the same page again: it is stored once, whether or not the
		// first one had arrived.
		const second = await startProgram(place);
		const found = await send(second.origin, { ...page, method: 'GET' });
		expect(found?.body).toMatchObject({ values: ['no'] });
		const again = students.map((student) => answer(second.origin, { link, ...student }));
		expect((await Promise.all(again)).filter((isDone) => !isDone)).toEqual([]);
		second.child.kill('SIGKILL');
		await second.gone;

		const all = await readAnswers(place, windowId);
		expect(all.toSorted()).toEqual(students.map((student) => student.answer).toSorted());
	}, 120_000);
});
