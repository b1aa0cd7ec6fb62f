import { describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Io, UsageError } from '../cli/command.ts';
import { releaseVerify } from '../cli/commands/release-verify.ts';
import { createResultsReader } from '../results/read-window.ts';
import { type SampleReleases, sampleReleases } from '../testing/sample-releases.ts';
import { testApp } from '../testing/test-app.ts';
import { verifyRelease } from './verify-release.ts';

const SLOW = 120_000;

describeOnBothDatabases('a frozen release', (getDatabase) => {
	let sample: SampleReleases;
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-verify-'));
		sample = await sampleReleases(testApp(getDatabase().db));
	}, SLOW);
	afterAll(async () => {
		await rm(folder, { recursive: true });
	});

	const verify = () => {
		const { db } = getDatabase();
		const { engagementId, frozenId } = sample;
		return verifyRelease(db, createResultsReader(db), { engagementId, releaseId: frozenId });
	};

	/** Runs the command beside this test, which holds the database as a server would. */
	async function command(...positionals: string[]) {
		const { config } = getDatabase();
		const printed: { document: unknown; words: string }[] = [];
		let hasFailed = false;
		const io: Io = {
			isJson: true,
			print: (document, words) => {
				printed.push({ document, words });
			},
			fail: () => {
				hasFailed = true;
			},
			note: () => {},
			path: (file) => file,
			env:
				'dataDir' in config
					? { DATA_DIR: config.dataDir }
					: { DATABASE_URL: config.databaseUrl, DATA_DIR: folder },
		};
		const none = { text: () => undefined, need: () => '', has: () => false };
		await releaseVerify.run({ positionals, ...none }, io);
		return { ...printed[0], hasFailed };
	}

	test('holds: every figure computes again, every quote matches', async () => {
		expect(await command('2026-spring')).toMatchObject({
			document: { figures: expect.any(Number), differences: [], broken: [] },
			words: expect.stringContaining('0 differ.'),
			hasFailed: false,
		});
		expect((await command(sample.frozenId)).hasFailed).toBe(false);
	});

	test('holds when its schools were renamed since', async () => {
		await sql`update site set name = name || ' Academy'`.execute(getDatabase().db);
		const { figures, differences } = await verify();
		expect(figures).toBeGreaterThan(100);
		expect(differences).toEqual([]);
	});

	test('is named by an id or an address that exists', async () => {
		await expect(command('no-such')).rejects.toThrow(UsageError);
		await expect(command()).rejects.toThrow(UsageError);
	});

	test('shows a changed response as a difference, by the name of the figure', async () => {
		const { db } = getDatabase();
		const chosen = sql`
			select id from response where window_id = ${sample.windowId}
				and answers->'values'->>'S12' = 'teacher'
			order by id limit 40
		`;
		await sql`
			update response set answers = jsonb_set(answers, '{values,S12}', '"sro"')
			where id in (${chosen})
		`.execute(db);
		const { differences, broken } = await verify();
		expect(differences.map(({ figure }) => figure)).toEqual(['S12, sro', 'S12, teacher']);
		for (const { stored, computed } of differences) {
			expect(stored).toMatch(/^\d+%$/);
			expect(computed).toMatch(/^\d+%$/);
			expect(computed).not.toBe(stored);
		}
		expect(broken).toEqual([]);
		expect((await command('2026-spring')).hasFailed).toBe(true);
	});

	describe('shows a quote as broken', () => {
		test('when the answer it is a part of was changed', async () => {
			const { db } = getDatabase();
			const { excerpt_id: excerptId, id } = await db
				.selectFrom('quote as q')
				.innerJoin('excerpt as e', 'e.id', 'q.excerpt_id')
				.select(['q.id', 'q.excerpt_id'])
				.where('e.source_kind', '=', 'answer')
				.orderBy('q.id')
				.executeTakeFirstOrThrow();
			await sql`update excerpt set text = text || '!' where id = ${excerptId}`.execute(db);
			expect((await verify()).broken).toEqual([
				{ quote: id, why: expect.stringContaining('no longer match') },
			]);
		});

		test('when somebody who had cleared it blocks it', async () => {
			const { db } = getDatabase();
			const { id } = await db
				.selectFrom('quote as q')
				.innerJoin('excerpt as e', 'e.id', 'q.excerpt_id')
				.select('q.id')
				.where('e.source_kind', '=', 'answer')
				.orderBy('q.id', 'desc')
				.executeTakeFirstOrThrow();
			await db
				.updateTable('quote_clearance')
				.set({ is_cleared: false })
				.where('quote_id', '=', id)
				.execute();
			expect((await verify()).broken).toContainEqual({
				quote: id,
				why: expect.stringContaining('blocked'),
			});
		});
	});

	test('does not exist under another id', async () => {
		const { db } = getDatabase();
		const key = { engagementId: sample.engagementId, releaseId: sample.engagementId };
		await expect(verifyRelease(db, createResultsReader(db), key)).rejects.toMatchObject({
			code: 'not_found',
		});
	});
});
