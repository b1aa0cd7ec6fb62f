import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeAll, expect, it } from 'vitest';
import { parseCode } from '../../ballot/code.ts';
import { listReleases } from '@throughline/db/queries/release';
import { verifyRelease } from '../../releases/verify-release.ts';
import { createResultsReader } from '../../results/read-window.ts';
import { testApp } from '../../testing/test-app.ts';
import { type LoadedSample, loadSample } from './load-sample.ts';

describeOnBothDatabases('the sample engagement', (getDatabase) => {
	let loaded: LoadedSample;

	beforeAll(async () => {
		loaded = await loadSample(testApp(getDatabase().db).deps);
	}, 120_000);

	const count = async (table: 'response' | 'envelope' | 'finding' | 'recommendation') => {
		const { db } = getDatabase();
		const row = await db
			.selectFrom(table)
			.select((expression) => expression.fn.countAll<number>().as('n'))
			.executeTakeFirstOrThrow();
		return row.n;
	};

	it('holds 1,400 opened responses and no envelope', async () => {
		expect(await count('response')).toBe(1400);
		expect(await count('envelope')).toBe(0);
	});

	it('has 300 excerpts coded by two people each', async () => {
		const { db } = getDatabase();
		const rows = await db
			.selectFrom('excerpt_decision as d')
			.innerJoin('excerpt as e', (join) =>
				join.onRef('e.engagement_id', '=', 'd.engagement_id').onRef('e.id', '=', 'd.excerpt_id'),
			)
			.select((expression) => ['d.excerpt_id', expression.fn.countAll<number>().as('coders')])
			.where('e.source_kind', '=', 'answer')
			.groupBy('d.excerpt_id')
			.execute();
		expect(rows.length).toBe(300);
		expect(new Set(rows.map((row) => row.coders))).toEqual(new Set([2]));
	});

	it('has words of sessions coded and quoted, and of one seat taken back and flagged', async () => {
		const { db } = getDatabase();
		const turns = await db
			.selectFrom('excerpt')
			.select((of) => [
				of.fn.countAll<number>().as('all'),
				of.fn.count<number>('withdrawn_at').as('takenBack'),
			])
			.where('source_kind', '=', 'turn')
			.executeTakeFirstOrThrow();
		expect(turns.all).toBeGreaterThan(40);
		expect(turns.takenBack).toBeGreaterThan(0);
		const flags = await db
			.selectFrom('review_flag')
			.select('target_type')
			.orderBy('target_type')
			.execute();
		expect(flags.map((flag) => flag.target_type)).toEqual(['finding', 'quote']);
	});

	it('has five sessions that were held, two planned with sound of which one kept it', async () => {
		const rows = await getDatabase()
			.db.selectFrom('dialog_session')
			.select(['key', 'status', 'recording_plan', 'recording_mode'])
			.orderBy('key')
			.execute();
		expect(
			rows.map((row) => [row.key, row.status, row.recording_plan, row.recording_mode]),
		).toEqual([
			['ds-01', 'held', 'audio', 'audio'],
			['ds-02', 'held', 'notes_only', 'notes_only'],
			['ds-03', 'held', 'audio', 'notes_only'],
			['ds-04', 'held', 'notes_only', 'notes_only'],
			['ds-05', 'planned', 'audio', null],
			['ds-06', 'held', 'notes_only', 'notes_only'],
			['ds-07', 'cancelled', 'audio', null],
			['ds-08', 'cancelled', 'notes_only', null],
			['ds-09', 'planned', 'audio', null],
		]);
	});

	it('tells of the session with sound that its sound was deleted once its words were checked', async () => {
		const rows = await getDatabase()
			.db.selectFrom('recording as r')
			.innerJoin('dialog_session as s', 's.id', 'r.session_id')
			.innerJoin('transcript as t', 't.recording_id', 'r.id')
			.select(['s.key', 'r.status', 'r.deleted_at', 't.status as transcript', 't.checked_at'])
			.execute();
		expect(rows).toMatchObject([{ key: 'ds-01', status: 'deleted', transcript: 'checked' }]);
		expect(rows[0]?.deleted_at).toEqual(rows[0]?.checked_at);
	});

	it('has the words of three sessions turn by turn, and what must not be read of them', async () => {
		const { db } = getDatabase();
		const turns = await db
			.selectFrom('turn')
			.select(['transcript_id as id', (of) => of.fn.countAll<number>().as('n')])
			.groupBy('transcript_id')
			.execute();
		expect(turns).toHaveLength(3);
		expect(turns.every(({ n }) => n >= 50 && n <= 120)).toBe(true);
		const spans = await db
			.selectFrom('turn_redaction as r')
			.innerJoin('turn as t', 't.id', 'r.turn_id')
			.select(['r.kind', 'r.start_at', 'r.end_at', 't.text'])
			.orderBy('r.kind')
			.execute();
		const hidden = spans.map(({ kind, text, start_at, end_at }) => [
			kind,
			[...text].slice(start_at, end_at).join(''),
		]);
		expect(hidden).toContainEqual(['room', 'room 214']);
		expect(hidden).toContainEqual(['name', 'Officer Dunmore']);
	});

	it('keeps no name of a person in any excerpt', async () => {
		const { db } = getDatabase();
		const { details } = await db
			.selectFrom('engagement')
			.select('details')
			.executeTakeFirstOrThrow();
		const excerpts = await db.selectFrom('excerpt').select('text').execute();
		const names = (details as { namesToRedact: string[] }).namesToRedact;
		const kept = names.filter((name) => excerpts.some((excerpt) => excerpt.text.includes(name)));
		expect(names.length).toBeGreaterThan(0);
		expect(kept).toEqual([]);
	});

	it('rests every approved recommendation on a finding, and every finding on a quote', async () => {
		const { db } = getDatabase();
		const bare = await db
			.selectFrom('recommendation as r')
			.leftJoin('recommendation_finding as f', 'f.recommendation_id', 'r.id')
			.select('r.key')
			.where('f.finding_id', 'is', null)
			.where('r.status', 'not in', ['draft', 'advisory_review'])
			.execute();
		const unquoted = await db
			.selectFrom('finding as f')
			.leftJoin('finding_quote as q', 'q.finding_id', 'f.id')
			.select('f.sentence')
			.where('q.quote_id', 'is', null)
			.execute();
		expect(bare).toEqual([]);
		expect(unquoted).toEqual([]);
	});

	it('is public as one frozen release whose every figure and quote verifies', async () => {
		const { db } = getDatabase();
		const [release] = await listReleases(db, loaded.engagementId);
		expect(release?.status).toBe('frozen');
		const verification = await verifyRelease(db, createResultsReader(db), {
			engagementId: loaded.engagementId,
			releaseId: release?.id ?? '',
		});
		expect(verification.differences).toEqual([]);
		expect(verification.broken).toEqual([]);
		expect(verification.figures).toBeGreaterThan(500);
		expect(verification.quotes).toBeGreaterThan(10);
	});

	it('gives codes that open the survey that is open now', async () => {
		const app = testApp(getDatabase().db, { clock: () => new Date('2026-01-15T12:00:00Z') });
		expect(loaded.open.codes.length).toBeGreaterThan(3);
		expect(loaded.open.codes.every((code) => parseCode(code) !== null)).toBe(true);
		const response = await app.send('GET', `/api/student/${loaded.open.linkKey}`);
		expect(response.body).toMatchObject({ status: 'open', languages: ['en', 'es', 'ar'] });
	});
});
