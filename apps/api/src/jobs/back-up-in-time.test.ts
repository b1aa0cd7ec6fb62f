import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOn } from '@throughline/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { seedReleasing } from '../testing/seed-release.ts';
import { testApp } from '../testing/test-app.ts';
import { backUpInTime } from './back-up-in-time.ts';

const HOUR_MS = 60 * 60 * 1000;

describeOn('server', 'backups of a server', (getDatabase) => {
	let folder: string;
	let sut: ReturnType<typeof testApp>;
	let place: Awaited<ReturnType<typeof seedReleasing>>;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-in-time-'));
		await mkdir(join(folder, 'backups'));
		const env = { LOG_LEVEL: 'silent', DATA_DIR: folder };
		const config = readConfig(env, { isSampleWanted: false });
		sut = testApp(getDatabase().db, { config });
		place = await seedReleasing(sut, { perCohort: [10, 0, 0] });
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	/** Whether a backup is made an hour from now, when the last one was made so long before now. */
	async function isMade({ hoursAgo }: { hoursAgo: number }): Promise<boolean> {
		const now = sut.deps.clock().getTime();
		const made = new Date(now - hoursAgo * HOUR_MS);
		const file = join(folder, 'backups', 'throughline-20260101T000000Z.backup');
		await writeFile(file, '');
		await utimes(file, made, made);
		let isAsked = false;
		const run = backUpInTime(sut.deps, {
			mode: 'server',
			backUp: async () => {
				isAsked = true;
				return { verified: true };
			},
		});
		sut.travelTo(new Date(now + HOUR_MS).toISOString());
		await run();
		return isAsked;
	}

	test('are made once a day', async () => {
		expect(await isMade({ hoursAgo: 5 })).toBe(false);
		expect(await isMade({ hoursAgo: 23 })).toBe(true);
	});

	test('are made soon after a release, so that no restored database forgets it', async () => {
		const { engagementId, windowId } = place;
		const frozen = {
			engagement_id: engagementId,
			id: sut.deps.random.uuid7(),
			slug: 'spring',
			title: 'Spring',
			window_id: windowId,
			status: 'frozen' as const,
			body: '{}',
			body_hash: 'a'.repeat(64),
			audit: '{}',
			frozen_at: new Date(sut.deps.clock().getTime() - 2 * HOUR_MS),
		};
		await getDatabase().db.insertInto('release').values(frozen).execute();
		expect(await isMade({ hoursAgo: 3 })).toBe(true);
		expect(await isMade({ hoursAgo: 1 })).toBe(false);
	});
});
