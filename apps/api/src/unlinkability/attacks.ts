import type { Inspector } from '@throughline/db/testing/inspector';
import type { Pair, World } from './world.ts';

/** U1: codes and answers that the same transaction wrote; several of one are laid side by side. */
export async function joinByTransaction(inspector: Inspector, world: World): Promise<Pair[]> {
	const codes = await inspector.query<{ hash: string; xid: string }>(`
		select encode(code_hash, 'hex') as hash, xmin::text as xid from ${world.codeTable} order by ctid
	`);
	const answers = await inspector.query<{ text: string; xid: string }>(`
		select answers::text as text, xmin::text as xid from ${world.answerTable} order by ctid
	`);
	const byTransaction = Map.groupBy(answers, ({ xid }) => xid);
	return [...Map.groupBy(codes, ({ xid }) => xid)].flatMap(([xid, ofXid]) =>
		ofXid.flatMap(({ hash }, index) => {
			const marker = markerIn(byTransaction.get(xid)?.[index]?.text ?? '', world);
			return marker === null ? [] : [{ hash, marker }];
		}),
	);
}

/** U2: answers in the order that the table tells. */
export async function answersInOrder(
	inspector: Inspector,
	world: World,
	order: 'xmin::text::bigint, ctid' | 'ctid' | 'id',
): Promise<string[]> {
	const rows = await inspector.query<{ text: string }>(
		`select answers::text as text from ${world.answerTable} order by ${order}`,
	);
	return rows.flatMap(({ text }) => markerIn(text, world) ?? []);
}

/** U3: long answers in the order of the numbers that PostgreSQL gave their chunks. */
export async function answersByChunk(inspector: Inspector, world: World): Promise<string[]> {
	const [table] = await inspector.query<{ name: string }>(`
		select reltoastrelid::regclass::text as name from pg_class where oid = '${world.answerTable}'::regclass
	`);
	const rows = await inspector.query<{ text: string }>(`
		select string_agg(encode(chunk_data, 'escape'), '' order by chunk_seq) as text
		from ${table?.name ?? ''} group by chunk_id order by chunk_id
	`);
	return rows.flatMap(({ text }) => markerIn(text, world) ?? []);
}

/** U4: rows on the pages, dead ones too, that name the same transaction. */
export async function joinByDeadRows(inspector: Inspector, world: World): Promise<Pair[]> {
	const codes = await rowsOnPages(inspector, world.codeTable);
	const answers = await rowsOnPages(inspector, world.answerTable);
	// A long answer is not on the page; the table itself still says which row it belongs to.
	const live = await inspector.query<{ bytes: string; xid: string }>(`
		select encode(convert_to(answers::text, 'UTF8'), 'hex') as bytes, xmin::text as xid
		from ${world.answerTable} order by ctid
	`);
	answers.push(...live.map(({ bytes, xid }) => ({ bytes, xids: [xid] })));
	const hashes = new Set(world.students.map(({ hash }) => hash));
	const markersBy = new Map<string, string[]>();
	for (const { xids, bytes } of answers) {
		const marker = markerIn(Buffer.from(bytes, 'hex').toString('latin1'), world);
		for (const xid of marker === null ? [] : xids) {
			markersBy.set(xid, [...(markersBy.get(xid) ?? []), marker ?? '']);
		}
	}
	return codes.flatMap(({ xids, bytes }) => {
		const hash = hashIn(bytes, hashes);
		const markers = xids.flatMap((xid) => markersBy.get(xid) ?? []);
		// A transaction that wrote many answers says nothing about one of them: the first is guessed.
		return hash === null || markers[0] === undefined ? [] : [{ hash, marker: markers[0] }];
	});
}

interface PageRow {
	xids: string[];
	/** In hex. */
	bytes: string;
}

async function rowsOnPages(inspector: Inspector, table: string): Promise<PageRow[]> {
	const rows = await inspector.query<{ t_xmin: string; t_xmax: string; bytes: string }>(`
		select i.t_xmin::text, i.t_xmax::text, encode(i.t_data, 'hex') as bytes
		from generate_series(0, pg_relation_size('${table}') / current_setting('block_size')::int - 1) as page,
			lateral heap_page_items(get_raw_page('${table}', page::int)) as i
		where i.t_data is not null
	`);
	return rows.map(({ t_xmin, t_xmax, bytes }) => ({
		xids: [t_xmin, t_xmax].filter((xid) => xid !== '0'),
		bytes,
	}));
}

function hashIn(bytes: string, hashes: ReadonlySet<string>): string | null {
	for (let at = 0; at + 64 <= bytes.length; at += 2) {
		const part = bytes.slice(at, at + 64);
		if (hashes.has(part)) {
			return part;
		}
	}
	return null;
}

/** The marker in a text; null when there is none of this world. */
export function markerIn(text: string, world: World): string | null {
	const at = text.indexOf(world.prefix);
	const length = world.students[0]?.marker.length ?? 0;
	return at < 0 ? null : text.slice(at, at + length);
}
