import type { DatabaseHandle } from '@throughline/db';
import { naiveHash, naiveMarker } from './naive-schema.ts';
import type { Student, Trial } from './trial.ts';
import type { World } from './world.ts';

/** Where rows lay at one moment. */
export interface Places {
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
	naive_even: `answers::text`,
	naive_begun: `coalesce(answers::text, '')`,
} as const;

/** Where every row of codes and answers lies now, and in which files. */
export async function placesOf(
	handle: DatabaseHandle,
	students: readonly Student[],
): Promise<Places> {
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

/** Ours and those of the control, with the truth about each. */
export function worldsOf(
	students: readonly Student[],
	found: { before: Places; after: Places; pileOf: Map<string, string> },
): Pick<Trial, 'ours' | 'naive' | 'naiveDeleting' | 'naiveEven' | 'naiveBegun'> {
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
		naiveEven: naive('naive_code', 'naive_even'),
		naiveBegun: naive('naive_code', 'naive_begun'),
	};
}

/** By marker: the cohort whose answers lie together. */
export async function pilesOf(handle: DatabaseHandle, students: readonly Student[]) {
	const rows = await handle.pool.query<{ marker: string; pile: string }>(`
		select substring(answers::text from 'MARK\\w{12}') as marker, cohort_id::text as pile from response
	`);
	const known = new Set(students.map(({ marker }) => marker));
	return new Map(
		rows.rows.filter(({ marker }) => known.has(marker)).map(({ marker, pile }) => [marker, pile]),
	);
}
