import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseHandle } from '@throughline/db';
import { saveDraft } from '@throughline/db/queries/ballot';
import { destroyEpochKeys } from '../actions/destroy-epoch-keys.ts';
import { openEnvelopes } from '../actions/open-envelopes.ts';
import { hashCode, parseCode } from '../ballot/code.ts';
import { sealingKey } from '../ballot/epoch-keys.ts';
import type { Deps } from '../deps.ts';
import { systemRandom } from '../system/random.ts';
import { seedSite } from '../testing/seed-engagement.ts';
import { seedCohort, seedStudentWindow } from '../testing/seed-student-window.ts';
import { closeWindow, submitSealed } from '../testing/submit-sealed.ts';
import {
	beginNaively,
	createNaiveTables,
	insertNaiveCodes,
	naiveHash,
	naiveMarker,
	naiveValues,
	submitNaively,
} from './naive-schema.ts';
import { pilesOf, placesOf, worldsOf } from './places.ts';
import { markersIn } from './scan-bytes.ts';
import { type SimulatedStudent, simulateDistrict } from './simulated-district.ts';
import type { World } from './world.ts';

/** What an attacker can have in their hands after a window was answered and opened. */
export interface Trial {
	ours: World;
	/** Codes spent, and codes deleted, in the transaction that stores the answer. */
	naive: World;
	naiveDeleting: World;
	/** Rows that all take as much room, one after the other. */
	naiveEven: World;
	/** Rows with a number, made when the survey was begun. */
	naiveBegun: World;
	log: { from: string; to: string };
	/** The envelopes with their codes, as a backup made before the opening holds them. */
	oldBackup: { hash: string; cohortId: string; body: Buffer }[];
	/** The key of the window, kept against the rules. */
	savedKey: Buffer;
	/** Files of 32 bytes that still lie in the folders of keys. */
	keysOnDisk: Buffer[];
	/** Markers found in the files and in a dump before the opening; null where files cannot be read. */
	foundBefore: Set<string> | null;
}

interface Place {
	handle: DatabaseHandle;
	deps: Pick<Deps, 'keys' | 'random'>;
	/** Where the keys lie. */
	keyFolders: readonly string[];
	/** Bytes of the whole database as its operator can get them now; null when they cannot. */
	readEverything: (() => AsyncIterable<{ name: string; bytes: Buffer }>) | null;
}

/** One of the simulation with their access code. */
export type Student = SimulatedStudent & { code: string; hash: string };

const SEED = 2026;
/** Holds the write-ahead log; whoever ran the trial lets it go. */
export const LOG_SLOT = 'throughline_trial';

/** Lets a simulated district answer, in our tables and in those of the control, and opens its window. */
export async function runTrial(place: Place): Promise<Trial> {
	const { handle, deps } = place;
	const { db } = handle;
	await createNaiveTables(db);
	const from = await keepLog(handle);
	const window = await seedWindow(place);
	const { students } = window;
	await insertNaiveCodes(
		db,
		students.map(({ hash }) => naiveHash(hash)),
	);
	for (const { hash } of students.toSorted((one, other) => one.start - other.start)) {
		await beginNaively(db, naiveHash(hash));
	}
	for (const student of students) {
		await beginAndFinish(place, { ...window, student });
		await submitNaively(db, {
			hash: naiveHash(student.hash),
			marker: naiveMarker(student.marker),
			ids: [deps.random.uuid4(), systemRandom.uuid7()],
			answers: { meta: {}, values: naiveValues(student.values) },
		});
	}
	await handle.pool.query('checkpoint');
	const before = await placesOf(handle, students);
	const { oldBackup, savedKey } = await keepOldBackup(place, window);
	const foundBefore = await findBefore(place, students);
	await closeWindow(db, window.windowId);
	await openEnvelopes({ ...deps, db, clock: () => new Date() }, window);
	await destroyEpochKeys(
		{ ...deps, db, clock: () => new Date() },
		{ backUp: async () => ({ verified: true }) },
	);
	await handle.pool.query('checkpoint');
	const after = await placesOf(handle, students);
	return {
		...worldsOf(students, { before, after, pileOf: await pilesOf(handle, students) }),
		log: { from, to: await logPosition(handle, 'flush') },
		oldBackup,
		savedKey,
		keysOnDisk: await keysIn(place.keyFolders),
		foundBefore,
	};
}

