import { verifyAuditChain } from '@throughline/db/queries/audit-chain';
import { writeAuditEntry } from '@throughline/db/queries/audit-entry';
import { describeOn } from '@throughline/db/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDigests } from '../audit/digest-file.ts';
import { verifyRecord } from '../audit/verify-record.ts';
import { readConfig } from '../config.ts';
import { systemRandom } from '../system/random.ts';
import { seedEngagement } from '../testing/seed-engagement.ts';
import { testApp } from '../testing/test-app.ts';
import { digestAudit } from './digest-audit.ts';

describeOn('embedded', 'the daily digest of the record', (getDatabase) => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-digest-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	async function seeded() {
		const { db } = getDatabase();
		const config = readConfig(
			{ DATA_DIR: folder, AUDIT_DIGEST_TO: 'counsel@example.org', LOG_LEVEL: 'silent' },
			{ isSampleWanted: false },
		);
		const sut = testApp(db, { config });
		const { engagementId } = await seedEngagement(db);
		const { slug } = await db
			.selectFrom('engagement')
			.select('slug')
			.where('id', '=', engagementId)
			.executeTakeFirstOrThrow();
		const write = (action: string) =>
			writeAuditEntry(db, {
				engagementId,
				id: systemRandom.uuid7(),
				personId: null,
				action,
				target: 't',
			});
		return { db, sut, engagement: { id: engagementId, slug }, write, run: digestAudit(sut.deps) };
	}

	const own = (digests: { engagement: string }[], slug: string) =>
		digests.filter(({ engagement }) => engagement === slug);

	test('is written down once a day, only when there is something new, and mailed', async () => {
		const { sut, engagement, write, run } = await seeded();
		await write('first');
		await run();
		await write('second');
		await run();
		expect(own(await readDigests(folder), engagement.slug)).toMatchObject([{ position: 1 }]);

		sut.travelTo('2026-01-16T12:00:00Z');
		await run();
		const kept = own(await readDigests(folder), engagement.slug);
		expect(kept).toMatchObject([{ position: 1 }, { position: 2 }]);
		sut.travelTo('2026-01-17T12:00:00Z');
		await run();
		expect(own(await readDigests(folder), engagement.slug)).toEqual(kept);
		expect(sut.sent.map(({ to }) => to)).toEqual(['counsel@example.org', 'counsel@example.org']);
		expect(sut.sent[1]?.text).toContain(`${engagement.slug}  2:`);
	});

	test('finds what was cut off together with the head, which the database alone does not', async () => {
		const { db, engagement, write, run } = await seeded();
		await write('first');
		await write('second');
		await run();
		const behind = `
			alter table audit_entry disable trigger user;
			delete from audit_entry where engagement_id = '${engagement.id}' and position = 2;
			update audit_head set position = 1, hash = (
				select hash from audit_entry where engagement_id = '${engagement.id}'
			) where engagement_id = '${engagement.id}';
			alter table audit_entry enable trigger user;`;
		await getDatabase().pool.query(behind);

		expect(await verifyAuditChain(db, engagement.id)).toMatchObject({ entries: 1, broken: null });
		expect(await verifyRecord(db, engagement, { dataDir: folder })).toMatchObject({
			broken: { position: 2, why: 'cut_off' },
		});
	});
});
