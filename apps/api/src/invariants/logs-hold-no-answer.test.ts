import { Writable } from 'node:stream';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { parseCode } from '../ballot/code.ts';
import { createLog } from '../compose.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { studentClient } from '../testing/student-client.ts';
import { testApp } from '../testing/test-app.ts';

const CANARY = 'CANARY-4711, more adults in the hall.';

describeOnBothDatabases('the log of a student’s way', (getDatabase) => {
	function loggingApp() {
		const lines: string[] = [];
		const stream = new Writable({
			write(chunk, _encoding, done) {
				lines.push(String(chunk));
				done();
			},
		});
		const log = createLog({ LOG_LEVEL: 'debug' }, stream);
		return { sut: testApp(getDatabase().db, { log }), lines };
	}

	test('has no line at all when nothing fails', async () => {
		const { sut, lines } = loggingApp();
		const { link, codes } = await seedStudentWindow(getDatabase().db, sut.deps);
		const student = studentClient(sut, { link, code: codes.north9[0] ?? '' });
		await student.begin();
		await student.save('Q3', [CANARY]);
		expect((await student.finish()).status).toBe(200);
		expect(lines).toEqual([]);
	});

	test('says what failed, and neither answer nor code nor address', async () => {
		const { db } = getDatabase();
		const { sut, lines } = loggingApp();
		const { link, codes } = await seedStudentWindow(db, sut.deps);
		const code = codes.north9[0] ?? '';
		const student = studentClient(sut, { link, code });
		await student.begin();
		await sql`alter table draft rename to draft_elsewhere`.execute(db);
		try {
			expect((await student.save('Q3', [CANARY])).status).toBe(500);
		} finally {
			await sql`alter table draft_elsewhere rename to draft`.execute(db);
		}

		expect(lines).toHaveLength(1);
		expect(lines[0]).toContain('request failed');
		const secrets = [CANARY, 'CANARY', code, parseCode(code) ?? '', link, '/api/student'];
		expect(secrets.filter((secret) => lines[0]?.includes(secret))).toEqual([]);
	});

	test('leaves out the row that PostgreSQL shows with an error', async () => {
		const { db } = getDatabase();
		const { sut, lines } = loggingApp();
		const insert = sql`
			insert into excerpt (engagement_id, id, source_kind, source_id, text, text_hash, language,
				redactions, is_non_answer, queue_position, in_sample)
			values (gen_random_uuid(), gen_random_uuid(), 'answer', gen_random_uuid(), ${CANARY},
				'not a hash', 'en', '[]', false, 1, true)
		`;
		const failure: unknown = await insert.execute(db).catch((error: unknown) => error);
		// The control: PostgreSQL does say the words.
		expect(JSON.stringify(failure)).toContain('CANARY');

		sut.deps.log.error({ err: failure }, 'a background job failed');
		sut.deps.log.error(
			{ err: new AggregateError([failure], 'several') },
			'a background job failed',
		);

		expect(lines).toHaveLength(2);
		expect(lines.join('')).toContain('excerpt_text_hash_check');
		expect(lines.join('')).not.toContain('CANARY');
	});
});
