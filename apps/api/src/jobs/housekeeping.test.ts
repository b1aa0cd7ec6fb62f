import { describeOnBothDatabases } from '@throughline/db/testing';
import { expect, test } from 'vitest';
import { housekeeping } from './housekeeping.ts';

describeOnBothDatabases('the night’s work', (getDatabase, mode) => {
	const isEmbedded = mode === 'embedded';
	test(`${isEmbedded ? 'ends with a backup like any other' : 'leaves a server to itself'}`, async () => {
		let made = 0;
		const backUp = async () => {
			made += 1;
			return { verified: true as const };
		};
		await housekeeping(getDatabase(), { backUp });
		expect(made).toBe(isEmbedded ? 1 : 0);
		const failing = () => Promise.reject(new Error('no disk'));
		const working = housekeeping(getDatabase(), { backUp: failing });
		await (isEmbedded
			? expect(working).rejects.toThrow('no disk')
			: expect(working).resolves.toBeUndefined());
	});
});
