import { describeOn } from '@throughline/db/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { openEnvelope } from '../../ballot/envelope.ts';
import { seedStudentWindow } from '../../testing/seed-student-window.ts';
import { studentClient } from '../../testing/student-client.ts';
import { testApp } from '../../testing/test-app.ts';

const SQL = `'); drop table response; --`;
const HTML = `<script>alert("1")</script><img src=x onerror=alert(1)>`;

describeOn('server', 'input that cannot be used', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let seeded: Awaited<ReturnType<typeof seedStudentWindow>>;
	let code: string;
	let unused: string[];

	beforeAll(async () => {
		sut = testApp(getDatabase().db);
		seeded = await seedStudentWindow(getDatabase().db, sut.deps, { codes: [40, 0, 0] });
		unused = [...seeded.codes.north9];
		code = unused.pop() ?? '';
		await studentClient(sut, { link: seeded.link, code }).begin();
	});

	/** Sends bytes as they are. */
	async function sendRaw(path: string, options: { body: string; type?: string; code?: string }) {
		const response = await sut.app.request(`/api/student/${seeded.link}${path}`, {
			method: path.includes('/steps/') ? 'PUT' : 'POST',
			headers: {
				'content-type': options.type ?? 'application/json',
				'x-access-code': options.code ?? code,
			},
			body: options.body,
		});
		return { status: response.status, text: await response.text() };
	}

	/** A student on the open question, with an answer stored. */
	async function writer() {
		const student = studentClient(sut, { link: seeded.link, code: unused.pop() ?? '' });
		await student.begin();
		await student.save('Q1', ['yes']);
		await student.save('Q3', ['Kept.']);
		return student;
	}

	async function lastEnvelope(student: ReturnType<typeof studentClient>) {
		const before = new Set((await envelopes()).map(({ id }) => id));
		expect((await student.finish()).status).toBe(200);
		const [added] = (await envelopes()).filter(({ id }) => !before.has(id));
		const key = await sut.deps.keys.makeEpochKey(seeded.windowId, 1);
		return openEnvelope(added?.body ?? Buffer.of(), { key, cohortId: added?.cohort_id ?? '' });
	}

	async function envelopes() {
		return await getDatabase()
			.db.selectFrom('envelope')
			.select(['id', 'cohort_id', 'body'])
			.where('window_id', '=', seeded.windowId)
			.execute();
	}

	const page = (values: unknown, more = {}) => JSON.stringify({ values, ...more });

	test.each([
		['broken JSON', '/steps/Q1', '{"values": ["yes"', 400, 'malformed_body'],
		['no body', '/steps/Q1', '', 400, 'malformed_body'],
		['a list instead of an object', '/steps/Q1', '["yes"]', 422, 'invalid_input'],
		['null', '/steps/Q1', 'null', 422, 'invalid_input'],
		['a number as values', '/steps/Q1', page(7), 422, 'invalid_input'],
		['an object among the values', '/steps/Q1', page([{ $gt: '' }]), 422, 'invalid_input'],
		['a body 100,000 levels deep', '/steps/Q1', nested(100_000), 422, 'unusable_json'],
		['301 values', '/steps/Q1', page(Array(301).fill('a')), 422, 'invalid_input'],
		['an unknown intent', '/steps/Q1', page([], { intent: 'erase' }), 422, 'invalid_input'],
		[
			'a language that is no language',
			'/steps/Q1',
			page([], { language: '../en' }),
			422,
			'invalid_input',
		],
		['a body of more than 256 KB', '/steps/Q3', page(['x'.repeat(262_144)]), 413, 'body_too_large'],
		['a step that does not exist', '/steps/Q99', page([]), 404, 'not_found'],
		['a step named __proto__', '/steps/__proto__', page(['x']), 404, 'not_found'],
		['a step that is a path', '/steps/..%2F..%2Fetc', page([]), 422, 'invalid_input'],
		['a step that is not on the way', '/steps/Q2', page(['hall']), 200, '"next":"Q1"'],
		['an option that does not exist', '/steps/Q1', page(['maybe']), 200, 'unknown_option'],
		['two answers where one fits', '/steps/Q1', page(['yes', 'no']), 200, 'too_many_choices'],
		['a submission id that is none', '/finish', '{"submissionId":"1"}', 422, 'invalid_input'],
		[
			'a code of the wrong type',
			'/start',
			'{"code":12345678901,"language":"en"}',
			422,
			'invalid_input',
		],
		[
			'a code of 5,000 characters',
			'/start',
			JSON.stringify({ code: '0'.repeat(5000) }),
			422,
			'invalid_input',
		],
		[
			'a code with a NUL',
			'/start',
			JSON.stringify({ code: '\0'.repeat(11) }),
			422,
			'code_unreadable',
		],
		['a code that is SQL', '/start', JSON.stringify({ code: SQL }), 422, 'code_unreadable'],
		['a code with a wrong letter', '/start', '{"code":"K7QM-2XH9-TP0"}', 422, 'code_unreadable'],
		['a code nobody was given', '/start', '{"code":"00000000011"}', 404, 'code_unknown'],
	])('%s is answered in words', async (_name, path, body, status, expected) => {
		const answer = await sendRaw(path, { body });
		expect(answer.text).toContain(expected);
		expect(answer.status).toBe(status);
	});

	test('what is not JSON is refused, and so is a form', async () => {
		for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
			const answer = await sendRaw('/steps/Q1', { body: page(['yes']), type });
			expect([type, answer.status]).toEqual([type, 415]);
		}
	});

	test('no code, or one of another window, opens nothing', async () => {
		const other = await seedStudentWindow(getDatabase().db, sut.deps);
		for (const wrong of ['', other.codes.north9[0] ?? '']) {
			const answer = await sendRaw('/steps/Q1', { body: page(['yes']), code: wrong });
			expect(answer.text).toContain(wrong === '' ? 'code_unreadable' : 'code_unknown');
		}
		const lost = await sut.app.request('/api/student/no-such-link');
		expect(await lost.json()).toMatchObject({ error: { code: 'survey_not_found' } });
	});

	test('a closed window takes nothing', async () => {
		const closed = await seedStudentWindow(getDatabase().db, sut.deps, { status: 'closed' });
		const late = studentClient(sut, { link: closed.link, code: closed.codes.north9[0] ?? '' });
		for (const answer of [
			await late.start(),
			await late.save('Q1', ['yes']),
			await late.finish(),
		]) {
			expect(answer).toMatchObject({ status: 410, body: { error: { code: 'survey_not_open' } } });
		}
	});

	describe('an answer', () => {
		test.each([
			['SQL', SQL, SQL],
			['HTML', HTML, HTML],
			['a formula', '=HYPERLINK("http://evil.example")', '=HYPERLINK("http://evil.example")'],
			['NUL and other control characters', 'a\0b\u0007c\u009d', 'abc'],
			['half a character', 'smile \ud83d and \udc00', 'smile \ufffd and \ufffd'],
			['line ends of any kind', 'a\r\nb\rc\n\n', 'a\nb\nc'],
			['an emoji family', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
			['template markers', '{{district}} ${S01} %s', '{{district}} ${S01} %s'],
		])('with %s is stored as the text it is', async (_name, typed, stored) => {
			const student = await writer();
			expect((await student.save('Q3', [typed])).body['next']).toBe('section-B');
			expect((await student.step('Q3')).body['values']).toEqual([stored]);
			expect((await lastEnvelope(student)).values['Q3']).toBe(stored);
		});

		test.each([
			['2,001 characters', 'x'.repeat(2001), 2001],
			['100,000 characters', 'x'.repeat(100_000), 100_000],
			['2,001 emoji', '🙂'.repeat(2001), 2001],
		])(
			'of %s is refused with its length, and the stored one is kept',
			async (_name, typed, length) => {
				const student = await writer();
				expect((await student.save('Q3', [typed])).body).toEqual({
					type: 'refused',
					problem: { code: 'too_long', params: { max: 2000, length } },
				});
				expect((await student.step('Q3')).body['values']).toEqual(['Kept.']);
				expect((await lastEnvelope(student)).values['Q3']).toBe('Kept.');
			},
		);

		test('of 2,000 characters of four bytes each is stored', async () => {
			const student = await writer();
			const typed = '🙂'.repeat(2000);
			expect((await student.save('Q3', [typed])).body['type']).toBe('saved');
			expect((await lastEnvelope(student)).values['Q3']).toBe(typed);
		});

		test('of a wrong kind leaves the stored one as it is', async () => {
			const student = await writer();
			expect((await student.save('Q1', ['maybe'])).body['type']).toBe('refused');
			expect((await student.save('Q3', ['one', 'two'])).body).toMatchObject({
				problem: { code: 'not_text' },
			});
			expect((await lastEnvelope(student)).values).toEqual({ Q1: 'yes', Q3: 'Kept.' });
		});

		test('under a key like __proto__ is refused, and changes nobody else', async () => {
			const body = `{"values":["yes"],"__proto__":{"isSpent":true},"constructor":{"prototype":{}}}`;
			expect((await sendRaw('/steps/Q1', { body })).status).toBe(422);
			expect(Object.hasOwn(Object.prototype, 'isSpent')).toBe(false);
		});
	});
});

/** An object whose `values` are lists in lists in lists. */
function nested(depth: number): string {
	return `{"values":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}
