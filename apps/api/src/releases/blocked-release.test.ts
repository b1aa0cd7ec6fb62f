import { describeOnBothDatabases } from '@throughline/db/testing';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { createResultsReader } from '../results/read-window.ts';
import { type SampleReleases, sampleReleases } from '../testing/sample-releases.ts';
import { testApp } from '../testing/test-app.ts';
import { buildRelease } from './build-release.ts';
import { earlierTables } from './verify-release.ts';

const SLOW = 120_000;

describeOnBothDatabases('a release is blocked', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let sample: SampleReleases;

	beforeAll(async () => {
		sut = testApp(getDatabase().db);
		sample = await sampleReleases(sut);
	}, SLOW);

	/** What would stand in the way of a release of the sample's window now. */
	const problems = async (leftOut: string[] = []) => (await build({ leftOut })).problems;

	async function build({ leftOut = [], title = 'Next' }: { leftOut?: string[]; title?: string }) {
		const { db } = getDatabase();
		const { engagementId, windowId } = sample;
		const window = await createResultsReader(db).read({ engagementId, windowId });
		const earlier = await earlierTables(db, { engagementId, releaseId: '' });
		return await buildRelease(db, window, { slug: 'next', title, leftOut, earlier });
	}

	test(
		'by a quote whose answer no longer says it, and nobody can approve it',
		async () => {
			const { db } = getDatabase();
			const { releaseId } = await sample.prepare('tampered');
			const quote = await db
				.selectFrom('quote')
				.select('excerpt_id')
				.orderBy('id')
				.executeTakeFirstOrThrow();
			const change = (text: ReturnType<typeof sql<string>>) =>
				db.updateTable('excerpt').set({ text }).where('id', '=', quote.excerpt_id).execute();
			await change(sql<string>`text || ' Tampered.'`);
			try {
				sut.signInAs(sample.people.steward);
				const answer = await sut.send('POST', `${sample.base}/${releaseId}/approvals`, {});
				expect(answer).toMatchObject({
					status: 409,
					body: {
						error: {
							code: 'release_not_ready',
							fields: expect.objectContaining({}),
						},
					},
				});
				expect(JSON.stringify(answer.body)).toContain('no longer match');
			} finally {
				await change(sql<string>`replace(text, ' Tampered.', '')`);
			}
			expect(await problems()).toEqual([]);
		},
		SLOW,
	);

	test(
		'by a share typed into a finding that none of its charts shows, and by quoted words nobody wrote',
		async () => {
			const { db } = getDatabase();
			const finding = await db
				.selectFrom('finding')
				.select(['id', 'sentence'])
				.orderBy('id')
				.executeTakeFirstOrThrow();
			const write = (sentence: string) =>
				db.updateTable('finding').set({ sentence }).where('id', '=', finding.id).execute();
			await write('Exactly 99% of the students say “we want this very much”.');
			try {
				const target = { type: 'finding', id: finding.id };
				expect(await problems()).toEqual([
					expect.objectContaining({
						code: 'sentence',
						message: expect.stringContaining('99%'),
						target,
					}),
					expect.objectContaining({
						code: 'sentence',
						message: expect.stringContaining('“we want this very much”'),
						target,
					}),
				]);
			} finally {
				await write(finding.sentence);
			}
		},
		SLOW,
	);

	test(
		'by students counted in a minority view or a measure whom no chart shows',
		async () => {
			const { db } = getDatabase();
			const finding = await db
				.selectFrom('finding')
				.select(['id', 'minority_view'])
				.orderBy('id')
				.executeTakeFirstOrThrow();
			const measure = 'to listen to the 3 students of Old Mill who said no';
			const write = (words: string) =>
				db
					.updateTable('finding')
					.set({ minority_view: words })
					.where('id', '=', finding.id)
					.execute();
			const old = await db
				.selectFrom('recommendation')
				.select(['id', 'measure'])
				.where('key', '=', 'R02')
				.executeTakeFirstOrThrow();
			const measureOf = (words: string) =>
				db.updateTable('recommendation').set({ measure: words }).where('id', '=', old.id).execute();
			await write('3 students of Old Mill said no.');
			await measureOf(measure);
			try {
				expect(await problems()).toEqual([
					expect.objectContaining({
						code: 'sentence',
						where: expect.stringContaining('who saw it differently'),
						message: expect.stringContaining('“3 students”'),
						target: { type: 'finding', id: finding.id },
					}),
					expect.objectContaining({
						where: 'The recommendation R02, its measure',
						message: expect.stringContaining('“3 students”'),
						target: { type: 'recommendation', id: old.id },
					}),
				]);
			} finally {
				await write(finding.minority_view);
				await measureOf(old.measure);
			}
		},
		SLOW,
	);

	test(
		'until each approver accepts by name a number that may count students',
		async () => {
			expect((await build({ title: 'What 70 families wrote' })).problems).toHaveLength(1);
			const { problems: none, doubts } = await build({ title: 'What we heard at 70' });
			expect(none).toEqual([]);
			expect(doubts).toMatchObject([{ words: '70', where: 'The title of the release' }]);
			expect((await build({})).doubts).toEqual([]);
		},
		SLOW,
	);

	test(
		'by a recommendation that rests on nothing and a finding without evidence',
		async () => {
			const { db } = getDatabase();
			const [bare, unfounded] = [sut.deps.random.uuid7(), sut.deps.random.uuid7()];
			await sql`
				insert into recommendation (engagement_id, id, key, category, text, owner, measure,
					target, status, version, updated_at)
				select engagement_id, ${bare}::uuid, 'R99', category, text, owner, measure, target,
					status, version, updated_at
				from recommendation where key = 'R03'
			`.execute(db);
			await sql`
				insert into finding (engagement_id, id, sentence, minority_view, status, version, updated_at)
				values (${sample.engagementId}, ${unfounded}, 'Everyone knows.', '', 'ready', 1, now())
			`.execute(db);
			try {
				expect(await problems()).toEqual([
					expect.objectContaining({
						code: 'evidence',
						where: 'The finding “Everyone knows.”',
						target: { type: 'finding', id: unfounded },
					}),
					expect.objectContaining({
						code: 'evidence',
						where: 'The recommendation R99',
						target: { type: 'recommendation', id: bare },
					}),
				]);
			} finally {
				await db.deleteFrom('recommendation').where('id', '=', bare).execute();
				await db.deleteFrom('finding').where('id', '=', unfounded).execute();
			}
		},
		SLOW,
	);

	test(
		'by a recommendation whose only finding was set back to draft',
		async () => {
			const { db } = getDatabase();
			const only = await db
				.selectFrom('recommendation_finding as rf')
				.innerJoin('recommendation as r', 'r.id', 'rf.recommendation_id')
				.select(['rf.finding_id', 'r.id'])
				.where('r.key', '=', 'R10')
				.executeTakeFirstOrThrow();
			const write = (status: 'draft' | 'ready') =>
				db.updateTable('finding').set({ status }).where('id', '=', only.finding_id).execute();
			await write('draft');
			try {
				expect(await problems()).toEqual([
					expect.objectContaining({
						code: 'evidence',
						where: 'The recommendation R10',
						target: { type: 'recommendation', id: only.id },
					}),
				]);
			} finally {
				await write('ready');
			}
		},
		SLOW,
	);

	test(
		'by codings that moved too little since an earlier release, until those charts are left out',
		async () => {
			const { db } = getDatabase();
			// Three more students are coded: the number of coded students differs by three.
			await sql`
				insert into excerpt_decision (engagement_id, excerpt_id, coder_id, saw_suggestions, decided_at)
				select e.engagement_id, e.id, (select coder_id from excerpt_decision limit 1), false, now()
				from excerpt e
				where e.engagement_id = ${sample.engagementId} and not e.is_non_answer
					and e.source_kind = 'answer'
					and not exists (
						select from excerpt other
						join excerpt_decision d on d.excerpt_id = other.id
						where other.source_id = e.source_id
					)
				order by e.id limit 3
			`.execute(db);
			const found = await problems();
			expect(found).toContainEqual(
				expect.objectContaining({
					code: 'disclosure',
					where: expect.stringMatching(/^The chart “Raised most often: /),
					message:
						'Its numbers differ from those of an earlier release by 3: whoever reads both learns about so few people. Leave this chart out, or wait until the difference is larger.',
					target: { type: 'chart', id: 'themes-all' },
				}),
			);
			const charts = found.map(({ target }) => target.id);
			expect(new Set(charts).size).toBe(charts.length);
			expect(await problems(found.map(({ target }) => target.id))).toEqual([]);
		},
		SLOW,
	);
});
