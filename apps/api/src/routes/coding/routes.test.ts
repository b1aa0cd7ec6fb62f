import { describeOnBothDatabases } from '@throughline/db/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedCoding, type SeededExcerpt, type ThemeKey } from '../../testing/seed-coding.ts';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { staff, testApp } from '../../testing/test-app.ts';
import type { CodingDesk, NextExcerpts, SteppedDecision, SuggestionsView } from './schema.ts';

describeOnBothDatabases('a coder', (getDatabase) => {
	let engagementId: string;
	let ada: string;
	let ben: string;
	let sut: ReturnType<typeof testApp>;
	let base: string;
	let themeIds: Record<ThemeKey, string>;
	let ids: string[];

	beforeEach(async () => {
		const { db } = getDatabase();
		({ engagementId } = await seedEngagement(db));
		const coder = (name: string) =>
			seedPerson(db, { engagementId, email: `${name}-${engagementId}@x.org`, roles: ['coder'] });
		ada = await coder('ada');
		ben = await coder('ben');
		sut = testApp(db);
		base = `/api/engagements/${engagementId}/coding`;
	});

	afterEach(() => sut.deps.suggestions.stop());

	async function seed(excerpts: SeededExcerpt[]): Promise<void> {
		const seeded = await seedCoding(getDatabase().db, engagementId, excerpts);
		themeIds = seeded.themeIds;
		ids = seeded.excerptIds;
	}

	/** The id of the excerpt seeded at this place. */
	const at = (place: number) => ids[place] ?? '';
	const as = (personId: string) => sut.signInAs(staff(personId, engagementId, ['coder']));
	const themes = (...keys: ThemeKey[]) => keys.map((key) => themeIds[key]).sort();

	async function decide(place: number, ...keys: ThemeKey[]) {
		const path = `${base}/excerpts/${at(place)}/decision`;
		return sut.send('PUT', path, { themeIds: themes(...keys) });
	}
	async function next(query = ''): Promise<string[]> {
		const { body } = await sut.send('GET', `${base}/next${query}`);
		// The shape is what the route promises; these tests check what is in it.
		return (body as NextExcerpts).excerpts.map(({ id }) => id);
	}
	async function desk(): Promise<CodingDesk> {
		return (await sut.send('GET', base)).body as CodingDesk; // the route's promise
	}
	async function step(direction: 'undo' | 'redo'): Promise<SteppedDecision> {
		return (await sut.send('POST', `${base}/${direction}`)).body as SteppedDecision; // same
	}
	const plain = (count: number): SeededExcerpt[] =>
		Array.from({ length: count }, (_, index) => ({ text: `The bus is late again ${index}.` }));

	describe('is given', () => {
		test('the words and the question of an excerpt, and nothing about who wrote it', async () => {
			await seed([{ text: 'El autobús llega tarde.', language: 'es' }]);
			as(ada);

			const { body } = await sut.send('GET', `${base}/next`);

			expect(body).toEqual({
				excerpts: [
					{
						id: at(0),
						text: 'El autobús llega tarde.',
						language: 'es',
						direction: 'ltr',
						question: { text: 'Why?', language: 'en' },
						dialog: null,
					},
				],
			});
		});

		test('the double-coding sample first, then the queue, never blank words', async () => {
			await seed([
				{ text: 'idk', isNonAnswer: true },
				{ text: 'The bus is late.' },
				{ text: 'Lunch is cold.', inSample: true },
				{ text: 'Gym is fun.' },
				{ text: 'I am afraid.', inSample: true },
			]);
			as(ada);

			expect((await next()).slice(0, 2)).toEqual([at(2), at(4)]);
			expect((await next()).slice(2).sort()).toEqual([at(1), at(3)].sort());
		});

		test('nothing it holds already, and no more than it asks for', async () => {
			await seed(plain(6));
			as(ada);
			const first = await next('?limit=3');

			expect(first).toHaveLength(3);
			const rest = await next(`?limit=20&skip=${first.join(',')}`);
			expect([...first, ...rest].sort()).toEqual([...ids].sort());
		});

		test('what another coder is not dealt, as long as there is some', async () => {
			await seed(plain(8));
			as(ada);
			const adas = await next('?limit=4');
			as(ben);
			const bens = await next('?limit=4');

			expect(new Set([...adas, ...bens]).size).toBe(8);
		});

		test('a sampled excerpt until two have decided, another until one has', async () => {
			await seed([{ text: 'Lunch is cold.', inSample: true }, { text: 'The bus is late.' }]);
			as(ada);
			await decide(0, 'B1');
			await decide(1, 'B2');
			expect(await next()).toEqual([]);

			as(ben);
			expect(await next()).toEqual([at(0)]);
			await decide(0, 'B1');
			expect(await next()).toEqual([]);
		});
	});

	describe('never learns', () => {
		const rivalTheme = 'A2';

		/** Everything Ben can ask for before he has decided on an excerpt. */
		async function everything(): Promise<string> {
			const answers = await Promise.all([
				sut.send('GET', base),
				sut.send('GET', `${base}/next`),
				sut.send('GET', `${base}/decided`),
				sut.send('GET', `${base}/blanks`),
				sut.send('GET', `${base}/excerpts/${at(0)}`),
				sut.send('POST', `${base}/excerpts/${at(0)}/suggestions`),
				sut.send('POST', `${base}/undo`),
				sut.send('POST', `${base}/redo`),
				sut.send('GET', `/api/engagements/${engagementId}/disagreements`),
				sut.send('GET', `/api/engagements/${engagementId}/disagreements/${at(0)}`),
				sut.send('PUT', `/api/engagements/${engagementId}/disagreements/${at(0)}/settlement`, {
					themeIds: [],
					note: 'Mine.',
				}),
				sut.send('DELETE', `/api/engagements/${engagementId}/disagreements/${at(0)}/settlement`),
				sut.send('GET', `/api/engagements/${engagementId}/codebook/reliability`),
			]);
			return JSON.stringify(answers.map(({ body }) => body));
		}

		test('what another put on an excerpt before deciding on it', async () => {
			await seed([{ text: 'I am afraid.', inSample: true }, ...plain(2)]);
			as(ben);
			const before = await everything();
			as(ada);
			await decide(0, rivalTheme);
			as(ben);

			const after = await everything();

			expect(after).toBe(before);
			expect(after).not.toContain(themeIds[rivalTheme]);
			expect(after).not.toContain(ada);
		});

		test('it by undoing: only their own steps are undone', async () => {
			await seed(plain(2));
			as(ada);
			await decide(0, rivalTheme);
			as(ben);

			expect(await sut.send('POST', `${base}/undo`)).toMatchObject({
				status: 409,
				body: { error: { code: 'nothing_to_undo' } },
			});
		});

		test('where they and another differ, until both have decided', async () => {
			await seed([{ text: 'I am afraid.', inSample: true }]);
			as(ada);
			await decide(0, rivalTheme);
			const path = `/api/engagements/${engagementId}/disagreements`;
			as(ben);
			expect((await sut.send('GET', path)).body).toMatchObject({ total: 0, disagreements: [] });
			expect(await sut.send('GET', `${path}/${at(0)}`)).toMatchObject({
				status: 409,
				body: { error: { code: 'decide_first' } },
			});

			await decide(0, 'A1');

			expect((await sut.send('GET', path)).body).toMatchObject({ total: 1 });
			expect((await sut.send('GET', `${path}/${at(0)}`)).body).toMatchObject({
				own: themes('A1'),
				others: [themes(rivalTheme)],
			});
		});
	});

	describe('decides', () => {
		test('and sees it in the progress and among the decided', async () => {
			await seed(plain(3));
			as(ada);
			expect((await decide(0, 'B2', 'A1')).body).toEqual({
				themeIds: themes('B2', 'A1'),
				sawSuggestions: false,
			});

			expect(await desk()).toMatchObject({
				progress: { decided: 1, remaining: 2 },
				canUndo: true,
				canRedo: false,
				maxThemes: 4,
			});
			const { body } = await sut.send('GET', `${base}/decided`);
			expect(body).toMatchObject({
				decided: [{ id: at(0), themeIds: themes('B2', 'A1') }],
				hasMore: false,
			});
		});

		test('that no theme fits, and that is a decision', async () => {
			await seed(plain(1));
			as(ada);
			expect((await decide(0)).body).toEqual({ themeIds: [], sawSuggestions: false });
			expect(await next()).toEqual([]);
		});

		test('the same twice without a second step to undo', async () => {
			await seed(plain(1));
			as(ada);
			await decide(0, 'B2');
			const again = await decide(0, 'B2');

			expect(again.status).toBe(200);
			expect((await step('undo')).decision).toBeNull();
			expect((await sut.send('POST', `${base}/undo`)).status).toBe(409);
		});

		test.each([
			['five themes', () => themes('A1', 'A2', 'B1', 'B2', 'B3')],
			['a theme of elsewhere', () => ['019aa000-0000-7000-8000-00000000000f']],
			['no id', () => ['A1']],
		])('not on %s', async (_name, chosen) => {
			await seed(plain(1));
			as(ada);
			const path = `${base}/excerpts/${at(0)}/decision`;
			expect(await sut.send('PUT', path, { themeIds: chosen() })).toMatchObject({
				status: 422,
				body: { error: { code: 'invalid_input' } },
			});
			expect(await desk()).toMatchObject({ progress: { decided: 0 } });
		});

		test('not on an excerpt of another engagement', async () => {
			await seed(plain(1));
			const other = await seedEngagement(getDatabase().db);
			sut.signInAs(staff(ada, other.engagementId, ['coder']));
			const path = `/api/engagements/${other.engagementId}/coding/excerpts/${at(0)}/decision`;
			expect((await sut.send('PUT', path, { themeIds: [] })).status).toBe(404);
		});

		test('not as anything but a coder', async () => {
			await seed(plain(1));
			sut.signInAs(staff(ada, engagementId, ['administrator', 'data_steward', 'advisory_member']));
			expect((await decide(0)).status).toBe(403);
			expect((await sut.send('GET', `${base}/next`)).status).toBe(403);
		});
	});

	describe('undoes', () => {
		test('a hundred decisions and redoes them, one by one', async () => {
			await seed(plain(100));
			as(ada);
			for (const place of ids.keys()) {
				await decide(place, 'B2');
			}
			for (const place of [...ids.keys()].reverse()) {
				expect((await step('undo')).excerpt.id).toBe(at(place));
			}
			expect(await desk()).toMatchObject({
				progress: { decided: 0 },
				canUndo: false,
				canRedo: true,
			});
			for (const place of ids.keys()) {
				expect(await step('redo')).toMatchObject({
					excerpt: { id: at(place) },
					decision: { themeIds: themes('B2') },
				});
			}
			expect(await desk()).toMatchObject({ progress: { decided: 100 }, canRedo: false });
		});

		test('a change back to what stood before it', async () => {
			await seed(plain(1));
			as(ada);
			await decide(0, 'B2');
			await decide(0, 'B1');

			expect((await step('undo')).decision).toEqual({
				themeIds: themes('B2'),
				sawSuggestions: false,
			});
		});

		test('and decides anew, after which nothing is left to redo', async () => {
			await seed(plain(2));
			as(ada);
			await decide(0, 'B2');
			await step('undo');
			await decide(1, 'B1');

			expect(await desk()).toMatchObject({ canUndo: true, canRedo: false });
			expect((await sut.send('POST', `${base}/redo`)).status).toBe(409);
		});
	});

	describe('sees suggestions', () => {
		async function suggestions(place: number): Promise<SuggestionsView> {
			const path = `${base}/excerpts/${at(place)}/suggestions`;
			return (await sut.send('POST', path)).body as SuggestionsView; // the route's promise
		}

		test('only after deciding, with the words that led to them', async () => {
			await seed([{ text: 'The bus was late.' }]);
			await sut.deps.suggestions.train(engagementId);
			as(ada);
			expect(await suggestions(0)).toMatchObject({ error: { code: 'decide_first' } });
			await decide(0);

			const { state, suggestions: found } = await suggestions(0);

			expect(state).toBe('ready');
			expect(found[0]).toMatchObject({ themeId: themeIds.B2, confidence: expect.any(String) });
			const said = found[0]?.evidence.map(({ start, end }) =>
				'The bus was late.'.slice(start, end),
			);
			expect(said).toContain('bus');
		});

		test('and what they decide from then on is marked', async () => {
			await seed([{ text: 'The bus was late.' }]);
			await sut.deps.suggestions.train(engagementId);
			as(ada);
			await decide(0);
			await suggestions(0);
			expect((await decide(0)).body).toEqual({ themeIds: [], sawSuggestions: false });

			expect((await decide(0, 'B2')).body).toMatchObject({ sawSuggestions: true });
			await step('undo');
			await step('undo');
			expect((await decide(0, 'B2')).body).toMatchObject({ sawSuggestions: true });
		});

		test('later, when there is no model yet', async () => {
			await seed(plain(1));
			as(ada);
			await decide(0);
			expect(await suggestions(0)).toEqual({ state: 'preparing', suggestions: [] });
			expect((await decide(0, 'B2')).body).toMatchObject({ sawSuggestions: false });
		});
	});

	describe('finds blank words apart', () => {
		test('and brings one back into the queue', async () => {
			await seed([{ text: 'idk', isNonAnswer: true }]);
			as(ada);
			expect(await desk()).toMatchObject({ blanks: 1, progress: { remaining: 0 } });
			expect((await sut.send('GET', `${base}/blanks`)).body).toMatchObject({
				blanks: [{ id: at(0), text: 'idk' }],
			});
			expect((await decide(0)).body).toMatchObject({ error: { code: 'blank_words' } });

			expect((await sut.send('POST', `${base}/blanks/${at(0)}`)).status).toBe(200);

			expect(await next()).toEqual([at(0)]);
			expect((await sut.send('POST', `${base}/blanks/${at(0)}`)).status).toBe(404);
		});
	});

	describe('settles a disagreement', () => {
		const path = () => `/api/engagements/${engagementId}/disagreements/${at(0)}`;

		beforeEach(async () => {
			await seed([{ text: 'I am afraid.', inSample: true }]);
			as(ada);
			await decide(0, 'A2');
			as(ben);
			await decide(0, 'A1');
		});

		test('with a note, and takes it back', async () => {
			const settlement = { themeIds: themes('A2'), note: ' Fear is named. ' };
			expect((await sut.send('PUT', `${path()}/settlement`, settlement)).status).toBe(200);
			expect((await sut.send('GET', path())).body).toMatchObject({
				settlement: { themeIds: themes('A2'), note: 'Fear is named.', isOwn: true },
				nextId: null,
			});
			expect(await desk()).toMatchObject({ disagreements: 0 });

			expect((await sut.send('DELETE', `${path()}/settlement`)).status).toBe(200);
			expect(await desk()).toMatchObject({ disagreements: 1 });
		});

		test('not without saying why', async () => {
			const settlement = { themeIds: [], note: ' ' };
			expect(await sut.send('PUT', `${path()}/settlement`, settlement)).toMatchObject({
				status: 422,
				body: { error: { fields: { note: expect.any(String) } } },
			});
		});

		test('after which a change of their own is not blind any more', async () => {
			await sut.send('GET', path());
			expect((await decide(0, 'A2')).body).toMatchObject({ sawSuggestions: true });
		});
	});

	test('is told their own pace, and nobody else is', async () => {
		await seed(plain(8));
		as(ada);
		for (const place of ids.keys()) {
			sut.travelTo(`2026-01-15T12:00:${10 + 6 * place}Z`);
			await decide(place);
		}
		expect(await desk()).toMatchObject({ pace: 6 });
		as(ben);
		expect(await desk()).toMatchObject({ pace: null });
	});
});
