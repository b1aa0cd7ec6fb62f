import type { Schema } from '@throughline/db/schema';
import type { Kysely } from 'kysely';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { testApp } from '../testing/test-app.ts';

const STUDENTS = 150;
const SLOWER_MS = 10;

/**
 * U12: how long Finish takes for the first time and when it is sent again, one after the other.
 * Each p is that of a two-sample Kolmogorov–Smirnov test; the control makes one of them slower.
 */
export async function finishTimes(db: Kysely<Schema>) {
	const sut = testApp(db);
	const window = await seedStudentWindow(db, sut.deps, { codes: [STUDENTS, 0, 0] });
	const [first, again]: [number[], number[]] = [[], []];
	for (const code of window.codes.north9) {
		const student = studentClient(sut, { link: window.link, code });
		await student.begin();
		for (const times of [first, again]) {
			const start = performance.now();
			await student.finish();
			times.push(performance.now() - start);
		}
	}
	const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
	const slower = again.map((time) => time + SLOWER_MS);
	return {
		firstMs: median(first) ?? NaN,
		againMs: median(again) ?? NaN,
		p: sameDistribution(first, again),
		controlP: sameDistribution(again, slower),
	};
}

/**
 * The asymptotic p of the two-sample Kolmogorov–Smirnov test.
 * https://en.wikipedia.org/wiki/Kolmogorov%E2%80%93Smirnov_test
 */
export function sameDistribution(one: readonly number[], other: readonly number[]): number {
	const share = (values: readonly number[], limit: number) =>
		values.filter((value) => value <= limit).length / values.length;
	const distance = Math.max(
		...[...one, ...other].map((limit) => Math.abs(share(one, limit) - share(other, limit))),
	);
	const size = (one.length * other.length) / (one.length + other.length);
	const scaled = Math.sqrt(size) * distance;
	let sum = 0;
	for (let k = 1; k <= 100; k += 1) {
		sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * scaled * scaled);
	}
	return scaled < 0.2 ? 1 : Math.min(1, Math.max(0, sum));
}
