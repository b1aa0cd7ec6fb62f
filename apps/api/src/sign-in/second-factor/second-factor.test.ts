import { describeOnBothDatabases } from '@throughline/db/testing';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { signInApp } from '../../testing/sign-in-app.ts';

describeOnBothDatabases('a second factor', (getDatabase) => {
	let engagementId: string;
	let email: string;
	let sut: ReturnType<typeof signInApp>;
	let rows: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		email = `${randomUUID()}@example.org`;
		await seedPerson(db, { engagementId, email, roles: ['data_steward'] });
		sut = signInApp(db);
		rows = `engagements/${engagementId}/exports`;
	});

	const problem = (code: string) => ({ body: { error: { code } } });

	test('is needed by a role that reads responses, before it reads anything of its engagement', async () => {
		const cookie = await sut.enter(email);

		expect(await sut.send('GET', rows, { cookie })).toMatchObject({
			status: 401,
			...problem('second_factor_required'),
		});
		expect(await sut.send('GET', 'session', { cookie })).toMatchObject({
			status: 200,
			body: { engagements: [{ lacksSecondFactor: true }] },
		});
		const { cookie: proved, status, recoveryCodes } = await sut.enrol(cookie);
		expect(status).toBe(201);
		expect(new Set(recoveryCodes)).toHaveLength(10);
		expect((await sut.send('GET', rows, { cookie: proved })).status).toBe(200);
	});

	test('is not needed by a role that reads none, nor in the sample on this machine', async () => {
		const { db } = getDatabase();
		const member = `${randomUUID()}@example.org`;
		await seedPerson(db, { engagementId, email: member, roles: ['advisory_member'] });
		const sample = await seedEngagement(db, { isSynthetic: true });
		await seedPerson(db, { ...sample, email: member, roles: ['data_steward'] });
		const cookie = await sut.enter(member);
		expect((await sut.send('GET', `engagements/${engagementId}/results`, { cookie })).status).toBe(
			200,
		);
		const inSample = `engagements/${sample.engagementId}/exports`;
		expect((await sut.send('GET', inSample, { cookie })).status).toBe(200);

		for (const env of [
			{ SECOND_FACTOR_IN_SAMPLE: '1' },
			{ PUBLIC_URL: 'http://listen.example.org' },
		]) {
			const strict = signInApp(db, env);
			const principal = await strict.principal(await strict.enter(member));
			expect(principal).toMatchObject({ grants: [{ isTrial: false }, { isTrial: false }] });
		}
	});

	test('is asked for with each sign-in, and a code works once', async () => {
		const { codeNow, usedCode } = await sut.enrol(await sut.enter(email));
		const cookies = [await sut.enter(email), await sut.enter(email), await sut.enter(email)];
		const [cookie = ''] = cookies;
		expect((await sut.send('GET', rows, { cookie })).status).toBe(401);

		expect(await sut.prove(cookie, usedCode)).toMatchObject(problem('wrong_code'));
		sut.wait(1);
		const code = await codeNow();
		const answers = await Promise.all(cookies.map((each) => sut.prove(each, code)));
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422]);
		const proved = answers.find(({ status }) => status === 200)?.cookie ?? '';
		expect((await sut.send('GET', rows, { cookie: proved })).status).toBe(200);
	});

	test('gives the session a new cookie, and the one before is worth nothing', async () => {
		const before = await sut.enter(email);
		const { cookie: after } = await sut.enrol(before);
		expect(await sut.principal(before)).toEqual({ type: 'public' });
		expect(await sut.principal(after)).toMatchObject({
			type: 'staff',
			assurance: { secondFactor: 'proved', isFresh: true },
		});
	});

	test('ends the other sessions of its person when it is set up', async () => {
		const other = await sut.enter(email);
		await sut.enrol(await sut.enter(email));
		expect(await sut.principal(other)).toEqual({ type: 'public' });
	});

	test('is replaced only after it was proved anew', async () => {
		const { cookie, codeNow, secret } = await sut.enrol(await sut.enter(email));
		const begin = (current: string) =>
			sut.send('POST', 'session/second-factor/key', { cookie: current });
		const unproved = await sut.enter(email);
		expect(await begin(unproved)).toMatchObject(problem('confirmation_required'));
		sut.wait(6);
		expect(await begin(cookie)).toMatchObject(problem('confirmation_required'));
		expect(
			await sut.send('POST', 'session/second-factor/recovery-codes', { cookie }),
		).toMatchObject(problem('confirmation_required'));

		expect((await sut.prove(cookie, await codeNow())).status).toBe(200);
		const replaced = await sut.enrol(cookie);
		expect(replaced.secret).not.toBe(secret);
		sut.wait(1);
		expect(await sut.prove(replaced.cookie, await codeNow())).toMatchObject(problem('wrong_code'));
	});

	test('is set up with a key that belongs to one session', async () => {
		const key = async (cookie: string) => {
			const { body } = await sut.send('POST', 'session/second-factor/key', { cookie });
			return (body as { secret: string }).secret;
		};
		const here = await sut.enter(email);
		const first = await key(here);
		expect(await key(here)).toBe(first);
		const there = await sut.enter(email);
		expect(await key(there)).not.toBe(first);
		const late = await sut.send('POST', 'session/second-factor', {
			cookie: here,
			body: { code: '123456' },
		});
		expect(late).toMatchObject({ status: 409, ...problem('not_set_up') });
	});

	describe('a recovery code', () => {
		test('stands in once, as people type it', async () => {
			const { recoveryCodes } = await sut.enrol(await sut.enter(email));
			const cookie = await sut.enter(email);
			const typed = ` ${(recoveryCodes[3] ?? '').toLowerCase().replaceAll('-', ' ')} `;

			const proved = await sut.prove(cookie, typed);
			expect(proved.status).toBe(200);
			const view = await sut.send('GET', 'session/second-factor', { cookie: proved.cookie ?? '' });
			expect(view.body).toEqual({
				isSetUp: true,
				isProved: true,
				isNeeded: true,
				recoveryCodesLeft: 9,
			});
			expect(await sut.prove(await sut.enter(email), typed)).toMatchObject(problem('wrong_code'));
		});

		test('of someone else is none', async () => {
			const other = `${randomUUID()}@example.org`;
			await seedPerson(getDatabase().db, { engagementId, email: other, roles: ['coder'] });
			const { recoveryCodes } = await sut.enrol(await sut.enter(other));
			await sut.enrol(await sut.enter(email));
			const answer = await sut.prove(await sut.enter(email), recoveryCodes[0] ?? '');
			expect(answer).toMatchObject(problem('wrong_code'));
		});

		test('is void once new ones were made', async () => {
			const { cookie, recoveryCodes } = await sut.enrol(await sut.enter(email));
			const renewed = await sut.send('POST', 'session/second-factor/recovery-codes', { cookie });
			const { recoveryCodes: next } = renewed.body as { recoveryCodes: string[] };
			expect((await sut.prove(cookie, recoveryCodes[0] ?? '')).status).toBe(422);
			expect((await sut.prove(cookie, next[0] ?? '')).status).toBe(200);
		});
	});

	test('the database holds neither key nor recovery code in the clear', async () => {
		const { recoveryCodes, secret } = await sut.enrol(await sut.enter(email));
		const { pool } = getDatabase();
		const { rows: factors } = await pool.query('select f::text from second_factor f');
		const { rows: codes } = await pool.query('select c::text from recovery_code c');
		const stored = JSON.stringify([factors, codes]);
		expect(codes.length).toBeGreaterThanOrEqual(10);
		expect(stored).not.toContain(secret);
		for (const code of recoveryCodes) {
			expect(stored).not.toContain(code);
			expect(stored).not.toContain(Buffer.from(code.replaceAll('-', '')).toString('hex'));
		}
	});

	describe('wrong codes', () => {
		test('are limited per account: after five even the right one waits', async () => {
			const { codeNow } = await sut.enrol(await sut.enter(email));
			const cookie = await sut.enter(email);
			sut.wait(1);
			const statuses = [];
			for (let i = 0; i < 7; i += 1) {
				statuses.push((await sut.prove(cookie, '000000')).status);
			}
			expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
			expect(await sut.prove(cookie, await codeNow())).toMatchObject({
				status: 429,
				...problem('too_many_tries'),
			});
			sut.wait(1);
			expect((await sut.prove(cookie, await codeNow())).status).toBe(200);
		});

		test('sent all at once are no more than five', async () => {
			await sut.enrol(await sut.enter(email));
			const cookie = await sut.enter(email);
			const answers = await Promise.all(
				Array.from({ length: 30 }, (_, i) => sut.prove(cookie, String(100_000 + i))),
			);
			expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
		});

		test('of one account keep no other at the same address waiting', async () => {
			const other = `${randomUUID()}@example.org`;
			await seedPerson(getDatabase().db, { engagementId, email: other, roles: ['coder'] });
			const own = await sut.enrol(await sut.enter(email));
			await sut.enrol(await sut.enter(other));
			const attacker = await sut.enter(other);
			for (let i = 0; i < 10; i += 1) {
				await sut.prove(attacker, '000000');
			}
			sut.wait(1);
			expect((await sut.prove(await sut.enter(email), await own.codeNow())).status).toBe(200);
		});
	});

	test('leaves its events in the record of each engagement', async () => {
		const { recoveryCodes } = await sut.enrol(await sut.enter(email));
		await sut.prove(await sut.enter(email), recoveryCodes[0] ?? '');
		const entries = await getDatabase()
			.db.selectFrom('audit_entry')
			.select('action')
			.where('engagement_id', '=', engagementId)
			.orderBy('created_at')
			.execute();
		expect(entries.map(({ action }) => action)).toEqual([
			'second_factor.set_up',
			'second_factor.recovery_used',
		]);
	});
});
