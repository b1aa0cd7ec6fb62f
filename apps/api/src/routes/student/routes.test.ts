import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashCode, parseCode } from '../../ballot/code.ts';
import { draftKey, draftKeyOfCode, openDraft, sealDraft } from '../../ballot/draft.ts';
import { openEnvelope } from '../../ballot/envelope.ts';
import { systemRandom } from '../../system/random.ts';
import { seedStudentWindow } from '../../testing/seed-student-window.ts';
import { studentClient } from '../../testing/student-client.ts';
import { testApp } from '../../testing/test-app.ts';

describeOnBothDatabases('a student', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let seeded: Awaited<ReturnType<typeof seedStudentWindow>>;
	let code: string;
	let student: ReturnType<typeof studentClient>;

	beforeEach(async () => {
		sut = testApp(getDatabase().db);
		seeded = await seedStudentWindow(getDatabase().db, sut.deps);
		code = seeded.codes.north9[0] ?? '';
		student = studentClient(sut, { link: seeded.link, code });
	});

	/** The one envelope of the window, opened. */
	async function handedIn() {
		const rows = await getDatabase()
			.db.selectFrom('envelope')
			.select(['body', 'cohort_id'])
			.where('window_id', '=', seeded.windowId)
			.execute();
		const key = await sut.deps.keys.makeEpochKey(seeded.windowId, 1);
		return rows.map((row) => openEnvelope(row.body, { key, cohortId: row.cohort_id }));
	}

	async function storedDrafts() {
		return await getDatabase()
			.db.selectFrom('draft')
			.select('body')
			.where('window_id', '=', seeded.windowId)
			.execute();
	}

	test('goes on with a draft of an earlier release, which the code alone had sealed', async () => {
		const { windowId } = seeded;
		const plain = parseCode(code) ?? '';
		await student.begin();
		await student.save('Q1', ['yes']);
		const [stored] = await storedDrafts();
		const draft = openDraft(stored?.body ?? Buffer.alloc(0), {
			key: draftKey(plain, windowId, sut.deps.keys.pepper),
			windowId,
		});
		const old = { key: draftKeyOfCode(plain, windowId), windowId };
		await getDatabase()
			.db.updateTable('draft')
			.set({ body: sealDraft(draft, old, systemRandom) })
			.where('window_id', '=', windowId)
			.execute();

		expect((await student.step('Q1')).body).toMatchObject({ values: ['yes'] });
		await student.save('Q3', ['More adults.']);
		const [after] = await storedDrafts();
		expect(() => openDraft(after?.body ?? Buffer.alloc(0), old)).toThrow();
		await student.finish();
		expect((await handedIn())[0]?.values).toMatchObject({ Q1: 'yes', Q3: 'More adults.' });
	});

	test('walks from the notice to the end, one step at a time', async () => {
		expect((await student.start()).body).toEqual({ code, next: 'notice' });
		expect((await student.save('notice')).body).toEqual({ type: 'saved', next: 'Q1' });
		expect((await student.save('Q1', ['yes'])).body).toEqual({ type: 'saved', next: 'Q3' });
		expect((await student.save('Q3', ['More adults.'])).body['next']).toBe('section-B');
		expect((await student.save('section-B')).body['next']).toBe('Q4');
		expect((await student.save('Q4', ['prefer_not_to_say'])).body['next']).toBe('Q5');
		expect((await student.save('Q5', ['okay'])).body['next']).toBe('check');
		expect((await student.finish()).body).toEqual({ isStored: true });

		const [response] = await handedIn();
		expect(response?.values).toEqual({
			Q1: 'yes',
			Q3: 'More adults.',
			Q4: 'prefer_not_to_say',
			Q5: 'okay',
		});
		// Not in which order options were shown: who saw the screen would know it again.
		expect(Object.keys(response?.meta ?? {}).sort()).toEqual(['language', 'notice', 'survey']);
		expect(response?.meta.language).toBe('en');
		expect(await storedDrafts()).toEqual([]);
	});

	test('reads the notice in parts, without sentences that have a gap', async () => {
		await student.start();
		const { body } = await student.step('notice');
		expect(body).toMatchObject({
			kind: 'notice',
			back: null,
			parts: [
				{
					id: 'purpose',
					heading: { text: 'Why we ask' },
					text: { text: 'Test Public Schools asks.' },
				},
			],
		});
	});

	test('is not asked anything before the notice was read', async () => {
		await student.start();
		expect((await student.step('Q1')).body).toEqual({ kind: 'moved', next: 'notice' });
		expect((await student.save('Q1', ['yes'])).body['next']).toBe('notice');
		expect((await student.finish()).status).toBe(409);
	});

	test('is not asked for the grade that the code says', async () => {
		await student.begin();
		expect((await student.step('G1')).body['kind']).toBe('moved');
		await student.save('G1', ['10']);
		await student.finish();
		expect((await handedIn())[0]?.values).toEqual({});
	});

	test('goes on where they stopped, on another device and in their language', async () => {
		await student.begin('es');
		await student.save('Q1', ['no']);
		const elsewhere = studentClient(sut, { link: seeded.link, code: code.toLowerCase() });
		const again = await elsewhere.send('POST', '/start', { code, language: 'en' });
		expect(again.body).toEqual({ code, next: 'Q2' });
		expect((await elsewhere.step('Q1')).body).toMatchObject({ values: ['no'], language: 'es' });
	});

	test('sees shuffled options in the same order every time', async () => {
		await student.begin();
		await student.save('Q1', ['no']);
		const order = async () => JSON.stringify((await student.step('Q2')).body['question']);
		const first = await order();
		expect(await order()).toBe(first);
		await student.save('Q2', ['hall']);
		expect(await order()).toBe(first);
	});

	test('is asked once about a blank, and let go from the page that asked', async () => {
		await student.begin();
		const asked = { type: 'refused', problem: { code: 'blank', params: {} } };
		expect((await student.save('Q1')).body).toEqual(asked);
		// The same page again, because the answer was lost on the way.
		expect((await student.save('Q1')).body).toEqual(asked);
		expect((await student.save('Q1', [], { isAskedAgain: true })).body).toEqual({
			type: 'saved',
			next: 'Q3',
		});
		expect((await student.save('Q3', [''])).body['next']).toBe('section-B');
	});

	test('skips a section without losing what was answered in it', async () => {
		await student.begin();
		await student.save('Q1', ['yes']);
		await student.save('Q3', ['']);
		await student.save('section-B');
		await student.save('Q4', ['no']);
		const skipped = await student.save('section-B', [], { intent: 'skip_section' });
		expect(skipped.body['next']).toBe('check');
		await student.finish();
		expect((await handedIn())[0]?.values).toEqual({ Q1: 'yes', Q4: 'no' });
	});

	test('hides later answers by changing an earlier one, and gets them back', async () => {
		await student.begin();
		await student.save('Q1', ['no']);
		await student.save('Q2', ['hall', 'bus']);
		const changed = await student.save('Q1', ['yes'], { from: 'check' });
		expect(changed.body['next']).toBe('Q3');
		expect((await student.step('Q2')).body['kind']).toBe('moved');
		await student.save('Q1', ['no']);
		expect((await student.step('Q2')).body['values']).toEqual(['hall', 'bus']);
		await student.save('Q1', ['yes']);
		await student.finish();
		expect((await handedIn())[0]?.values).toEqual({ Q1: 'yes' });
	});

	test('comes back to the check page from a change, by way of questions that came up', async () => {
		await student.begin();
		await student.save('Q1', ['yes']);
		await student.save('Q3', ['']);
		await student.save('section-B', [], { intent: 'skip_section' });
		expect((await student.save('Q3', ['More.'], { from: 'check' })).body['next']).toBe('check');
		expect((await student.save('Q1', ['no'], { from: 'check' })).body['next']).toBe('Q2');
		expect((await student.save('Q2', ['bus'], { from: 'check' })).body['next']).toBe('check');
		expect((await student.step('Q3', 'check')).body['back']).toBe('check');
	});

	test('changes the language without losing what was typed', async () => {
		await student.begin();
		await student.save('Q1', ['yes']);
		const changed = await student.save('Q3', ['Half a thou'], {
			intent: 'change_language',
			language: 'es',
		});
		expect(changed.body).toEqual({ type: 'saved', next: 'Q3' });
		expect((await student.step('Q3')).body).toMatchObject({
			language: 'es',
			values: ['Half a thou'],
			question: { text: { text: '¿Qué ayudaría?', language: 'es' } },
		});
	});

	test('is offered languages that people reviewed, and no other', async () => {
		const welcome = await student.send('GET', '?language=so');
		expect(welcome.body).toMatchObject({ language: 'en', languages: ['en', 'es'] });
		await student.begin('so');
		expect((await student.step('Q1')).body['language']).toBe('en');
	});

	test('sees on the check page what was answered, in words', async () => {
		await student.begin('es');
		await student.save('Q1', ['yes']);
		const { body } = await student.step('check');
		expect(JSON.stringify(body['sections'])).toContain('"text":"Sí"');
		expect(body['submissionId']).toMatch(/^[0-9a-f]{32}$/);
	});

	test('is warned ten minutes before the window closes', async () => {
		await student.begin();
		expect((await student.step('Q1')).body['closesInMinutes']).toBeNull();
		sut.travelTo('2026-01-30T21:50:30Z');
		expect((await student.step('Q1')).body['closesInMinutes']).toBe(10);
	});

	test('finishes once: the same submission again is answered alike, another one is refused', async () => {
		await student.begin();
		await student.save('Q1', ['yes']);
		const id = '01'.repeat(16);
		expect((await student.finish(id)).status).toBe(200);
		expect((await student.finish(id)).status).toBe(200);
		const other = await student.finish('02'.repeat(16));
		expect(other).toMatchObject({ status: 409, body: { error: { code: 'code_used' } } });
		expect((await student.step('Q1')).body).toMatchObject({ error: { code: 'code_used' } });
		sut.travelTo('2026-02-02T00:00:00Z');
		expect((await student.finish(id)).status).toBe(200);
		expect(await handedIn()).toHaveLength(1);
	});

	describe('in a hurry', () => {
		test('makes one response of fifty submissions of one code', async () => {
			await student.begin();
			await student.save('Q1', ['yes']);
			const same = Array.from({ length: 25 }, () => student.finish('aa'.repeat(16)));
			const different = Array.from({ length: 25 }, (_, index) =>
				student.finish(index.toString(16).padStart(32, '0')),
			);
			const statuses = (await Promise.all([...same, ...different])).map(({ status }) => status);
			expect(await handedIn()).toHaveLength(1);
			expect(new Set(statuses)).toEqual(new Set([200, 409]));
			expect([1, 25]).toContain(statuses.filter((status) => status === 200).length);
			expect(await storedDrafts()).toEqual([]);
		});

		test('gets fifty answers for fifty times the same submission', async () => {
			await student.begin();
			const answers = await Promise.all(
				Array.from({ length: 50 }, () => student.finish('aa'.repeat(16))),
			);
			expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
			expect(await handedIn()).toHaveLength(1);
		});

		test('keeps every page that was acknowledged, sent from two places at once', async () => {
			await student.begin();
			await student.save('Q1', ['no']);
			const pages = await Promise.all([
				student.save('Q2', ['bus']),
				student.save('Q3', ['From the other tab.']),
				student.save('Q4', ['yes']),
				student.save('Q5', ['fine']),
			]);
			expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
			await student.finish();
			expect((await handedIn())[0]?.values).toEqual({
				Q1: 'no',
				Q2: ['bus'],
				Q3: 'From the other tab.',
				Q4: 'yes',
				Q5: 'fine',
			});
		});

		test('leaves no draft behind when a page arrives while the survey is handed in', async () => {
			await student.begin();
			await student.save('Q1', ['yes']);
			const late = Array.from({ length: 8 }, (_, index) => student.save('Q3', [`late ${index}`]));
			await Promise.all([student.finish(), ...late]);
			expect(await storedDrafts()).toEqual([]);
			expect(await handedIn()).toHaveLength(1);
		});
	});

	test('is told so when the window closes meanwhile, and nothing is stored', async () => {
		await student.begin();
		await getDatabase()
			.db.updateTable('survey_window')
			.set({ status: 'closed' })
			.where('id', '=', seeded.windowId)
			.execute();
		// The window is still remembered as open for two seconds; the database knows better.
		const late = await student.save('Q1', ['yes']);
		expect(late).toMatchObject({ status: 410, body: { error: { code: 'survey_not_open' } } });
		expect(await student.finish()).toMatchObject({ status: 410 });
		expect(await handedIn()).toEqual([]);
	});

	test('can go on answering with a right code after many wrong ones', async () => {
		const guess = studentClient(sut, { link: seeded.link, code: '00000000011' });
		const codes = await Promise.all(
			Array.from({ length: 70 }, async () => (await guess.step('notice')).body['error']),
		);
		const named = codes.map((error) => JSON.stringify(error));
		expect(named.filter((error) => error?.includes('code_unknown'))).toHaveLength(60);
		expect(named.filter((error) => error?.includes('too_many_wrong_codes'))).toHaveLength(10);
		expect((await student.begin()).status).toBe(200);
	});

	test('leaves nothing readable: draft and envelope hold no word, the code only as a hash', async () => {
		await student.begin();
		await student.save('Q3', ['CANARY']);
		const bare = parseCode(code) ?? '';
		const dump = await getDatabase()
			.db.selectFrom('access_code')
			.leftJoin('draft', 'draft.code_hash', 'access_code.code_hash')
			.select(['access_code.code_hash', 'draft.body'])
			.where('access_code.window_id', '=', seeded.windowId)
			.execute();
		const own = dump.find((row) =>
			row.code_hash.equals(hashCode(sut.deps.keys.pepper, seeded.windowId, bare)),
		);
		expect(own?.body?.length).toBe(8220);
		const bytes = Buffer.concat(dump.flatMap((row) => [row.code_hash, row.body ?? Buffer.of()]));
		expect(bytes.includes('CANARY')).toBe(false);
		expect(bytes.includes(bare)).toBe(false);
	});

	test.each([
		['draft', undefined, 'not_yet'],
		['open', '2026-01-01T00:00:00Z', 'not_yet'],
		['open', '2026-01-30T22:00:00Z', 'closed'],
		['opened', undefined, 'closed'],
	] as const)('finds a window %s at %s: %s', async (status, now, shown) => {
		const other = await seedStudentWindow(getDatabase().db, sut.deps, { status });
		if (now) {
			sut.travelTo(now);
		}
		const visitor = studentClient(sut, { link: other.link, code: other.codes.north9[0] ?? '' });
		const welcome = await visitor.send('GET', '');
		expect(welcome.body).toMatchObject({ status: shown, closesOn: '2026-01-30' });
		expect(await visitor.start()).toMatchObject({
			status: 410,
			body: { error: { code: 'survey_not_open' } },
		});
	});
});
