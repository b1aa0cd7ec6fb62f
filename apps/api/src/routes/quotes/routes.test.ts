import { createHash } from 'node:crypto';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedCoding } from '../../testing/seed-coding.ts';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';

const TEXT = 'I like it. 😀 The bus is late!  Nobody waits.';

describeOnBothDatabases('a quote', (getDatabase) => {
	let engagementId: string;
	let people: string[];
	let sut: ReturnType<typeof testApp>;
	let base: string;
	let excerptId: string;

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		people = [];
		for (const name of ['ada', 'ben', 'cleo']) {
			const email = `${name}-${engagementId}@example.org`;
			people.push(await seedPerson(db, { engagementId, email, roles: ['coder'] }));
		}
		const { excerptIds } = await seedCoding(db, engagementId, [{ text: TEXT }]);
		excerptId = excerptIds[0] ?? '';
		sut = testApp(db);
		base = `/api/engagements/${engagementId}/quotes`;
		as(0);
	});

	const as = (place: number, role: 'coder' | 'administrator' | 'advisory_member' = 'coder') =>
		sut.signInAs(staff(people[place] ?? '', engagementId, [role]));
	const propose = (startAt: number, endAt: number) =>
		sut.send('POST', base, { excerptId, startAt, endAt });
	async function proposed(): Promise<string> {
		const { body } = await propose(13, 29);
		return `${base}/${(body as { id: string }).id}`; // the route's promise
	}
	const say = (path: string, isCleared: boolean) =>
		sut.send('PUT', `${path}/clearance`, { isCleared, reason: 'No name, no place.' });

	test('is a span of stored words in code points, with their hash', async () => {
		const path = await proposed();

		expect((await sut.send('GET', path)).body).toMatchObject({
			text: 'The bus is late!',
			before: 'I like it. 😀 ',
			after: '  Nobody waits.',
			question: { text: 'Why?' },
			status: 'waiting',
			missing: 2,
			isIntact: true,
			findings: 0,
		});
		const stored = await getDatabase()
			.db.selectFrom('quote')
			.select(['start_at', 'end_at', 'text_hash'])
			.where('engagement_id', '=', engagementId)
			.executeTakeFirstOrThrow();
		expect(stored).toEqual({
			start_at: 13,
			end_at: 29,
			text_hash: createHash('sha256').update('The bus is late!').digest('hex'),
		});
	});

	test('leaves white space at its ends out, and the same span twice is one quote', async () => {
		const first = await propose(12, 31);
		const second = await propose(13, 29);
		expect([first.status, second.status]).toEqual([201, 200]);
		expect(second.body).toEqual(first.body);
	});

	test.each([
		['an end before its beginning', 5, 5],
		['an end past the answer', 0, 1000],
		['no word', 11, 13],
	])('is refused with %s', async (_name, startAt, endAt) => {
		expect(await propose(startAt, endAt)).toMatchObject({
			status: 422,
			body: { error: { fields: { span: expect.any(String) } } },
		});
	});

	test('is offered sentence by sentence', async () => {
		const { body } = await sut.send('GET', `${base}/sources/${excerptId}`);
		const { sentences } = body as { sentences: { startAt: number; endAt: number; text: string }[] };
		const points = Array.from(TEXT);
		for (const { startAt, endAt, text } of sentences) {
			expect(points.slice(startAt, endAt).join('')).toBe(text);
		}
		expect(sentences.at(-1)?.text).toBe('Nobody waits.');
	});

	describe('is cleared', () => {
		test('by two different people, not by one twice', async () => {
			const path = await proposed();
			await say(path, true);
			expect((await say(path, true)).body).toMatchObject({ status: 'waiting', missing: 1 });
			as(1);
			expect((await say(path, true)).body).toMatchObject({ status: 'cleared', missing: 0 });
		});

		test('until a third blocks it, and again when they take it back', async () => {
			const path = await proposed();
			for (const place of [0, 1]) {
				as(place);
				await say(path, true);
			}
			as(2);
			expect((await say(path, false)).body).toMatchObject({
				status: 'blocked',
				clearances: [{ isOwn: false }, { isOwn: false }, { isOwn: true, isCleared: false }],
			});
			expect((await sut.send('DELETE', `${path}/clearance`)).body).toMatchObject({
				status: 'cleared',
			});
			expect((await sut.send('DELETE', `${path}/clearance`)).status).toBe(404);
		});

		test('not without a reason', async () => {
			const path = await proposed();
			const answer = await sut.send('PUT', `${path}/clearance`, { isCleared: true, reason: ' ' });
			expect(answer).toMatchObject({
				status: 422,
				body: { error: { fields: { reason: expect.any(String) } } },
			});
		});

		test('not once it is withdrawn', async () => {
			const path = await proposed();
			expect((await sut.send('POST', `${path}/withdrawal`)).body).toMatchObject({
				status: 'withdrawn',
			});
			expect(await say(path, true)).toMatchObject({
				status: 409,
				body: { error: { code: 'quote_withdrawn' } },
			});
			expect((await sut.send('POST', `${path}/withdrawal`)).status).toBe(404);
		});
	});

	test('whose words have changed says so', async () => {
		const path = await proposed();
		await getDatabase()
			.db.updateTable('excerpt')
			.set({ text: TEXT.replace('late', 'fine') })
			.where('engagement_id', '=', engagementId)
			.execute();
		expect((await sut.send('GET', path)).body).toMatchObject({ isIntact: false });
	});

	test('is proposed by coders and stewards, cleared by administrators too, seen by no others', async () => {
		const path = await proposed();
		as(1, 'administrator');
		expect((await say(path, true)).status).toBe(200);
		expect((await propose(0, 5)).status).toBe(403);
		as(1, 'advisory_member');
		expect((await sut.send('GET', base)).status).toBe(403);
	});

	test('tells nothing about who wrote it, or how it was coded', async () => {
		await proposed();
		const { body } = await sut.send('GET', base);
		expect(JSON.stringify(body)).not.toMatch(/source|cohort|site|grade|window|theme/i);
	});
});
