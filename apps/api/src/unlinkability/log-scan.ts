import type { DatabaseHandle } from '@throughline/db';
import { sql } from 'kysely';
import { parseCode } from '../ballot/code.ts';
import { createLog } from '../compose.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { testApp } from '../testing/test-app.ts';
import type { Measure } from './measure.ts';

/** What a log could give away of one student, by what it is. */
interface Telling {
	what: string;
	text: string;
}

const STUDENTS = 12;

/**
 * U11: students go through a survey, mistype, send twice, and meet a database that fails. What the
 * app and the database server wrote down meanwhile is searched for codes, addresses, devices and
 * answers.
 * @param serverLog everything the database server has written; null where there is no server.
 */
export async function scanLogs(
	handle: Pick<DatabaseHandle, 'db'>,
	serverLog: (() => string) | null,
): Promise<Measure[]> {
	const lines: string[] = [];
	const log = createLog({ LOG_LEVEL: 'debug' }, { write: (line) => void lines.push(line) });
	const sut = testApp(handle.db, { log });
	const window = await seedStudentWindow(handle.db, sut.deps, { codes: [STUDENTS, 0, 0] });
	const proxy: string[] = [];
	const telling: Telling[] = [];
	for (const [index, code] of window.codes.north9.entries()) {
		const student = { code, answer: `SECRET${index}answer`, address: `203.0.113.${index + 1}` };
		const headers = {
			'content-type': 'application/json',
			'x-access-code': code,
			'x-forwarded-for': student.address,
			'user-agent': `Chromebook-${index}-of-a-student`,
		};
		telling.push(
			{ what: 'code', text: code },
			{ what: 'code', text: parseCode(code) ?? '' },
			{ what: 'answer', text: student.answer },
			{ what: 'address', text: student.address },
			{ what: 'device', text: headers['user-agent'] },
		);
		const send = async (method: string, path: string, body: unknown) => {
			proxy.push(JSON.stringify({ method, path, headers, body, parsed: parseCode(code) }));
			const init = { method, headers, body: JSON.stringify(body) };
			return (await sut.app.request(`/api/student/${window.link}${path}`, init)).status;
		};
		await send('POST', '/start', { code, language: 'en', isChosen: true });
		await send('PUT', '/steps/notice', { values: [] });
		await send('PUT', '/steps/Q3', { values: [student.answer] });
		await send('PUT', '/steps/Q1', { values: [student.answer], code });
		await whileBroken(handle, 'draft', () =>
			send('PUT', '/steps/Q3', { values: [student.answer] }),
		);
		await whileBroken(handle, 'envelope', () => send('POST', '/finish', { submissionId: ID }));
		await send('POST', '/finish', { submissionId: ID });
		await send('POST', '/finish', { submissionId: OTHER_ID });
	}
	const hashes = await sql<{ hash: string }>`
		select encode(code_hash, 'hex') as hash from access_code where window_id = ${window.windowId}
	`.execute(handle.db);
	// PostgreSQL cuts long values of a row that it shows.
	telling.push(
		...hashes.rows.map(({ hash }) => ({ what: 'hash of a code', text: hash.slice(0, 32) })),
	);
	const control = proxy.join('\n') + hashes.rows.map(({ hash }) => hash).join('\n');
	const rows = [measure('in what the app logs', lines.join(''), { telling, control })];
	if (serverLog !== null) {
		rows.push(measure('in what the database server logs', serverLog(), { telling, control }));
	}
	return rows;
}

const ID = 'ab'.repeat(16);
const OTHER_ID = 'cd'.repeat(16);

/** Has the database refuse every row of a table meanwhile, and say so with the row. */
async function whileBroken(
	{ db }: Pick<DatabaseHandle, 'db'>,
	table: string,
	work: () => Promise<number>,
): Promise<void> {
	await sql`alter table ${sql.table(table)} add constraint broken check (false) not valid`.execute(
		db,
	);
	try {
		const status = await work();
		if (status !== 500) {
			throw new Error(`A database that refuses rows of ${table} was answered with ${status}.`);
		}
	} finally {
		await sql`alter table ${sql.table(table)} drop constraint broken`.execute(db);
	}
}

function measure(
	where: string,
	text: string,
	{ telling, control }: { telling: readonly Telling[]; control: string },
): Measure {
	const found = (log: string) => telling.filter((one) => log.includes(one.text));
	const hits = [...new Set(found(text).map(({ what }) => what))];
	return {
		id: 'U11',
		attack: `codes, answers, addresses and devices ${where}${hits.length > 0 ? ` (found: ${hits.join(', ')})` : ''}`,
		matched: found(text).length,
		of: telling.length,
		bound: 0,
		control: {
			what: 'a log that holds every request',
			matched: found(control).length,
			of: telling.length,
			atLeast: telling.length,
		},
	};
}
