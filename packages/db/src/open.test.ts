import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from './open.ts';
import { describeOn, describeOnBothDatabases } from './testing/index.ts';

describeOnBothDatabases('an open database', (getDatabase, mode) => {
	beforeAll(async () => {
		const { pool } = getDatabase();
		await pool.query('create table ledger (id int primary key, amount int not null, note text)');
		await pool.query('insert into ledger values (1, 0)');
	});

	async function amountOf(id: number): Promise<unknown> {
		const answer = await getDatabase().pool.query('select amount from ledger where id = $1', [id]);
		return answer.rows[0]?.amount;
	}

	test('says which kind it is', () => {
		expect(getDatabase().mode).toBe(mode);
	});

	test('reports a duplicate key by its code', async () => {
		const again = getDatabase().pool.query('insert into ledger values (1, 5)');
		await expect(again).rejects.toMatchObject({ code: '23505' });
	});

	test('goes on after an error', async () => {
		await expect(getDatabase().pool.query('select nothing')).rejects.toMatchObject({
			code: '42703',
		});
		expect(await amountOf(1)).toBe(0);
	});

	test('keeps interleaved read-modify-write transactions exact', async () => {
		const { pool } = getDatabase();
		await pool.query('insert into ledger values (2, 0)');
		const one = async (): Promise<void> => {
			const client = await pool.connect();
			await client.query('begin');
			const read = await client.query('select amount from ledger where id = 2 for update');
			await client.query('update ledger set amount = $1 where id = 2', [read.rows[0].amount + 1]);
			await client.query('commit');
			client.release();
		};
		await Promise.all(Array.from({ length: 200 }, one));
		expect(await amountOf(2)).toBe(200);
	});

	test('never mixes the statements of two connections, however long they are', async () => {
		const { pool } = getDatabase();
		const long = 'x'.repeat(300_000);
		const ask = async (caller: number): Promise<string[]> => {
			const wrong: string[] = [];
			for (let i = 0; i < 10; i += 1) {
				const tag = `c${caller}_${i}`;
				const text = `select ${caller} as n, right($1::text, ${tag.length}) as "${tag}"`;
				const answer = await pool.query(text, [(i % 2 === 0 ? long : '') + tag]);
				const row: unknown = answer.rows[0];
				if (JSON.stringify(row) !== JSON.stringify({ n: caller, [tag]: tag })) {
					wrong.push(tag);
				}
			}
			return wrong;
		};
		const wrong = await Promise.all(Array.from({ length: 16 }, (_, caller) => ask(caller)));
		expect(wrong.flat()).toEqual([]);
	});

	test('shows nobody an uncommitted row', async () => {
		const { pool } = getDatabase();
		const writer = await pool.connect();
		await writer.query('begin');
		await writer.query('insert into ledger values (3, 7)');
		const seen = amountOf(3);
		// A server answers at once, the embedded database when the transaction has ended.
		if (mode === 'server') {
			expect(await seen).toBeUndefined();
		}
		await writer.query('rollback');
		writer.release();
		expect(await seen).toBeUndefined();
	});

	test('rolls back what a client that vanished began', async () => {
		const { pool } = getDatabase();
		const client = await pool.connect();
		await client.query('begin');
		await client.query('insert into ledger values (4, 7)');
		client.release(new Error('vanished'));
		await expect.poll(() => amountOf(4)).toBeUndefined();
		await pool.query('insert into ledger values (4, 8)');
		expect(await amountOf(4)).toBe(8);
	});

	test('rolls back when a transaction throws', async () => {
		const { db } = getDatabase();
		const transaction = db.transaction().execute(async (trx) => {
			await sql`update ledger set amount = 99 where id = 1`.execute(trx);
			throw new Error('changed my mind');
		});
		await expect(transaction).rejects.toThrow('changed my mind');
		expect(await amountOf(1)).toBe(0);
	});

	test('honours serializable and SET LOCAL', async () => {
		const { db } = getDatabase();
		const level = await db
			.transaction()
			.setIsolationLevel('serializable')
			.execute(async (trx) => {
				await sql`set local statement_timeout = 4321`.execute(trx);
				return sql<{ transaction_isolation: string }>`show transaction_isolation`.execute(trx);
			});
		expect(level.rows).toEqual([{ transaction_isolation: 'serializable' }]);
		const after = await getDatabase().pool.query('show statement_timeout');
		expect(after.rows[0].statement_timeout).not.toBe('4321ms');
	});

	test('gives an error, not silence, when a statement takes too long', async () => {
		const { config } = getDatabase();
		const hasty = await openDatabase(config, { attach: true, queryTimeoutMs: 200 });
		const slow = hasty.pool.query('select count(*) from generate_series(1, 10000000)');
		await expect(slow).rejects.toThrow(/timeout/);
		await hasty.close();
		expect(await amountOf(1)).toBe(0);
	});

	test('gives migrations the time they take', async () => {
		const hasty = await openDatabase(getDatabase().config, { attach: true, queryTimeoutMs: 200 });
		const count = sql<{ n: string }>`select count(*) as n from generate_series(1, 10000000)`;
		const counted = await hasty.patiently((db) => count.execute(db));
		expect(Number(counted.rows[0]?.n)).toBe(10_000_000);
		await hasty.close();
	});

	test('closes twice without an error', async () => {
		const again = await openDatabase(getDatabase().config, { attach: true });
		await again.close();
		await expect(again.close()).resolves.toBeUndefined();
	});
});

describeOn('server', 'a server', (getDatabase) => {
	test('has the driver’s own limits on its side too', async () => {
		const answer = await getDatabase().pool.query('show idle_in_transaction_session_timeout');
		expect(answer.rows).toEqual([{ idle_in_transaction_session_timeout: '1min' }]);
	});

	test('that hangs up in the middle of a transaction fails it, and does not end this process', async () => {
		const { pool } = getDatabase();
		const client = await pool.connect();
		const { rows } = await client.query('select pg_backend_pid() as pid');
		await client.query('begin');
		// The driver says 'error' on the connection itself: without a listener that is the end.
		const isOver = new Promise((resolve) => client.once('end', resolve));
		await pool.query('select pg_terminate_backend($1)', [rows[0].pid]);
		await isOver;
		await expect(client.query('select 1')).rejects.toThrow();
		client.release(true);
		expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
	});

	test('that restarts does not end this process', async () => {
		const { config, pool } = getDatabase();
		const lost: string[] = [];
		const other = await openDatabase(config, {
			onConnectionLost: (error) => lost.push(error.message),
		});
		await other.pool.query('select 1');
		await pool.query(
			'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
		);
		await expect.poll(() => lost.length).toBeGreaterThan(0);
		expect((await other.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
		await other.close();
	});
});

test('a server that does not answer is named with the setting to check', async () => {
	const opening = openDatabase({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
	await expect(opening).rejects.toMatchObject({
		code: 'database_unreachable',
		message: expect.stringContaining('DATABASE_URL'),
	});
});
