import { describeOn } from '@throughline/db/testing';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { signInApp } from '../testing/sign-in-app.ts';
import { testApp } from '../testing/test-app.ts';

const STUDENTS = 1000;
/** As a proxy in front says it of everybody behind a school's one line. */
const school = { 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7' };

// No limit counts by network address: a school of a thousand is one address.
describeOn('embedded', 'a school behind one address', (getDatabase) => {
	test('lets a thousand students begin, while somebody there guesses codes', async () => {
		const { db } = getDatabase();
		const sut = testApp(db);
		const window = await seedStudentWindow(db, sut.deps, { codes: [STUDENTS, 0, 0] });
		const begin = async (code: string) => {
			const response = await sut.app.request(`/api/student/${window.link}/start`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-access-code': code, ...school },
				body: JSON.stringify({ code, language: 'en', isChosen: true }),
			});
			return response.status;
		};
		const guesses = await Promise.all(Array.from({ length: 100 }, () => begin('00000000011')));
		expect(guesses).toContain(429);

		const { north9: codes } = window.codes;
		expect(codes).toHaveLength(STUDENTS);
		const statuses = new Set<number>();
		for (let i = 0; i < STUDENTS; i += 50) {
			for (const status of await Promise.all(codes.slice(i, i + 50).map(begin))) {
				statuses.add(status);
			}
		}
		expect([...statuses]).toEqual([200]);
	});

	test('lets every member of staff ask for a link, whatever one of them does', async () => {
		const { db } = getDatabase();
		const sut = signInApp(db);
		const { engagementId } = await seedEngagement(db);
		const emails = Array.from({ length: 60 }, () => `${randomUUID()}@example.org`);
		for (const email of emails) {
			await seedPerson(db, { engagementId, email, roles: ['advisory_member'] });
		}
		const ask = async (email: string) => {
			const response = await sut.app.request('/api/auth/sign-in/magic-link', {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...school },
				body: JSON.stringify({ email }),
			});
			return response.status;
		};
		const [one = '', ...others] = emails;
		const own = [];
		for (let i = 0; i < 8; i += 1) {
			own.push(await ask(one));
		}
		expect(own).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
		expect(new Set(await Promise.all(others.map(ask)))).toEqual(new Set([200]));
		await sut.signIn.settled();
	});
});
