import { expect, test } from 'vitest';
import { describeOn } from '../testing/index.ts';
import { shared } from './durable-log.ts';

test('those who ask while a sync runs wait for one that began after they asked', async () => {
	const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	let runs = 0;
	const sync = shared(() => {
		runs += 1;
		return gates[runs - 1]?.promise ?? Promise.resolve();
	});
	const first = sync();
	await Promise.resolve();
	const later = Promise.all([sync(), sync(), sync()]);
	let isLaterDone = false;
	void later.then(() => (isLaterDone = true));
	gates[0]?.resolve();
	await first;
	await new Promise((resolve) => setImmediate(resolve));
	expect([runs, isLaterDone]).toEqual([2, false]);
	gates[1]?.resolve();
	await later;
	expect(runs).toBe(2);
});

test('a refused sync is never followed by one that says yes', async () => {
	let runs = 0;
	const sync = shared(() => {
		runs += 1;
		return runs === 1 ? Promise.reject(new Error('EIO')) : Promise.resolve();
	});
	await expect(sync()).rejects.toThrow('EIO');
	await expect(sync()).rejects.toThrow('EIO');
	expect(runs).toBe(1);
});

describeOn('embedded', 'the log of changes', (getDatabase) => {
	test('is synced after a commit, many callers at once', async () => {
		const { pool, makeDurable } = getDatabase();
		await pool.query('create table kept (n int)');
		await Promise.all(
			Array.from({ length: 20 }, async (_, n) => {
				await pool.query('insert into kept values ($1)', [n]);
				await makeDurable();
			}),
		);
		expect((await pool.query('select * from kept')).rowCount).toBe(20);
	});
});
