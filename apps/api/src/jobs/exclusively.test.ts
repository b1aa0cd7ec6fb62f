import { describeOn } from '@throughline/db/testing';
import { expect, test } from 'vitest';
import { exclusivelyOn } from './scheduler.ts';

describeOn('server', 'a job of several processes', (getDatabase) => {
	test('runs in one of them at a time, and again when that is done', async () => {
		const { db, mode } = getDatabase();
		const exclusively = exclusivelyOn(db, mode);
		const gate = Promise.withResolvers<void>();
		const begun = Promise.withResolvers<void>();
		const ran: string[] = [];

		const first = exclusively('open', async () => {
			begun.resolve();
			await gate.promise;
			ran.push('first');
		});
		await begun.promise;
		await exclusively('open', async () => void ran.push('second, at the same time'));
		await exclusively('close', async () => void ran.push('another job'));
		gate.resolve();
		await first;
		await exclusively('open', async () => void ran.push('third, afterwards'));

		expect(ran).toEqual(['another job', 'first', 'third, afterwards']);
	});

	test('leaves its lock behind when it fails', async () => {
		const { db, mode } = getDatabase();
		const exclusively = exclusivelyOn(db, mode);
		let isRun = false;

		await expect(exclusively('fail', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		await exclusively('fail', async () => {
			isRun = true;
		});

		expect(isRun).toBe(true);
	});
});

describeOn('embedded', 'a job of the only process', (getDatabase) => {
	test('holds no transaction while it works, so others are not kept waiting', async () => {
		const { db, mode } = getDatabase();
		const rows = await new Promise((resolve, reject) => {
			void exclusivelyOn(db, mode)('read', async () => {
				await db.selectFrom('district').select('id').execute().then(resolve, reject);
			});
		});

		expect(rows).toEqual([]);
	});
});
