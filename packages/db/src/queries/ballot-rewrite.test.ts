import { sql, type Transaction } from 'kysely';
import { expect, test } from 'vitest';
import type { Schema } from '../schema.ts';
import { describeOnBothDatabases } from '../testing/index.ts';
import { rewriteAccessCodes, rewriteEnvelopes } from './ballot-rewrite.ts';

const opened = '00000000-0000-4000-8000-000000000001';
const SHELF = 3;
const rewriteShelf = (trx: Transaction<Schema>) => rewriteEnvelopes(trx, SHELF);
const collecting = '00000000-0000-4000-8000-000000000002';

describeOnBothDatabases('writing the ballot tables anew', (getDatabase) => {
	/** More rows than one statement copies: 2,600 of a window that takes answers, 1,300 of an opened one. */
	async function seed(): Promise<void> {
		const { db } = getDatabase();
		const window = sql`case when n % 3 = 0 then ${opened}::uuid else ${collecting}::uuid end`;
		await sql`
			insert into envelope (engagement_id, id, window_id, cohort_id, epoch, body, shelf)
			select ${opened}::uuid, gen_random_uuid(), ${window}, gen_random_uuid(), 1,
				decode(rpad(md5(n::text), 2 * 4124, md5(n::text)), 'hex'), ${SHELF}
			from generate_series(1, 3900) n
		`.execute(db);
		await sql`
			insert into access_code (engagement_id, window_id, code_hash, cohort_id, state, sid_hash)
			select ${opened}::uuid, ${window}, sha256(n::text::bytea), gen_random_uuid(), 1,
				sha256((-n)::text::bytea)
			from generate_series(1, 3900) n
		`.execute(db);
		// Neither window has a survey here: rows are all this is about.
		await sql`alter table opening drop constraint opening_engagement_id_window_id_fkey`.execute(db);
		await sql`
			insert into opening (engagement_id, window_id, epoch, opened_on)
			values (${opened}::uuid, ${opened}::uuid, 1, '2026-01-15')
		`.execute(db);
	}

	async function contentOf(table: 'envelope' | 'access_code', window: string): Promise<string[]> {
		const { rows } = await sql<{ row: string }>`
			select md5(t::text) as row from ${sql.id(table)} t where window_id = ${window}::uuid order by 1
		`.execute(getDatabase().db);
		return rows.map(({ row }) => row);
	}

	/** As if the rows had come in another order. */
	async function comeOtherwise(table: 'envelope' | 'access_code', order: string): Promise<void> {
		await getDatabase()
			.db.transaction()
			.execute(async (trx) => {
				const name = sql.id(table);
				await sql`create temporary table came on commit drop as select * from ${name}`.execute(trx);
				await sql`truncate ${name}`.execute(trx);
				await sql`insert into ${name} select * from came order by ${sql.raw(order)}`.execute(trx);
			});
	}

	/** Keys in the order in which their rows lie in the file, and how many transactions wrote them. */
	async function layoutOf(table: 'envelope' | 'access_code', key: string) {
		const { rows } = await sql<{ key: string; writer: string }>`
			select encode(${sql.raw(key)}, 'hex') as key, xmin::text as writer
			from ${sql.id(table)} order by ctid
		`.execute(getDatabase().db);
		return {
			keys: rows.map((row) => row.key),
			writers: new Set(rows.map(({ writer }) => writer)).size,
		};
	}

	test('keeps what is still sealed as it is, and no other envelope', async () => {
		const { db } = getDatabase();
		await seed();
		const envelopes = await contentOf('envelope', collecting);
		const codes = await contentOf('access_code', collecting);
		expect(envelopes).toHaveLength(2600);
		await db.transaction().execute(rewriteShelf);
		await db.transaction().execute(rewriteAccessCodes);
		expect(await contentOf('envelope', collecting)).toEqual(envelopes);
		expect(await contentOf('envelope', opened)).toEqual([]);
		expect(await contentOf('access_code', collecting)).toEqual(codes);
		expect(await contentOf('access_code', opened)).toHaveLength(1300);
	});

	test.each([
		['envelope', 'uuid_send(id)', rewriteShelf],
		['access_code', 'code_hash', rewriteAccessCodes],
	] as const)(
		'leaves no trace in %s of the order in which rows came',
		async (table, key, rewrite) => {
			const { db } = getDatabase();
			const layouts = [];
			for (const order of ['cohort_id', 'cohort_id desc']) {
				await comeOtherwise(table, order);
				await db.transaction().execute(rewrite);
				layouts.push(await layoutOf(table, key));
			}
			expect(layouts[1]).toEqual(layouts[0]);
			expect(layouts[0]?.keys.length).toBeGreaterThan(2000);
			expect(layouts[0]?.writers).toBe(1);
		},
	);

	test('locks its own shelf, and no other', async () => {
		const { db } = getDatabase();
		const { rows } = await db.transaction().execute(async (trx) => {
			await rewriteShelf(trx);
			return await sql<{ table: string }>`
				select l.relation::regclass::text as "table" from pg_locks l
				where l.pid = pg_backend_pid() and l.mode = 'AccessExclusiveLock'
					and l.relation in (
						select inhrelid from pg_inherits where inhparent = 'envelope'::regclass
						union all select 'envelope'::regclass
					)
			`.execute(trx);
		});
		expect(rows).toEqual([{ table: `envelope_${SHELF}` }]);
	});

	test('of an empty table leaves it empty', async () => {
		const { db } = getDatabase();
		await sql`truncate envelope`.execute(db);
		await db.transaction().execute(rewriteShelf);
		expect(await contentOf('envelope', collecting)).toEqual([]);
	});
});
