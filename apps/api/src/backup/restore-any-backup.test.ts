import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@throughline/db';
import { grantRole } from '@throughline/db/queries/engagement-role';
import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeRoles } from '../actions/change-roles.ts';
import { readConfig } from '../config.ts';
import { systemRandom } from '../system/random.ts';
import { seedEngagement, seedPerson } from '../testing/seed-engagement.ts';
import { testApp } from '../testing/test-app.ts';
import { backupFolder } from './backup-folder.ts';
import { restoreAnyBackup } from './restore-any-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeTombstones } from './tombstone-file.ts';
import { writeBackup } from './write-backup.ts';

describeOnBothDatabases('a restored database', (getDatabase, mode) => {
	let folder: string;
	let file: string;
	let engagementId: string;
	let people: Record<'left' | 'ends' | 'stays', string>;
	let place: Awaited<ReturnType<typeof createTestDatabase>>;
	let config: ReturnType<typeof readConfig>;

	beforeAll(async () => {
		const { db } = getDatabase();
		const { deps } = testApp(db);
		folder = await mkdtemp(join(tmpdir(), 'throughline-restore-'));
		file = join(folder, 'before.backup');
		({ engagementId } = await seedEngagement(db));
		const person = (name: string) =>
			seedPerson(db, { engagementId, email: `${name}@example.org`, roles: ['coder'] });
		people = {
			left: await person('left'),
			ends: await person('ends'),
			stays: await person('stays'),
		};
		const id = () => systemRandom.uuid7();
		await sql`
			insert into auth_session (id, person_id, token, expires_at)
			values (${id()}, ${people.left}, 'stolen', now() + interval '8 hours')
		`.execute(db);
		await sql`
			insert into auth_verification (id, identifier, value, expires_at)
			values (${id()}, 'magic-link:x', 'x', now() + interval '8 hours')
		`.execute(db);
		await db
			.insertInto('invitation')
			.values(
				['wrong@example.org', 'right@example.org'].map((email) => ({
					engagement_id: engagementId,
					id: id(),
					email,
					name: 'Somebody',
					role: 'data_steward' as const,
					expires_at: '2099-01-01T00:00:00Z',
				})),
			)
			.execute();
		await sql`
			insert into auth_session (id, person_id, token, expires_at)
			values (${id()}, ${people.stays}, 'old', '2020-01-01T00:00:00Z')
		`.execute(db);
		await writeBackup(db, { file, passphrase: null, recordings: null, now: new Date() });

		// Since then somebody left, somebody's days were counted, and a wrong address was seen.
		await seedPerson(db, { engagementId, email: 'admin@example.org', roles: ['administrator'] });
		const by = { personId: people.stays };
		const own = { engagementId, endsOn: null };
		await changeRoles(deps, { ...own, personId: people.left, roles: [] }, by);
		await grantRole(db, {
			engagementId,
			personId: people.ends,
			role: 'coder',
			endsOn: '2026-03-01',
		});
		await sql`delete from invitation where email = 'wrong@example.org'`.execute(db);
		await writeTombstones(db, backupFolder({ DATA_DIR: folder }));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	beforeEach(async () => {
		place = await createTestDatabase(mode);
		const env = {
			LOG_LEVEL: 'silent',
			DATA_DIR: folder,
			...('databaseUrl' in place.config && { DATABASE_URL: place.config.databaseUrl }),
		};
		config = readConfig(
			'dataDir' in place.config ? { ...env, DATA_DIR: place.config.dataDir } : env,
			{ isSampleWanted: false },
		);
		return () => place.remove();
	});

	async function withRestored<T>(
		read: (db: ReturnType<typeof getDatabase>['db']) => Promise<T>,
	): Promise<T> {
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		try {
			return await read(handle.db);
		} finally {
			await handle.close();
		}
	}

	const count = async (db: ReturnType<typeof getDatabase>['db'], name: string) =>
		(await sql`select 1 from ${sql.id(name)}`.execute(db)).rows.length;

	const access = (db: ReturnType<typeof getDatabase>['db']) =>
		Promise.all([
			count(db, 'auth_session'),
			count(db, 'auth_verification'),
			db
				.selectFrom('engagement_role')
				.select(['person_id as person', 'ends_on as endsOn'])
				.orderBy('person_id')
				.execute(),
			db.selectFrom('invitation').select('email').orderBy('email').execute(),
		]);

	test('lets nobody in who was signed in, invited or a member no longer', async () => {
		await restoreAnyBackup({
			config,
			file,
			isReplaced: false,
			tombstoneFolders: [backupFolder({ DATA_DIR: folder })],
		});
		const [sessions, links, roles, invitations] = await withRestored(access);
		expect([sessions, links]).toEqual([0, 0]);
		expect(roles).toEqual(
			[
				{ person: people.ends, endsOn: '2026-03-01' },
				{ person: people.stays, endsOn: null },
			].toSorted((a, b) => (a.person < b.person ? -1 : 1)),
		);
		expect(invitations).toEqual([{ email: 'right@example.org' }]);
	});

	test('would without that (the control): the backup has them all', async () => {
		await withRestored(async (db) => {
			await restoreBackup(db, {
				file,
				passphrase: null,
				isReplaced: false,
				tombstones: [],
				recordings: null,
			});
			const [sessions, links, roles, invitations] = await access(db);
			expect([sessions, links, roles.length, invitations.length]).toEqual([2, 1, 3, 2]);
		});
	});
});
