import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseHandle } from '@throughline/db';
import { saveDraft } from '@throughline/db/queries/ballot';
import { sql } from 'kysely';
import { destroyEpochKeys } from '../actions/destroy-epoch-keys.ts';
import { openEnvelopes } from '../actions/open-envelopes.ts';
import { hashCode, parseCode } from '../ballot/code.ts';
import { sealingKey } from '../ballot/epoch-keys.ts';
import type { Deps } from '../deps.ts';
import { systemRandom } from '../system/random.ts';
import { seedSite } from '../testing/seed-engagement.ts';
import { seedCohort, seedStudentWindow } from '../testing/seed-student-window.ts';
import { closeWindow, submitSealed } from '../testing/submit-sealed.ts';
import { createNaiveTables, insertNaiveCodes, submitNaively } from './naive-schema.ts';
import { markersIn } from './scan-bytes.ts';
import { type SimulatedStudent, simulateDistrict } from './simulated-district.ts';
import type { World } from './world.ts';

/** What an attacker can have in their hands after a window was answered and opened. */
export interface Trial {
	ours: World;
	/** Codes spent, and codes deleted, in the transaction that stores the answer. */
	naive: World;
	naiveDeleting: World;
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

type Student = SimulatedStudent & { code: string; hash: string };

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
	for (const student of students) {
		await beginAndFinish(place, { ...window, student });
		await submitNaively(db, {
			hash: naiveHash(student.hash),
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
		log: { from, to: await logPosition(handle) },
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

interface Places {
	/** Numbers of files by table. */
	nodes: Map<string, string[]>;
	/** By table: 'node:block,item' → the hash or the marker of the row there. */
	rows: Map<string, Map<string, string>>;
}

const TABLES = {
	access_code: `encode(code_hash, 'hex')`,
	draft: `encode(code_hash, 'hex')`,
	response: `answers::text`,
	excerpt: 'text',
	naive_code: `encode(code_hash, 'hex')`,
	naive_slip: `encode(code_hash, 'hex')`,
	naive_response: `answers::text`,
	naive_answer: `answers::text`,
} as const;

async function placesOf(handle: DatabaseHandle, students: readonly Student[]): Promise<Places> {
	const length = students[0]?.marker.length ?? 0;
	const places: Places = { nodes: new Map(), rows: new Map() };
	for (const [table, what] of Object.entries(TABLES)) {
		const files = await handle.pool.query<{ node: string }>(`
			with heap as (select oid, reltoastrelid from pg_class where oid = '${table}'::regclass)
			select pg_relation_filenode(oid)::text as node from heap
			union all select pg_relation_filenode(reltoastrelid)::text from heap where reltoastrelid <> 0
			union all select pg_relation_filenode(indexrelid)::text from pg_index, heap
				where indrelid in (heap.oid, heap.reltoastrelid)
		`);
		const nodes = files.rows.map(({ node }) => node);
		const rows = await handle.pool.query<{ place: string; what: string }>(
			`select translate(ctid::text, '()', '') as place, ${what} as what from ${table}`,
		);
		places.nodes.set(table, nodes);
		places.rows.set(
			table,
			new Map(
				rows.rows.map((row) => {
					const marker = /(?:MARK|NAIV)\w{12}/.exec(row.what)?.[0];
					return [`${nodes[0]}:${row.place}`, marker?.slice(0, length) ?? row.what];
				}),
			),
		);
	}
	return places;
}

function worldsOf(
	students: readonly Student[],
	found: { before: Places; after: Places; pileOf: Map<string, string> },
): Pick<Trial, 'ours' | 'naive' | 'naiveDeleting'> {
	const nodes = (tables: readonly string[]) =>
		new Set(
			[found.before, found.after].flatMap((places) =>
				tables.flatMap((table) => places.nodes.get(table) ?? []),
			),
		);
	const rows = (places: Places, table: string) =>
		places.rows.get(table) ?? new Map<string, string>();
	const naiveStudents = students.map(({ hash, marker, start, isStraggler }) => ({
		hash: naiveHash(hash).toString('hex'),
		marker: naiveMarker(marker),
		start,
		isStraggler,
	}));
	const naive = (codeTable: string, answerTable: string): World => ({
		prefix: 'NAIV',
		codeTable,
		answerTable,
		students: naiveStudents,
		pileOf: new Map(),
		places: { codes: rows(found.before, codeTable), answers: rows(found.before, answerTable) },
		nodes: { codes: nodes([codeTable]), answers: nodes([answerTable]) },
	});
	return {
		ours: {
			prefix: 'MARK',
			codeTable: 'access_code',
			answerTable: 'response',
			students: students.map(({ hash, marker, start, isStraggler }) => ({
				hash,
				marker,
				start,
				isStraggler,
			})),
			pileOf: found.pileOf,
			places: {
				codes: rows(found.before, 'access_code'),
				answers: new Map([...rows(found.after, 'response'), ...rows(found.after, 'excerpt')]),
			},
			nodes: { codes: nodes(['access_code', 'draft']), answers: nodes(['response', 'excerpt']) },
		},
		naive: naive('naive_code', 'naive_response'),
		naiveDeleting: naive('naive_slip', 'naive_answer'),
	};
}

async function pilesOf(handle: DatabaseHandle, students: readonly Student[]) {
	const rows = await handle.pool.query<{ marker: string; pile: string }>(`
		select substring(answers::text from 'MARK\\w{12}') as marker, cohort_id::text as pile from response
	`);
	const known = new Set(students.map(({ marker }) => marker));
	return new Map(
		rows.rows.filter(({ marker }) => known.has(marker)).map(({ marker, pile }) => [marker, pile]),
	);
}

/** Has the write-ahead log kept from here on, as an archive of it would. */
async function keepLog(handle: DatabaseHandle): Promise<string> {
	await handle.pool.query(`select pg_create_physical_replication_slot('${LOG_SLOT}', true)`);
	return await logPosition(handle);
}

async function logPosition(handle: DatabaseHandle): Promise<string> {
	const answer = await handle.pool.query<{ at: string }>(
		'select pg_current_wal_insert_lsn()::text as at',
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

/** The control's codes and markers differ, so that what is found says whose it is. */
function naiveHash(hash: string): Buffer {
	return createHash('sha256').update(hash).digest();
}

function naiveMarker(marker: string): string {
	return marker.replace('MARK', 'NAIV');
}

function naiveValues(values: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values).map(([id, value]) => [id, value.replace('MARK', 'NAIV')]),
	);
}
