import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@throughline/db';
import type { Schema } from '@throughline/db/schema';
import { createTestDatabase, describeOnBothDatabases } from '@throughline/db/testing';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { destroyEpochKeys, type DestroyingStep } from '../actions/destroy-epoch-keys.ts';
import { openEnvelopes, type OpeningStep } from '../actions/open-envelopes.ts';
import { fileKeys } from '../system/keys.ts';
import { systemRandom } from '../system/random.ts';
import type { Plan } from '../testing/die-while-opening.ts';
import { seedStudentWindow } from '../testing/seed-student-window.ts';
import { closeWindow, submitSealed } from '../testing/submit-sealed.ts';

const STUDENTS = 25;
const PROGRAM = join(import.meta.dirname, '../testing/die-while-opening.ts');
const STEPS: readonly (OpeningStep | DestroyingStep)[] = [
	'decrypted',
	'inserted',
	'opened',
	'envelopes rewritten',
	'drafts rewritten',
	'codes rewritten',
	'backed up',
	'key destroyed',
];

describeOnBothDatabases('an opening', (_getDatabase, mode) => {
	let place: Awaited<ReturnType<typeof createTestDatabase>>;
	let folder: string;
	beforeAll(async () => {
		place = await createTestDatabase(mode);
		folder = await mkdtemp(join(tmpdir(), 'throughline-opening-'));
	});
	afterAll(async () => {
		await place.remove();
		await rm(folder, { recursive: true, force: true });
	});

	async function withDatabase<T>(use: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
		const handle = await openDatabase(place.config, { purpose: 'tests' });
		try {
			return await use(handle.db);
		} finally {
			await handle.close();
		}
	}

	async function closedWindow() {
		const keys = await fileKeys(folder);
		const deps = { keys, random: systemRandom };
		return await withDatabase(async (db) => {
			const seeded = await seedStudentWindow(db, deps, { codes: [STUDENTS, 0, 0] });
			const students = seeded.codes.north9.map((code, index) => ({
				code,
				values: { Q3: `Answer of student ${index}.` },
			}));
			await submitSealed(db, deps, { ...seeded, students });
			await closeWindow(db, seeded.windowId);
			const { engagementId, windowId } = seeded;
			return { engagementId, windowId, answers: students.map(({ values }) => values.Q3) };
		});
	}

	async function dieAfter(
		window: { engagementId: string; windowId: string },
		step: Plan['diesAfter'],
	) {
		const { engagementId, windowId } = window;
		const plan: Plan = { database: place.config, folder, engagementId, windowId, diesAfter: step };
		const child = spawn(process.execPath, [PROGRAM, JSON.stringify(plan)], { stdio: 'inherit' });
		const [, signal] = await once(child, 'exit');
		return String(signal);
	}

	test.each(STEPS)(
		'killed after "%s" is finished later, and every response is there once',
		async (step) => {
			const window = await closedWindow();
			expect(await dieAfter(window, step)).toBe('SIGKILL');

			const keys = await fileKeys(folder);
			let backups = 0;
			const after = await withDatabase(async (db) => {
				const deps = { db, keys, random: systemRandom, clock: () => new Date() };
				await openEnvelopes(deps, window);
				await destroyEpochKeys(deps, {
					backUp: async (holds) => {
						backups += 1;
						expect(holds).toEqual([
							{
								engagementId: window.engagementId,
								windowId: window.windowId,
								responses: STUDENTS,
							},
						]);
						return { verified: true };
					},
				});
				return await everythingOf(db, window.windowId);
			});

			expect(after.answers.toSorted()).toEqual(window.answers.toSorted());
			expect(after.excerpts.toSorted()).toEqual(window.answers.toSorted());
			expect(after.logged).toBe(STUDENTS);
			expect(after.envelopes).toBe(0);
			expect(after.codes).toEqual(Array(STUDENTS).fill({ state: 1, sid_hash: null }));
			expect(after.opening).toMatchObject({
				rewritten_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
				backed_up_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
				key_destroyed_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
			});
			expect(backups).toBe(step === 'key destroyed' ? 0 : 1);
			for (const copies of ['keys', 'keys-copy']) {
				expect(await readdir(join(folder, copies))).toEqual(['pepper', 'safety', 'session']);
			}
		},
	);

	test('whose backup fails keeps its key, and says so', async () => {
		const window = await closedWindow();
		const keys = await fileKeys(folder);
		await withDatabase(async (db) => {
			const deps = { db, keys, random: systemRandom, clock: () => new Date() };
			await openEnvelopes(deps, window);
			const fails = destroyEpochKeys(deps, {
				backUp: () => Promise.reject(new Error('disk full')),
			});
			await expect(fails).rejects.toThrow('disk full');
			expect(await everythingOf(db, window.windowId)).toMatchObject({
				opening: { backed_up_on: null, key_destroyed_on: null },
			});
		});
		expect(await readdir(join(folder, 'keys'))).toContain(`epoch-${window.windowId}-1`);
		expect(await readdir(join(folder, 'keys-copy'))).toContain(`epoch-${window.windowId}-1`);
	});
});

async function everythingOf(db: Kysely<Schema>, windowId: string) {
	const [responses, excerpts, log, envelopes, codes, opening] = await Promise.all([
		db.selectFrom('response').select('answers').where('window_id', '=', windowId).execute(),
		db.selectFrom('excerpt').select('text').where('window_id', '=', windowId).execute(),
		db.selectFrom('opening_log').select('n').where('window_id', '=', windowId).execute(),
		db.selectFrom('envelope').select('id').where('window_id', '=', windowId).execute(),
		db
			.selectFrom('access_code')
			.select(['state', 'sid_hash'])
			.where('window_id', '=', windowId)
			.execute(),
		db.selectFrom('opening').selectAll().where('window_id', '=', windowId).executeTakeFirst(),
	]);
	return {
		answers: responses.map(({ answers }) => String(answers.values['Q3'])),
		excerpts: excerpts.map(({ text }) => text),
		logged: log.reduce((sum, { n }) => sum + n, 0),
		envelopes: envelopes.length,
		codes,
		opening,
	};
}
