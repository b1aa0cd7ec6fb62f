import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DatabaseConfig, openDatabase } from '@throughline/db';
import { createTestDatabase, type Mode } from '@throughline/db/testing';
import { openEnvelope } from '../ballot/envelope.ts';
import { fileKeys } from '../system/keys.ts';
import { systemRandom } from '../system/random.ts';
import { seedStudentWindow } from './seed-student-window.ts';

const MAIN = join(import.meta.dirname, '..', 'main.ts');

/** A database and a data folder of the real program. */
export interface Place {
	/** Keys, and the embedded database. */
	dataDir: string;
	database: DatabaseConfig;
	remove(): Promise<void>;
}

export async function makePlace(mode: Mode): Promise<Place> {
	const copy = await createTestDatabase(mode);
	const keys = await mkdtemp(join(tmpdir(), 'throughline-killed-'));
	return {
		dataDir: 'dataDir' in copy.config ? copy.config.dataDir : keys,
		database: copy.config,
		async remove() {
			await copy.remove();
			await rm(keys, { recursive: true, force: true });
		},
	};
}

/** A window with so many codes. */
export async function seedPlace(place: Place, students: number) {
	const handle = await openDatabase(place.database, { purpose: 'tests' });
	try {
		const now = Date.now();
		const seeded = await seedStudentWindow(
			handle.db,
			{ keys: await fileKeys(place.dataDir), random: systemRandom },
			{
				opensAt: new Date(now - 3_600_000).toISOString(),
				closesAt: new Date(now + 86_400_000).toISOString(),
				codes: [students, 0, 0],
			},
		);
		return { link: seeded.link, windowId: seeded.windowId, codes: seeded.codes.north9 };
	} finally {
		await handle.close();
	}
}

/** The real program, without pages; it stops without notice unless the settings say so. */
export async function startProgram(place: Place, settings: Record<string, string> = {}) {
	const { DATABASE_URL: _, PUBLIC_URL: __, ...env } = process.env;
	const child = spawn(process.execPath, [MAIN, '--empty', '--api-only'], {
		env: {
			...env,
			STOP_NOTICE_SECONDS: '0',
			...settings,
			PORT: '0',
			DATA_DIR: place.dataDir,
			...('databaseUrl' in place.database && { DATABASE_URL: place.database.databaseUrl }),
		},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	return { child, origin: await readyAddress(child), gone: once(child, 'exit') };
}

async function readyAddress(child: ChildProcess): Promise<string> {
	if (!child.stdout) {
		throw new Error('The output is piped above.');
	}
	for await (const line of createInterface(child.stdout)) {
		const address = /^Throughline is ready: (\S+)$/.exec(line)?.[1];
		if (address !== undefined) {
			return address;
		}
	}
	throw new Error('The server ended before it was ready.');
}

interface Sent {
	link: string;
	code: string;
	method: string;
	path: string;
	body?: unknown;
}

/** What came back; null when nothing did, because the process was gone. */
export async function send(origin: string, { link, code, method, path, body }: Sent) {
	try {
		const response = await fetch(`${origin}/api/student/${link}${path}`, {
			method,
			headers: { 'content-type': 'application/json', 'x-access-code': code },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const parsed: unknown = await response.json();
		return { status: response.status, body: parsed };
	} catch {
		return null;
	}
}

export async function begin(origin: string, { link, code }: { link: string; code: string }) {
	const body = { code, language: 'en', isChosen: true };
	await send(origin, { link, code, method: 'POST', path: '/start', body });
	await send(origin, { link, code, method: 'PUT', path: '/steps/notice', body: { values: [] } });
}

/** Walks a student through one question to the end. True when the end was acknowledged. */
export async function answer(
	origin: string,
	student: { link: string; code: string; answer: string; submissionId: string },
): Promise<boolean> {
	const { link, code } = student;
	await begin(origin, student);
	const values = [student.answer];
	await send(origin, { link, code, method: 'PUT', path: '/steps/Q3', body: { values } });
	const body = { submissionId: student.submissionId };
	const finished = await send(origin, { link, code, method: 'POST', path: '/finish', body });
	return finished?.status === 200;
}

/** The answers to Q3 in every envelope, each of which must belong to a spent code. */
export async function readAnswers(place: Place, windowId: string): Promise<unknown[]> {
	const handle = await openDatabase(place.database, { purpose: 'tests' });
	try {
		const keys = await fileKeys(place.dataDir);
		const key = await keys.makeEpochKey(windowId, 1);
		const rows = await handle.db.selectFrom('envelope').select(['body', 'cohort_id']).execute();
		const spent = await handle.db
			.selectFrom('access_code')
			.select('code_hash')
			.where('state', '=', 1)
			.execute();
		if (rows.length !== spent.length) {
			throw new Error(`${spent.length} codes are spent, and ${rows.length} envelopes stored.`);
		}
		return rows.map((row) => openEnvelope(row.body, { key, cohortId: row.cohort_id }).values['Q3']);
	} finally {
		await handle.close();
	}
}
