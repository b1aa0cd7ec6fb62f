import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedEngagement, seedPerson, type SeededSite } from '../../testing/seed-engagement.ts';
import { seedQuote, seedResults, type SeededResults } from '../../testing/seed-results.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { FindingList, FindingOptions, FindingView } from './schema.ts';

describeOnBothDatabases('findings', (getDatabase) => {
	let engagementId: string;
	let people: string[];
	let seeded: SeededResults;
	let quotes: { cleared: string; once: string; blocked: string };
	let sut: ReturnType<typeof testApp>;
	let base: string;

	beforeAll(async () => {
		const { db } = getDatabase();
		const { north, south, ...rest } = await seedEngagement(db);
		({ engagementId } = rest);
		people = [];
		for (const name of ['a', 'b', 'c']) {
			const email = `${name}-${engagementId}@example.org`;
			people.push(await seedPerson(db, { engagementId, email, roles: ['advisory_member'] }));
		}
		const coders = people.slice(0, 2);
		seeded = await seedResults(db, engagementId, { answers: answersOf(north, south), coders });
		const [one = '', two = '', three = ''] = seeded.excerptIds.filter((id) => id !== null);
		const own = { engagementId };
		quotes = {
			cleared: await seedQuote(db, { ...own, excerptId: one, clearedBy: coders }),
			once: await seedQuote(db, { ...own, excerptId: two, clearedBy: coders.slice(1) }),
			blocked: await seedQuote(db, {
				...own,
				excerptId: three,
				clearedBy: coders,
				blockedBy: people.slice(2),
			}),
		};
		sut = testApp(db);
		base = `/api/engagements/${engagementId}/findings`;
	});

	beforeEach(() => signIn(['advisory_member']));

	function signIn(roles: Parameters<typeof staff>[2]) {
		sut.signInAs(staff(people[0] ?? '', engagementId, roles));
	}

	const table = (ref = 'Q2', breakdown: string | null = null) => ({
		windowId: seeded.windowId,
		kind: ref === 'all' ? 'themes' : 'question',
		ref,
		breakdown,
	});
	const words = { sentence: 'Students were heard.', minorityView: 'A few say they were not.' };

	async function create(change: Record<string, unknown> = {}): Promise<string> {
		const { status, body } = await sut.send('POST', base, { ...words, ...change });
		expect(status).toBe(201);
		return (body as { id: string }).id; // the route's own answer
	}

	async function read(id: string): Promise<FindingView> {
		const { body } = await sut.send('GET', `${base}/${id}`);
		return body as FindingView; // the route's own answer
	}

	const move = (id: string, step: string, version: number) =>
		sut.send('POST', `${base}/${id}/${step}`, { version });

	test('begin as drafts and show their charts and quotes as they stand', async () => {
		const id = await create({
			tables: [table('Q2'), table('all')],
			themeKeys: ['T1'],
			quoteIds: [quotes.cleared],
		});
		const finding = await read(id);

		expect(finding).toMatchObject({ ...words, status: 'draft', version: 1, missing: [] });
		expect(finding.tables.map(({ chart }) => chart?.id)).toEqual(['Q2', 'themes-all']);
		expect(finding.themes).toMatchObject([{ key: 'T1', label: 'Theme T1' }]);
		expect(finding.quotes).toMatchObject([
			{ id: quotes.cleared, status: 'cleared', card: { text: 'It was answer number 0.' } },
		]);
	});

	describe('check what a person typed against the tables', () => {
		test('a share that no table shows is refused at the sentence', async () => {
			const { status, body } = await sut.send('POST', base, {
				...words,
				sentence: 'Exactly 99% of them agree.',
				tables: [table()],
			});
			expect(status).toBe(422);
			expect(body).toMatchObject({ error: { fields: { sentence: expect.stringMatching(/99%/) } } });
		});

		test('students whom no table counts are refused, in the minority view too', async () => {
			const { status, body } = await sut.send('POST', base, {
				...words,
				sentence: 'Many agree, and three students said so.',
				minorityView: '3 students of Old Mill said no.',
				tables: [table()],
			});
			expect(status).toBe(422);
			expect(body).toMatchObject({
				error: {
					fields: {
						sentence: expect.stringMatching(/“three students”/),
						minorityView: expect.stringMatching(/“3 students”/),
					},
				},
			});
		});

		test('a finding whose table was taken out cannot be called ready with its number', async () => {
			const { tables } = await read(await create({ tables: [table()] }));
			const people = tables[0]?.chart?.people;
			const n = people?.type === 'exact' ? people.n : 0;
			const sentence = `Of all, ${n} students answered.`;
			const id = await create({ sentence, tables: [table()] });
			await getDatabase().db.deleteFrom('finding_table').where('finding_id', '=', id).execute();
			expect(await move(id, 'ready', 1)).toMatchObject({
				status: 409,
				body: { error: { fields: { sentence: expect.stringContaining(`“${n} students”`) } } },
			});
		});

		test('a share that a table shows may stand, with a hint that numbers live in tables', async () => {
			const finding = await read(await create({ tables: [table()] }));
			const [chart] = finding.tables.flatMap((own) => own.chart ?? []);
			const [row] = chart?.kind === 'options' ? chart.rows : [];
			const figure = row?.cell.type === 'shown' ? row.cell.figure.text : '';
			const id = await create({ sentence: `About ${figure} chose it.`, tables: [table()] });

			expect(figure).toMatch(/%$/);
			expect((await read(id)).hasDigits).toBe(true);
			expect(finding.hasDigits).toBe(false);
		});

		test('words nobody said may not be quoted', async () => {
			const { status } = await sut.send('POST', base, {
				...words,
				sentence: 'Students say “nobody ever listens here”.',
				tables: [table()],
			});
			expect(status).toBe(422);
		});
	});

	test.each([
		['an empty sentence', () => ({ sentence: '  ' }), 'sentence'],
		['a question that is not there', () => ({ tables: [table('Q9')] }), 'tables'],
		['a question about the student', () => ({ tables: [table('R1')] }), 'tables'],
		['a theme that is not there', () => ({ themeKeys: ['T9'] }), 'themeKeys'],
		['a blocked quote', () => ({ quoteIds: [quotes.blocked] }), 'quoteIds'],
		['a quote one person cleared', () => ({ quoteIds: [quotes.once] }), 'quoteIds'],
		[
			'nine tables',
			() => ({ tables: Array.from({ length: 9 }, (_, i) => table(`Q${i}`)) }),
			'tables',
		],
	])('%s is refused at its field', async (_, change, field) => {
		const { status, body } = await sut.send('POST', base, { ...words, ...change() });
		expect(status).toBe(422);
		expect(body).toHaveProperty(['error', 'fields', field]);
	});

	describe('are ready', () => {
		test('only with a table or a cleared quote', async () => {
			const id = await create();
			const { status, body } = await move(id, 'ready', 1);

			expect(status).toBe(409);
			expect(body).toMatchObject({ error: { code: 'finding_not_ready' } });
			expect(body).toHaveProperty(['error', 'fields', 'tables']);
			expect((await read(id)).missing).toEqual(['evidence']);
		});

		test('only when it is said who saw it differently', async () => {
			const id = await create({ minorityView: '', tables: [table()] });
			const { status, body } = await move(id, 'ready', 1);

			expect(status).toBe(409);
			expect(body).toHaveProperty(['error', 'fields', 'minorityView']);
		});

		test('on a cleared quote alone', async () => {
			const id = await create({ quoteIds: [quotes.cleared] });
			expect((await move(id, 'ready', 1)).status).toBe(200);
			expect((await read(id)).status).toBe('ready');
		});

		test('and may not lose what made them so', async () => {
			const id = await create({ tables: [table()] });
			await move(id, 'ready', 1);
			const { status, body } = await sut.send('PUT', `${base}/${id}`, {
				...words,
				tables: [],
				version: 2,
			});
			expect(status).toBe(409);
			expect(body).toMatchObject({ error: { code: 'finding_not_ready' } });
		});

		test('until they are set back to draft', async () => {
			const id = await create({ tables: [table()] });
			await move(id, 'ready', 1);
			expect((await move(id, 'draft', 2)).status).toBe(200);
			expect((await read(id)).status).toBe('draft');
		});
	});

	test('keep the words of whoever was faster', async () => {
		const id = await create();
		const theirs = { ...words, sentence: 'Theirs stands.', version: 1 };
		const mine = { ...words, sentence: 'Mine came later.', version: 1 };
		const first = await sut.send('PUT', `${base}/${id}`, theirs);
		const second = await sut.send('PUT', `${base}/${id}`, mine);

		expect(first.status).toBe(200);
		expect(second.status).toBe(409);
		expect(second.body).toMatchObject({ error: { code: 'changed_meanwhile' } });
		expect(await read(id)).toMatchObject({ sentence: 'Theirs stands.', version: 2 });
	});

	test('are put away and brought back, never deleted', async () => {
		const id = await create({ tables: [table()] });
		await move(id, 'archive', 1);
		const away = (await sut.send('GET', base)).body as FindingList; // the route's own answer
		await move(id, 'restore', 2);

		expect(away.findings.map((finding) => finding.id)).not.toContain(id);
		expect(away.archived).toContainEqual({ id, sentence: words.sentence, version: 2 });
		expect(await read(id)).toMatchObject({ isArchived: false, tables: [{ address: table() }] });
	});

	test('stay where they are while they are ready', async () => {
		const id = await create({ tables: [table()] });
		await move(id, 'ready', 1);
		const { status, body } = await move(id, 'archive', 2);
		expect(status).toBe(409);
		expect(body).toMatchObject({ error: { code: 'finding_in_use' } });
	});

	test('offer tables by section, themes, and cleared quotes alone to the advisory team', async () => {
		const { body } = await sut.send('GET', `${base}/options`);
		const options = body as FindingOptions; // the route's own answer

		expect(options.windows[0]?.sections.map(({ id }) => id)).toEqual(['A', 'themes']);
		expect(options.windows[0]?.sections[0]?.tables.map(({ ref }) => ref)).toEqual([
			'Q1',
			'Q2',
			'Q3',
		]);
		expect(options.themes.map(({ key }) => key)).toEqual(['T1', 'T2', 'T3']);
		expect(options.quotes.map(({ id }) => id)).toEqual([quotes.cleared]);
	});

	test('show the words of an uncleared quote only to those who clear quotes', async () => {
		signIn(['administrator']);
		const id = await create({ quoteIds: [quotes.once] });
		const cleared = await read(id);
		signIn(['advisory_member']);
		const seen = await sut.send('GET', `${base}/${id}`);

		expect(cleared.quotes[0]).toMatchObject({ status: 'once_cleared', card: { language: 'en' } });
		expect(seen.body).toMatchObject({ quotes: [{ status: 'once_cleared', card: null }] });
		expect(JSON.stringify(seen.body)).not.toContain('answer number 1');
	});

	describe('belong to', () => {
		const read403 = ['facilitator', 'police_partner', 'complaint_officer'] as const;
		const write403 = ['coder', 'data_steward', ...read403] as const;

		test.each(read403)('not the %s', async (role) => {
			signIn([role]);
			expect((await sut.send('GET', base)).status).toBe(403);
			expect((await sut.send('GET', `${base}/options`)).status).toBe(403);
		});

		test.each(write403)('the pen of others than the %s', async (role) => {
			const id = await create();
			signIn([role]);
			const answers = await Promise.all([
				sut.send('POST', base, words),
				sut.send('PUT', `${base}/${id}`, { ...words, version: 1 }),
				...['ready', 'draft', 'archive', 'restore'].map((step) => move(id, step, 1)),
			]);
			expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
		});
	});

	test('of another engagement are not found', async () => {
		const id = await create();
		const { engagementId: other } = await seedEngagement(getDatabase().db);
		sut.signInAs(staff(people[0] ?? '', other, ['advisory_member']));
		const { status } = await sut.send('GET', `/api/engagements/${other}/findings/${id}`);
		expect(status).toBe(404);
	});
});

function answersOf(north: SeededSite, south: SeededSite) {
	return Array.from({ length: 60 }, (_, index) => ({
		site: index % 2 === 0 ? north : south,
		grade: index % 2 === 0 ? '9' : '6',
		values: {
			Q1: String((index % 5) + 1),
			Q2: index % 3 === 0 ? 'a' : 'b',
			Q3: ['x'],
			...(index < 20 && { Q4: `It was answer number ${index}.` }),
			G1: index % 2 === 0 ? 'girl' : 'boy',
		},
		...(index < 20 && { themes: ['T1'] }),
	}));
}
