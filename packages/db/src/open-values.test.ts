import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { json } from './open-values.ts';
import { describeOnBothDatabases } from './testing/index.ts';

describeOnBothDatabases('a value', (getDatabase) => {
	async function select(expression: ReturnType<typeof sql>): Promise<unknown> {
		const { db } = getDatabase();
		const answer = await sql<{ value: unknown }>`select ${expression} as value`.execute(db);
		return answer.rows[0]?.value;
	}

	test.each([
		['int8', sql`9007199254740991::int8`, 9_007_199_254_740_991],
		['a count', sql`count(*)`, 1],
		['an array of int8', sql`array[1::int8, null]`, [1, null]],
		['int4', sql`7`, 7],
		['numeric', sql`1.50::numeric`, '1.50'],
		['date', sql`date '2026-03-08'`, '2026-03-08'],
		['an array of dates', sql`array[date '2026-03-08']`, ['2026-03-08']],
		['jsonb', sql`'{"q_first_name": [1, null]}'::jsonb`, { q_first_name: [1, null] }],
		['timestamptz', sql`timestamptz '2026-03-08 12:00Z'`, new Date('2026-03-08T12:00:00Z')],
		['text array', sql`array['a,"b', 'ñ']`, ['a,"b', 'ñ']],
		['bytea', sql`'\\x00ff'::bytea`, Buffer.from([0, 255])],
	])('of %s is the same on both databases', async (_name, expression, expected) => {
		expect(await select(expression)).toEqual(expected);
	});

	test('of int8 beyond what a number holds is an error, not a wrong number', async () => {
		await expect(select(sql`9007199254740993::int8`)).rejects.toThrow('9007199254740993');
	});

	test('survives as a parameter', async () => {
		const instant = new Date('2026-11-01T05:30:00.123Z');
		expect(await select(sql`${instant}::timestamptz`)).toEqual(instant);
		expect(await select(sql`${'2026-11-01'}::date`)).toBe('2026-11-01');
		expect(await select(sql`${json(['a', { b: null }])}::jsonb`)).toEqual(['a', { b: null }]);
		expect(await select(sql`${Buffer.from('öß\0')}::bytea`)).toEqual(Buffer.from('öß\0'));
		expect(await select(sql`${"'; drop table x; --"}::text`)).toBe("'; drop table x; --");
	});
});

test('a value that JSON has no text for is refused', () => {
	expect(() => json(undefined)).toThrow('undefined cannot be stored');
});
