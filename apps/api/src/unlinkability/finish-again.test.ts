import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, expect, test } from 'vitest';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { testApp } from '../testing/test-app.ts';
import { sameDistribution } from './finish-times.ts';

describeOnBothDatabases('Finish', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let window: Awaited<ReturnType<typeof seedStudentWindow>>;
	beforeEach(async () => {
		sut = testApp(getDatabase().db);
		window = await seedStudentWindow(getDatabase().db, sut.deps, { codes: [3, 3, 3] });
	});

	async function finish(code: string, submissionId: string) {
		const response = await sut.app.request(`/api/student/${window.link}/finish`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-access-code': code },
			body: JSON.stringify({ submissionId }),
		});
		const headers = Object.fromEntries(response.headers);
		return { status: response.status, body: await response.text(), headers };
	}

	test.each(['en', 'es'])(
		'answers the first time as it does when the same is sent again, in %s, for any site',
		async (language) => {
			const seen = [];
			for (const [code = ''] of [window.codes.north9, window.codes.south6]) {
				await studentClient(sut, { link: window.link, code }).begin(language);
				const id = '0a'.repeat(16);
				seen.push(await finish(code, id), await finish(code, id));
			}
			expect(seen[0]).toMatchObject({ status: 200, body: '{"isStored":true}' });
			expect(seen).toEqual(Array(4).fill(seen[0]));
		},
	);

	test('answers another submission of a used code otherwise (the control)', async () => {
		const [code = ''] = window.codes.north9;
		await studentClient(sut, { link: window.link, code }).begin();
		const first = await finish(code, '0a'.repeat(16));
		expect(await finish(code, '0b'.repeat(16))).not.toEqual(first);
	});
});

test('the figure on times tells the same from what is slower', () => {
	const times = Array.from({ length: 200 }, (_, index) => 20 + Math.sin(index) * 2);
	const others = Array.from({ length: 200 }, (_, index) => 20 + Math.sin(index + 0.5) * 2);
	expect(sameDistribution(times, others)).toBeGreaterThan(0.5);
	expect(
		sameDistribution(
			times,
			others.map((time) => time + 1),
		),
	).toBeLessThan(1e-6);
});
