import { describeOnBothDatabases } from '@throughline/db/testing';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedEngagement, seedPerson } from '../../testing/seed-engagement.ts';
import { signInApp } from '../../testing/sign-in-app.ts';
import type { Io } from '../command.ts';
import { secondFactorReset } from './second-factor-reset.ts';

describeOnBothDatabases('throughline second-factor reset', (getDatabase) => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-reset-'));
	});
	afterAll(async () => {
		await rm(folder, { recursive: true });
	});

	/** Runs the command beside this test, which holds the database as a server would. */
	async function reset(...positionals: string[]) {
		const printed: unknown[] = [];
		const { config } = getDatabase();
		const io: Io = {
			isJson: false,
			print: (document) => {
				printed.push(document);
			},
			fail: () => {},
			note: () => {},
			path: (file) => file,
			env:
				'dataDir' in config
					? { DATA_DIR: config.dataDir }
					: { DATABASE_URL: config.databaseUrl, DATA_DIR: folder },
		};
		const input = { positionals, text: () => undefined, need: () => '', has: () => false };
		await secondFactorReset.run(input, io);
		return printed;
	}

	test('takes it away, ends the sessions, and that is on record', async () => {
		const { db } = getDatabase();
		const { engagementId } = await seedEngagement(db);
		const email = `${randomUUID()}@example.org`;
		const id = await seedPerson(db, { engagementId, email, roles: ['administrator'] });
		const sut = signInApp(db);
		const { cookie } = await sut.enrol(await sut.enter(email));

		expect(await reset(email)).toEqual([{ email, sessions: 1 }]);
		expect(await sut.principal(cookie)).toEqual({ type: 'public' });
		expect(await sut.principal(await sut.enter(email))).toMatchObject({
			assurance: { secondFactor: 'none' },
		});
		const entries = await db
			.selectFrom('audit_entry')
			.select(['action', 'target', 'person_id as by'])
			.where('engagement_id', '=', engagementId)
			.where('action', '=', 'second_factor.removed')
			.execute();
		expect(entries).toEqual([{ action: 'second_factor.removed', target: id, by: null }]);
		await expect(reset(email)).rejects.toThrow('has no second factor');
	});

	test('names who is not there, and what is missing', async () => {
		await expect(reset('nobody@example.org')).rejects.toThrow('nobody@example.org');
		await expect(reset()).rejects.toThrow('Name one e-mail address.');
	});
});
