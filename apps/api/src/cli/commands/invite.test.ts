import { describeOnBothDatabases } from '@throughline/db/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedEngagement } from '../../testing/seed-engagement.ts';
import type { Io } from '../command.ts';
import { inviteCommand } from './invite.ts';

describeOnBothDatabases('throughline invite', (getDatabase, mode) => {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-invite-'));
	});
	afterAll(async () => {
		await rm(folder, { recursive: true });
	});

	/** Runs the command beside this test, which holds the database as a server would. */
	async function invite(email: string, options: Record<string, string>) {
		const printed: { document: unknown; words: string }[] = [];
		const { config } = getDatabase();
		const io: Io = {
			isJson: false,
			print: (document, words) => {
				printed.push({ document, words });
			},
			fail: () => {},
			note: () => {},
			path: (file) => file,
			env:
				'dataDir' in config
					? { DATA_DIR: config.dataDir }
					: { DATABASE_URL: config.databaseUrl, DATA_DIR: folder },
		};
		await inviteCommand.run(
			{
				positionals: [email],
				text: (name) => options[name],
				need: (name) => options[name] ?? '',
				has: () => false,
			},
			io,
		);
		return printed;
	}

	test('makes the first administrator of an engagement, with a link', async () => {
		const { engagementId } = await seedEngagement(getDatabase().db);
		const [printed] = await invite('Ada@Example.org', { name: 'Ada', role: 'administrator' });

		expect(printed?.document).toMatchObject({
			email: 'ada@example.org',
			roles: ['administrator'],
			link: expect.stringMatching(/^http:\/\/localhost:4310\/sign-in\/link\?token=[\w-]{43}$/),
		});
		const rows = await getDatabase()
			.db.selectFrom('invitation')
			.select(['engagement_id', 'email', 'invited_by'])
			.execute();
		expect(rows).toEqual([
			{ engagement_id: engagementId, email: 'ada@example.org', invited_by: null },
		]);
	});

	test.each([
		['nobody', { name: 'A', role: 'coder' }, 'e-mail'],
		['a@example.org', { name: 'A', role: 'king' }, 'roles'],
		['a@example.org', { name: 'A', role: 'police_partner,coder' }, 'police'],
		['a@example.org', { name: 'A', role: 'coder', engagement: 'none' }, 'no engagement'],
	])(`refuses %s %j (${mode})`, async (email, options, words) => {
		await expect(invite(email, options)).rejects.toThrow(words);
	});
});