async function seedWindow({ handle, deps }: Place) {
	const simulated = simulateDistrict(SEED);
	const seeded = await seedStudentWindow(handle.db, deps, { codes: [0, 0, 0] });
	const { engagementId, windowId } = seeded;
	const { district_id: districtId } = await handle.db
		.selectFrom('engagement')
		.select('district_id')
		.where('id', '=', engagementId)
		.executeTakeFirstOrThrow();
	const codes = new Map<string, string[]>();
	for (const [key, ofSite] of Map.groupBy(simulated, ({ site }) => site)) {
		const grade = '9';
		const enrollment = { [grade]: ofSite.length };
		const site = await seedSite(handle.db, districtId, { key, level: 'high', enrollment });
		const cohort = { site, grade, count: ofSite.length };
		codes.set(key, await seedCohort({ db: handle.db, deps, engagementId, windowId }, cohort));
	}
	const students = simulated.map((student): Student => {
		const code = codes.get(student.site)?.pop() ?? '';
		const hash = hashCode(deps.keys.pepper, windowId, parseCode(code) ?? '').toString('hex');
		return { ...student, code, hash };
	});
	return { engagementId, windowId, students };
}

async function beginAndFinish(
	{ handle, deps }: Place,
	at: { engagementId: string; windowId: string; student: Student },
): Promise<void> {
	const { engagementId, windowId, student } = at;
	const codeHash = Buffer.from(student.hash, 'hex');
	const body = deps.random.bytes(8220);
	await saveDraft(handle.db, { engagementId, windowId, codeHash, body, previous: null });
	await submitSealed(handle.db, deps, { engagementId, windowId, students: [student] });
}

async function keepOldBackup(
	{ handle, deps }: Place,
	{ engagementId, windowId }: { engagementId: string; windowId: string },
) {
	const rows = await handle.pool.query<{ hash: string; cohort_id: string; body: Buffer }>(`
		select encode(c.code_hash, 'hex') as hash, e.cohort_id, e.body
		from access_code c join envelope e on e.xmin = c.xmin order by e.id
	`);
	const of = { engagementId, windowId, epoch: 1, canary: null };
	return {
		oldBackup: rows.rows.map(({ hash, cohort_id: cohortId, body }) => ({ hash, cohortId, body })),
		savedKey: Buffer.from(await sealingKey({ ...deps, db: handle.db }, of)),
	};
}

async function findBefore(place: Place, students: readonly Student[]): Promise<Set<string> | null> {
	if (place.readEverything === null) {
		return null;
	}
	const world = { prefix: 'MARK', students };
	const found = new Set<string>();
	for await (const { bytes } of place.readEverything()) {
		markersIn(bytes, world).forEach(({ marker }) => found.add(marker));
	}
	return found;
}

/** Has the write-ahead log kept from here on, as an archive of it would. */
async function keepLog(handle: DatabaseHandle): Promise<string> {
	await handle.pool.query(`select pg_create_physical_replication_slot('${LOG_SLOT}', true)`);
	return await logPosition(handle);
}

async function logPosition(
	handle: DatabaseHandle,
	which: 'insert' | 'flush' = 'insert',
): Promise<string> {
	const answer = await handle.pool.query<{ at: string }>(
		`select pg_current_wal_${which}_lsn()::text as at`,
	);
	return answer.rows[0]?.at ?? '';
}

async function keysIn(folders: readonly string[]): Promise<Buffer[]> {
	const keys: Buffer[] = [];
	for (const folder of folders) {
		for (const name of await readdir(folder)) {
			keys.push(await readFile(join(folder, name)));
		}
	}
	return keys;
}
