import type { Inspector } from '@throughline/db/testing/inspector';
import type { Pair, World } from './world.ts';

/** A record of the write-ahead log: which transaction did what to which row. */
export interface LogRecord {
	xid: string;
	type: string;
	/** The number of the file of the first block it touches, and of all. */
	node: string;
	nodes: string[];
	/** 'block,item' of the row it wrote, if it wrote one. */
	place: string;
}

/** Reads the write-ahead log of this database between two places. */
export async function readLog(
	inspector: Inspector,
	range: { from: string; to: string },
): Promise<LogRecord[]> {
	const rows = await inspector.query<{
		xid: string;
		type: string;
		description: string;
		blocks: string;
	}>(`
		select xid::text, resource_manager || ' ' || record_type as type, description,
			block_ref as blocks
		from pg_get_wal_records_info('${range.from}', '${range.to}')
		where block_ref is not null
			and block_ref like '%/' || (select oid from pg_database where datname = current_database()) || '/%'
		order by start_lsn
	`);
	return rows.map(({ xid, type, description, blocks }) => {
		const nodes = [...blocks.matchAll(/rel \d+\/\d+\/(\d+)/g)].map((match) => match[1] ?? '');
		const block = /blkref #0: .*? blk (\d+)/.exec(blocks)?.[1] ?? '';
		// PostgreSQL 15 writes 'off 3', later ones 'off: 3'; an update names the new row as well.
		const item = /new[ _]off:? (\d+)/.exec(description) ?? /off:? (\d+)/.exec(description);
		return { xid, type, node: nodes[0] ?? '', nodes, place: `${block},${item?.[1] ?? ''}` };
	});
}

/** U5: transactions that touched a file of codes and a file of answers, by their numbers. */
export function transactionsWithBoth(log: readonly LogRecord[], world: World): string[] {
	const touches = (records: readonly LogRecord[], nodes: ReadonlySet<string>) =>
		records.some((record) => record.nodes.some((node) => nodes.has(node)));
	return [...Map.groupBy(log, ({ xid }) => xid)]
		.filter(
			([xid, records]) =>
				xid !== '0' && touches(records, world.nodes.codes) && touches(records, world.nodes.answers),
		)
		.map(([xid]) => xid);
}

/** U5: the code and the answer that one transaction wrote. */
export function joinByLog(log: readonly LogRecord[], world: World): Pair[] {
	const guilty = new Set(transactionsWithBoth(log, world));
	const byXid = Map.groupBy(
		log.filter(({ xid }) => guilty.has(xid)),
		({ xid }) => xid,
	);
	return [...byXid.values()].flatMap((records) => {
		const hashes = rowsIn(records, world.nodes.codes, world.places.codes);
		const markers = rowsIn(records, world.nodes.answers, world.places.answers);
		const [hash] = hashes;
		const [marker] = markers;
		return hash === undefined || marker === undefined ? [] : [{ hash, marker }];
	});
}

/** U5, U9: answers in the order in which the log says they were written. */
export function answersByLog(log: readonly LogRecord[], world: World): string[] {
	const inserts = log.filter(({ type }) => type.startsWith('Heap INSERT'));
	return rowsIn(inserts, world.nodes.answers, world.places.answers);
}

function rowsIn(
	records: readonly LogRecord[],
	nodes: ReadonlySet<string>,
	places: ReadonlyMap<string, string>,
): string[] {
	return records.flatMap(({ node, place }) => {
		const row = nodes.has(node) ? places.get(`${node}:${place}`) : undefined;
		return row === undefined ? [] : [row];
	});
}
