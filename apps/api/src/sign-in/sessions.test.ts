import { describeOnBothDatabases } from '@throughline/db/testing';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { signInApp } from '../testing/sign-in-app.ts';

describeOnBothDatabases('sessions of staff', (getDatabase) => {
	let engagementId: string;
	let member: { id: string; email: string };
	let sut: ReturnType<typeof signInApp>;

	beforeEach(async () => {
		({ engagementId } = await seedEngagement(getDatabase().db));
		member = await person(['advisory_member']);
		sut = signInApp(getDatabase().db);
	});

	async function person(roles: Parameters<typeof seedPerson>[1]['roles']) {
		const email = `${randomUUID()}@example.org`;
		return { id: await seedPerson(getDatabase().db, { engagementId, email, roles }), email };
	}

	async function administrator(): Promise<string> {
		const { email } = await person(['administrator']);
		return (await sut.enrol(await sut.enter(email))).cookie;
	}

	const isIn = async (cookie: string) => (await sut.principal(cookie)).type === 'staff';
	const people = (rest: string) => `engagements/${engagementId}/people/${rest}`;

	test('are listed to their person, and one of them can be ended', async () => {
		const here = await sut.enter(member.email);
		const there = await sut.enter(member.email);
		const { body } = await sut.send('GET', 'session/own', { cookie: here });
		const { sessions } = body as { sessions: { id: string; isThis: boolean }[] };
		expect(sessions.map(({ isThis }) => isThis).toSorted()).toEqual([false, true]);
		expect(Object.keys(sessions[0] ?? {}).toSorted()).toEqual([
			'id',
			'isThis',
			'lastSeenAt',
			'startedAt',
		]);

		const other = sessions.find(({ isThis }) => !isThis)?.id ?? '';
		expect((await sut.send('DELETE', `session/own/${other}`, { cookie: here })).status).toBe(200);
		expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
	});

	test('that have run out are not listed', async () => {
		const before = await sut.enter(member.email);
		const here = await sut.enter(member.email);
		for (const minutes of [20, 20]) {
			sut.wait(minutes);
			expect(await isIn(here)).toBe(true);
		}
		const { body } = await sut.send('GET', 'session/own', { cookie: here });
		expect(body).toMatchObject({ sessions: [{ isThis: true }] });
		expect(await isIn(before)).toBe(false);
	});

	test('do not live on because the clock was put back, nor does a confirmation', async () => {
		const clockMends = await sut.enter(member.email);
		sut.wait(-0.5);
		expect(await isIn(clockMends)).toBe(true);
		sut.wait(-24 * 60);
		expect(await isIn(clockMends)).toBe(false);
		sut.wait(24 * 60 + 0.5);
		expect(await isIn(clockMends)).toBe(false);

		// Proved by a clock that was an hour ahead: it would count as new for an hour.
		const coder = await person(['coder']);
		const { cookie } = await sut.enrol(await sut.enter(coder.email));
		await getDatabase()
			.db.updateTable('auth_session')
			.set({ second_factor_at: new Date(Date.now() + 60 * 60_000) })
			.where('person_id', '=', coder.id)
			.execute();
		expect(await sut.principal(cookie)).toMatchObject({
			assurance: { secondFactor: 'proved', isFresh: false },
		});
	});

	test('of somebody else are neither listed nor ended', async () => {
		const stranger = await person(['advisory_member']);
		const theirs = await sut.enter(stranger.email);
		const own = await sut.enter(member.email);
		const principal = await sut.principal(theirs);
		const id = principal.type === 'staff' ? principal.sessionId : '';
		const { body } = await sut.send('GET', 'session/own', { cookie: own });
		expect(JSON.stringify(body)).not.toContain(id);
		expect((await sut.send('DELETE', `session/own/${id}`, { cookie: own })).status).toBe(404);
		expect(await isIn(theirs)).toBe(true);
	});

	test('end everywhere at once', async () => {
		const all = [await sut.enter(member.email), await sut.enter(member.email)];
		const [cookie = ''] = all;
		expect(await sut.send('DELETE', 'session/own', { cookie })).toMatchObject({
			status: 200,
			body: { ended: 2 },
		});
		expect(await Promise.all(all.map(isIn))).toEqual([false, false]);
	});

	test('are ended by an administrator, with the next request, and that is on record', async () => {
		const theirs = await sut.enter(member.email);
		const cookie = await administrator();
		expect(await isIn(theirs)).toBe(true);

		const answer = await sut.send('DELETE', people(`${member.id}/sessions`), { cookie });
		expect(answer).toMatchObject({ status: 200, body: { ended: 1 } });
		expect((await sut.send('GET', 'session', { cookie: theirs })).status).toBe(401);
		expect(await isIn(cookie)).toBe(true);
		const { body } = await sut.send('GET', `engagements/${engagementId}/audit`, { cookie });
		const { entries } = body as { entries: unknown[] }; // the next line says of what
		expect(entries[0]).toMatchObject({ action: 'person.signed_out', target: member.id });
	});

	test('of somebody who does not work there are not', async () => {
		const other = await seedEngagement(getDatabase().db);
		const email = `${randomUUID()}@example.org`;
		const id = await seedPerson(getDatabase().db, { ...other, email, roles: ['coder'] });
		const theirs = await sut.enter(email);
		const cookie = await administrator();
		expect((await sut.send('DELETE', people(`${id}/sessions`), { cookie })).status).toBe(404);
		expect(await isIn(theirs)).toBe(true);
	});

	test('lose a role with the next request after it was taken away', async () => {
		const theirs = await sut.enter(member.email);
		const results = `engagements/${engagementId}/results`;
		expect((await sut.send('GET', results, { cookie: theirs })).status).toBe(200);
		const cookie = await administrator();
		expect((await sut.send('DELETE', people(member.id), { cookie })).status).toBe(200);
		expect((await sut.send('GET', results, { cookie: theirs })).status).toBe(404);
	});

	test('with a second factor that was reset prove a new one', async () => {
		const coder = await person(['coder']);
		const { cookie: theirs } = await sut.enrol(await sut.enter(coder.email));
		const cookie = await administrator();
		const reset = people(`${coder.id}/second-factor`);
		expect((await sut.send('DELETE', reset, { cookie })).status).toBe(200);
		expect(await isIn(theirs)).toBe(false);
		expect(await sut.principal(await sut.enter(coder.email))).toMatchObject({
			assurance: { secondFactor: 'none' },
		});
		expect(await sut.send('DELETE', reset, { cookie })).toMatchObject({
			body: { error: { code: 'not_set_up' } },
		});
	});

	test('an administrator does not reset what guards another engagement', async () => {
		const { db } = getDatabase();
		const coder = await person(['coder']);
		const other = await seedEngagement(db);
		await seedPerson(db, { ...other, email: coder.email, roles: ['coder'] });
		await sut.enrol(await sut.enter(coder.email));
		const cookie = await administrator();
		const answer = await sut.send('DELETE', people(`${coder.id}/second-factor`), { cookie });
		expect(answer).toMatchObject({ status: 409, body: { error: { code: 'works_elsewhere' } } });
	});

	test('confirm that it is the person before roles change, and again after five minutes', async () => {
		const { email } = await person(['administrator']);
		const { cookie, codeNow } = await sut.enrol(await sut.enter(email));
		const change = () =>
			sut.send('PUT', people(`${member.id}/roles`), {
				cookie,
				body: { roles: ['advisory_member'], endsOn: null },
			});
		sut.wait(4.9);
		expect((await change()).status).toBe(200);
		sut.wait(0.2);
		expect(await change()).toMatchObject({
			status: 403,
			body: { error: { code: 'confirmation_required' } },
		});
		// What only reads goes on, and so does what they were about to do once they confirmed.
		expect((await sut.send('GET', `engagements/${engagementId}/people`, { cookie })).status).toBe(
			200,
		);
		expect((await sut.prove(cookie, await codeNow())).status).toBe(200);
		expect((await change()).status).toBe(200);
	});
});
