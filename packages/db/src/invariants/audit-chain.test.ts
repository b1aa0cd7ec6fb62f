import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { readAuditHead, verifyAuditChain } from '../queries/audit-chain.ts';
import { writeAuditEntry } from '../queries/audit-entry.ts';
import { describeOnBothDatabases } from '../testing/index.ts';

describeOnBothDatabases('the record of what staff did', (getDatabase) => {
	let engagementId: string;

	beforeEach(async () => {
		engagementId = await seed();
		for (const action of ['first', 'second', 'third', 'fourth', 'fifth']) {
			await write(action);
		}
	});

	async function seed(isSynthetic = false): Promise<string> {
		const { db } = getDatabase();
		const district = randomUUID();
		const id = randomUUID();
		await sql`
			insert into district (id, key, name, short_name, state, timezone, default_language,
				languages, details)
			values (${district}, ${district}, 'T', 'T', 'MN', 'America/Chicago', 'en', '{en}', '{}')
		`.execute(db);
		await sql`
			insert into engagement (id, district_id, slug, title, purpose, status, is_synthetic,
				school_year, decision, details)
			values (${id}, ${district}, ${id}, 'T', 'P', 'active', ${isSynthetic}, '2025-26', '{}', '{}')
		`.execute(db);
		return id;
	}

	async function write(action: string, detail: Record<string, unknown> = { n: 1, words: 'öé“' }) {
		const id = randomUUID();
		const entry = { engagementId, id, personId: null, action, target: 't', detail };
		await writeAuditEntry(getDatabase().db, entry);
		return id;
	}

	/** As whoever owns the database could: the triggers are off while it is done. */
	async function behindItsBack(statement: string): Promise<void> {
		const { pool } = getDatabase();
		const client = await pool.connect();
		try {
			await client.query('begin');
			await client.query('alter table audit_entry disable trigger user');
			for (const one of statement.split(';')) {
				await client.query(one, [engagementId]);
			}
			await client.query('alter table audit_entry enable trigger user');
			await client.query('commit');
		} finally {
			client.release();
		}
	}

	const verify = (...digests: { position: number; hash: string }[]) =>
		verifyAuditChain(getDatabase().db, engagementId, digests);

	test('holds as it was written', async () => {
		const { entries, head, broken } = await verify();
		expect(broken).toBeNull();
		expect(entries).toBe(5);
		expect(head).toEqual(await readAuditHead(getDatabase().db, engagementId));
		expect(head).toEqual({ position: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
	});

	test('is a chain of its own in every engagement, and empty at first', async () => {
		const other = await seed();
		expect(await verifyAuditChain(getDatabase().db, other)).toEqual({
			entries: 0,
			head: null,
			broken: null,
		});
	});

	describe('cannot be', () => {
		test.each([
			['changed', "update audit_entry set action = 'other' where engagement_id = $1"],
			[
				'given other hashes',
				'update audit_entry set hash = previous_hash where engagement_id = $1',
			],
			['moved', 'update audit_entry set position = position + 10 where engagement_id = $1'],
			['deleted from', 'delete from audit_entry where engagement_id = $1'],
		])('%s', async (_name, statement) => {
			await expect(getDatabase().pool.query(statement, [engagementId])).rejects.toMatchObject({
				code: '23001',
			});
			expect(await verify()).toMatchObject({ entries: 5, broken: null });
		});

		test('emptied', async () => {
			await expect(getDatabase().pool.query('truncate audit_entry')).rejects.toMatchObject({
				code: '23001',
			});
		});

		test('written to with a place of one’s own choice', async () => {
			const statement = `
				insert into audit_entry (engagement_id, id, action, target, detail, position, previous_hash, hash)
				values ($1, $2, 'a', 't', '{}', 99, sha256(''), sha256(''))`;
			await expect(
				getDatabase().pool.query(statement, [engagementId, randomUUID()]),
			).rejects.toMatchObject({ code: '23001' });
		});
	});

	test('goes with its engagement', async () => {
		await getDatabase().pool.query('delete from engagement where id = $1', [engagementId]);
		const { rows } = await getDatabase().pool.query(
			'select id from audit_entry where engagement_id = $1',
			[engagementId],
		);
		expect(rows).toEqual([]);
	});

	describe('says which entry', () => {
		const where = 'where engagement_id = $1';
		test.each([
			[
				'was changed',
				`update audit_entry set action = 'x' ${where} and position = 3`,
				3,
				'changed',
			],
			[
				'has other details',
				`update audit_entry set detail = '{"n": 2}' ${where} and position = 2`,
				2,
				'changed',
			],
			[
				'was dated back',
				`update audit_entry set created_at = created_at - interval '1 microsecond' ${where} and position = 5`,
				5,
				'changed',
			],
			['was deleted', `delete from audit_entry ${where} and position = 4`, 4, 'missing'],
			[
				'was the first and is gone',
				`delete from audit_entry ${where} and position = 1`,
				1,
				'missing',
			],
			[
				'changed places with the next',
				`update audit_entry set position = 99 ${where} and position = 2;
				 update audit_entry set position = 2 ${where} and position = 3;
				 update audit_entry set position = 3 ${where} and position = 99`,
				2,
				'replaced',
			],
			['was cut off', `delete from audit_entry ${where} and position = 5`, 5, 'cut_off'],
			[
				'was made to look right by itself',
				`update audit_entry e set action = 'x',
					hash = audit_entry_hash((e.engagement_id, e.id, e.person_id, 'x', e.target, e.detail,
						e.created_at, e.position, e.previous_hash, e.hash)::audit_entry, e.position, e.previous_hash)
				 ${where} and position = 2`,
				3,
				'replaced',
			],
			[
				'was put in beside the chain',
				`insert into audit_entry (engagement_id, id, action, target, detail)
				 values ($1, gen_random_uuid(), 'a', 't', '{}')`,
				6,
				'unchained',
			],
		])('%s', async (_name, statement, position, why) => {
			await behindItsBack(statement);
			expect((await verify()).broken).toMatchObject({ position, why });
		});

		test('was cut off together with the head, by a digest kept elsewhere', async () => {
			const digest = (await verify()).head ?? expect.fail('no head');
			await behindItsBack('delete from audit_entry where engagement_id = $1 and position = 5');
			await getDatabase().pool.query(
				`update audit_head set position = 4, hash = (
					select hash from audit_entry where engagement_id = $1 and position = 4
				) where engagement_id = $1`,
				[engagementId],
			);
			expect((await verify()).broken).toBeNull();
			expect((await verify(digest)).broken).toEqual({ position: 5, id: null, why: 'cut_off' });
			await write('put in its place');
			expect((await verify(digest)).broken).toMatchObject({ position: 5, why: 'other_digest' });
		});
	});

	test('keeps one chain when many write at the same time, and some give up', async () => {
		const { db } = getDatabase();
		await Promise.all(
			Array.from({ length: 40 }, (_, i) =>
				db
					.transaction()
					.execute(async (trx) => {
						const id = randomUUID();
						await writeAuditEntry(trx, {
							engagementId,
							id,
							personId: null,
							action: `a${i}`,
							target: 't',
						});
						await writeAuditEntry(trx, {
							engagementId,
							id: randomUUID(),
							personId: null,
							action: `b${i}`,
							target: id,
						});
						if (i % 4 === 0) {
							throw new Error('given up');
						}
					})
					.catch((error: unknown) => {
						expect(error).toMatchObject({ message: 'given up' });
					}),
			),
		);
		expect(await verify()).toMatchObject({ entries: 5 + 60, broken: null });
	});
});
