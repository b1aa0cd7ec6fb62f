import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { seedQuote, seedResults, type SeededResults } from '../../testing/seed-results.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { RecommendationList, RecommendationView } from './schema.ts';

describeOnBothDatabases('recommendations', (getDatabase) => {
	let engagementId: string;
	let people: string[];
	let seeded: SeededResults;
	let sut: ReturnType<typeof testApp>;
	let base: string;
	let findings: string;

	beforeAll(async () => {
		const { db } = getDatabase();
		const { north, ...rest } = await seedEngagement(db);
		({ engagementId } = rest);
		people = [];
		for (const name of ['a', 'b']) {
			const email = `${name}-${engagementId}@example.org`;
			people.push(await seedPerson(db, { engagementId, email, roles: ['advisory_member'] }));
		}
		const answers = Array.from({ length: 40 }, (_, index) => ({
			site: north,
			grade: '9',
			values: { Q1: '4', Q2: index % 2 === 0 ? 'a' : 'b', Q4: `Answer ${index}.` },
		}));
		seeded = await seedResults(db, engagementId, { answers, coders: people });
		sut = testApp(db);
		base = `/api/engagements/${engagementId}/recommendations`;
		findings = `/api/engagements/${engagementId}/findings`;
	});

	beforeEach(() => signIn(['advisory_member']));

	function signIn(roles: Parameters<typeof staff>[2]) {
		sut.signInAs(staff(people[0] ?? '', engagementId, roles));
	}

	const words = { category: 'assessment', text: 'Review the program once a year.' };

	async function create(change: Record<string, unknown> = {}): Promise<string> {
		const { status, body } = await sut.send('POST', base, { ...words, ...change });
		expect(status).toBe(201);
		return (body as { id: string }).id; // the route's own answer
	}

	async function createFinding(change: { isReady?: boolean; evidence?: object } = {}) {
		const tables = [{ windowId: seeded.windowId, kind: 'question', ref: 'Q2', breakdown: null }];
		const { body } = await sut.send('POST', findings, {
			sentence: 'Students want to know how it goes.',
			minorityView: 'Some do not mind.',
			...(change.evidence ?? { tables }),
		});
		const { id } = body as { id: string }; // the route's own answer
		if (change.isReady ?? true) {
			await sut.send('POST', `${findings}/${id}/ready`, { version: 1 });
		}
		return id;
	}

	async function read(id: string): Promise<RecommendationView> {
		const { body } = await sut.send('GET', `${base}/${id}`);
		return body as RecommendationView; // the route's own answer
	}

	async function move(id: string, status: string, reason = '') {
		const { version } = await read(id);
		return await sut.send('POST', `${base}/${id}/status`, { status, reason, version });
	}

	async function link(id: string, findingIds: string[]) {
		const { version } = await read(id);
		return await sut.send('PUT', `${base}/${id}/findings`, { findingIds, version });
	}

	/** In review, with a ready finding linked. */
	async function createFounded() {
		const id = await create();
		const finding = await createFinding();
		await move(id, 'advisory_review');
		await link(id, [finding]);
		return { id, finding };
	}

	test('begin as drafts with the next free key, in the category of the deck', async () => {
		const first = await read(await create());
		const second = await read(await create());
		const { body } = await sut.send('GET', base);
		const list = body as RecommendationList; // the route's own answer

		expect(first).toMatchObject({ ...words, status: 'draft', hasEvidence: false, version: 1 });
		expect(Number(second.key.slice(1))).toBe(Number(first.key.slice(1)) + 1);
		expect(list.categories).toHaveLength(7);
		const assessment = list.categories.find(({ id }) => id === 'assessment');
		expect(assessment?.recommendations.map(({ key }) => key)).toContain(second.key);
	});

	describe('rest on evidence', () => {
		test('or cannot be approved: the refusal says what is missing', async () => {
			const id = await create();
			await move(id, 'advisory_review');
			const { status, body } = await move(id, 'advisory_approved');

			expect(status).toBe(409);
			expect(body).toMatchObject({
				error: {
					code: 'no_evidence',
					message: expect.stringMatching(/rests on at least one ready/),
				},
			});
			expect((await read(id)).status).toBe('advisory_review');
		});

		test('that is ready: a draft finding does not carry', async () => {
			const id = await create();
			await move(id, 'advisory_review');
			await link(id, [await createFinding({ isReady: false })]);

			expect((await move(id, 'advisory_approved')).status).toBe(409);
			expect((await read(id)).hasEvidence).toBe(false);
		});

		test('that stands: a finding whose only quote was withdrawn carries nothing', async () => {
			const { db } = getDatabase();
			const quoteId = await seedQuote(db, {
				engagementId,
				excerptId: seeded.excerptIds[0] ?? '',
				clearedBy: people,
			});
			const id = await create();
			await move(id, 'advisory_review');
			await link(id, [await createFinding({ evidence: { quoteIds: [quoteId] } })]);
			const before = (await read(id)).hasEvidence;
			await db
				.updateTable('quote')
				.set({ withdrawn_at: new Date() })
				.where('id', '=', quoteId)
				.execute();

			expect(before).toBe(true);
			expect((await read(id)).hasEvidence).toBe(false);
			expect((await move(id, 'advisory_approved')).status).toBe(409);
		});

		test('and are approved with it, by the advisory team first', async () => {
			const { id } = await createFounded();
			expect((await move(id, 'advisory_approved')).status).toBe(200);
			expect((await move(id, 'admin_approved')).status).toBe(403);
			signIn(['administrator']);
			expect((await move(id, 'admin_approved')).status).toBe(200);
			expect((await read(id)).status).toBe('admin_approved');
		});

		test('and may not lose the last of it once approved', async () => {
			const { id, finding } = await createFounded();
			await move(id, 'advisory_approved');
			const unlinked = await link(id, []);
			const unready = await sut.send('POST', `${findings}/${finding}/draft`, { version: 2 });

			expect(unlinked.body).toMatchObject({ error: { code: 'no_evidence' } });
			expect(unready.body).toMatchObject({ error: { code: 'evidence_in_use' } });
			expect([unlinked.status, unready.status]).toEqual([409, 409]);
		});

		test('and may exchange it for other evidence', async () => {
			const { id, finding } = await createFounded();
			await move(id, 'advisory_approved');
			const other = await createFinding();

			expect((await link(id, [other])).status).toBe(200);
			expect((await sut.send('POST', `${findings}/${finding}/draft`, { version: 2 })).status).toBe(
				200,
			);
		});

		test('and keep their findings from being put away', async () => {
			const id = await create();
			const finding = await createFinding({ isReady: false });
			await link(id, [finding]);
			const { status } = await sut.send('POST', `${findings}/${finding}/archive`, { version: 1 });
			expect(status).toBe(409);
		});
	});

	test('show the chain both ways: from the recommendation, and from the finding', async () => {
		const { id, finding } = await createFounded();
		const { chain, key } = await read(id);
		const { body } = await sut.send('GET', `${findings}/${finding}`);

		expect(chain.findings).toMatchObject([
			{ id: finding, charts: [{ id: `${finding}#Q2` }], minorityView: 'Some do not mind.' },
		]);
		expect(chain.clause).toBeNull();
		expect(body).toMatchObject({ recommendations: [{ id, key }] });
	});

	test('go only where the pipeline leads', async () => {
		const id = await create();
		const { status, body } = await move(id, 'in_contract');
		expect(status).toBe(409);
		expect(body).toMatchObject({ error: { code: 'step_not_possible' } });
	});

	test('say why they were not adopted', async () => {
		const id = await create();
		await move(id, 'advisory_review');
		const silent = await move(id, 'not_adopted');
		const spoken = await move(id, 'not_adopted', 'It is law already.');

		expect(silent.status).toBe(422);
		expect(silent.body).toHaveProperty(['error', 'fields', 'reason']);
		expect(spoken.status).toBe(200);
		expect(await read(id)).toMatchObject({ status: 'not_adopted', reason: 'It is law already.' });
	});

	describe('that count students whom no chart behind them shows', () => {
		const measure = 'to hear the 3 students of Old Mill who said no';

		test('do not leave the draft, nor are written so where the public reads them', async () => {
			const draft = await create({ measure });
			expect(await move(draft, 'advisory_review')).toMatchObject({
				status: 422,
				body: { error: { fields: { measure: expect.stringContaining('“3 students”') } } },
			});
			const { id } = await createFounded();
			const { version } = await read(id);
			expect(await sut.send('PUT', `${base}/${id}`, { ...words, measure, version })).toMatchObject({
				status: 422,
				body: { error: { fields: { measure: expect.stringContaining('“3 students”') } } },
			});
		});

		test('nor in their reason', async () => {
			const { id } = await createFounded();
			expect(await move(id, 'not_adopted', 'Only 3 girls asked for it.')).toMatchObject({
				status: 422,
				body: { error: { fields: { reason: expect.stringContaining('“3 girls”') } } },
			});
		});

		test('but may repeat what a chart of their findings shows', async () => {
			const { id } = await createFounded();
			const { version } = await read(id);
			const text = 'Review it: 40 students answered.';
			const put = { ...words, text, version };
			expect(await sut.send('PUT', `${base}/${id}`, put)).toMatchObject({ status: 200 });
		});
	});

	test('keep the text that was approved, and let owner and measure change', async () => {
		const { id } = await createFounded();
		await move(id, 'advisory_approved');
		const { version } = await read(id);
		const put = (change: object) =>
			sut.send('PUT', `${base}/${id}`, { ...words, ...change, version });
		const text = await put({ text: 'Review it never.' });
		const owner = await put({ owner: 'Board chair' });

		expect(text.body).toMatchObject({ error: { code: 'recommendation_approved' } });
		expect(owner.status).toBe(200);
		expect(await read(id)).toMatchObject({ text: words.text, owner: 'Board chair' });
	});

	test('tell who changed which words', async () => {
		const id = await create();
		await sut.send('PUT', `${base}/${id}`, {
			category: 'assessment',
			text: 'Review the program twice a year.',
			version: 1,
		});
		const { history } = await read(id);

		expect(history.map(({ version, person }) => [version, person])).toEqual([
			[2, 'Test Person'],
			[1, 'Test Person'],
		]);
		expect(history[0]?.changes).toEqual([
			{
				field: 'text',
				words: [
					{ type: 'same', text: 'Review the program' },
					{ type: 'removed', text: 'once' },
					{ type: 'added', text: 'twice' },
					{ type: 'same', text: 'a year.' },
				],
			},
		]);
	});

	test('tell which findings were linked and unlinked', async () => {
		const id = await create();
		await link(id, [await createFinding()]);
		await link(id, []);
		const changes = (await read(id)).history.map((version) => version.changes);
		const sentence = 'Students want to know how it goes.';

		expect(changes.slice(0, 2)).toEqual([
			[{ field: 'findings', words: [{ type: 'removed', text: sentence }] }],
			[{ field: 'findings', words: [{ type: 'added', text: sentence }] }],
		]);
	});

	test('keep the words of whoever was faster', async () => {
		const id = await create();
		await sut.send('PUT', `${base}/${id}`, { ...words, text: 'Theirs.', version: 1 });
		const { status, body } = await sut.send('PUT', `${base}/${id}`, {
			...words,
			text: 'Mine.',
			version: 1,
		});
		expect(status).toBe(409);
		expect(body).toMatchObject({ error: { code: 'changed_meanwhile' } });
		expect((await read(id)).text).toBe('Theirs.');
	});

	test.each([
		['no text', { text: ' ' }, 'text'],
		['an unknown category', { category: 'other' }, 'category'],
		['a text without end', { text: 'x'.repeat(1201) }, 'text'],
	])('%s is refused at its field', async (_, change, field) => {
		const { status, body } = await sut.send('POST', base, { ...words, ...change });
		expect(status).toBe(422);
		expect(body).toHaveProperty(['error', 'fields', field]);
	});

	test.each(['coder', 'facilitator', 'police_partner', 'complaint_officer'] as const)(
		'are not for the %s',
		async (role) => {
			const id = await create();
			signIn([role]);
			const answers = await Promise.all([
				sut.send('GET', base),
				sut.send('GET', `${base}/${id}`),
				sut.send('POST', base, words),
				sut.send('PUT', `${base}/${id}/findings`, { findingIds: [], version: 1 }),
				sut.send('POST', `${base}/${id}/status`, { status: 'withdrawn', version: 1 }),
			]);
			expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
		},
	);

	test('are read, not written, by the data steward', async () => {
		const id = await create();
		signIn(['data_steward']);
		expect((await sut.send('GET', `${base}/${id}`)).status).toBe(200);
		expect((await sut.send('POST', base, words)).status).toBe(403);
	});
});
