import type { Cell, Chart, Figure } from '@throughline/analysis/charts';
import { type DisclosureParams, nBand, showPercent } from '@throughline/analysis/disclosure';
import { describeOnBothDatabases } from '@throughline/db/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { attributeIds } from '../../results/attributes.ts';
import { chartCsv } from '../../results/charts/chart-csv.ts';
import { readChartFacts, type ChartFacts } from '../../results/charts/chart-facts.ts';
import { countThemes } from '../../results/count-themes.ts';
import type { Counts, Tally } from '../../results/count.ts';
import { paramsOf } from '../../results/protect.ts';
import { createResultsReader } from '../../results/read-window.ts';
import { type SampleReleases, sampleReleases } from '../../testing/sample-releases.ts';
import { seedReleasing } from '../../testing/seed-release.ts';
import { testApp } from '../../testing/test-app.ts';
import type { PublicRelease } from './schema.ts';

const SLOW = 120_000;

describeOnBothDatabases('the public site', (getDatabase) => {
	let sut: ReturnType<typeof testApp>;
	let sample: SampleReleases;
	let slug: string;

	beforeAll(async () => {
		sut = testApp(getDatabase().db);
		sample = await sampleReleases(sut);
		const engagement = await getDatabase()
			.db.selectFrom('engagement')
			.select('slug')
			.where('id', '=', sample.engagementId)
			.executeTakeFirstOrThrow();
		({ slug } = engagement);
		sut.signInAs({ type: 'public' });
	}, SLOW);

	const get = (path: string) => sut.send('GET', `/api/public/engagements${path}`);

	async function release(language = 'en'): Promise<PublicRelease> {
		const { body } = await get(`/${slug}/releases/2026-spring?language=${language}`);
		return (body as { release: PublicRelease }).release;
	}

	describe('holds nothing that is not released', () => {
		test('such as an engagement without a frozen release', async () => {
			const place = await seedReleasing(sut);
			await place.draft('draft');
			const { body } = await get('');
			expect(body).toMatchObject({ engagements: [{ slug, releases: [{ slug: '2026-spring' }] }] });
			// Its slug is its id.
			expect(await get(`/${place.engagementId}`)).toMatchObject({ status: 404 });
			expect(await get(`/${place.engagementId}/releases/draft`)).toMatchObject({ status: 404 });
			const chart = `/${place.engagementId}/releases/draft/charts/Q1/csv`;
			expect(await get(chart)).toMatchObject({ status: 404 });
		});

		test('such as a draft beside a frozen release, or another engagement’s', async () => {
			await sample.prepare('not-yet', { leftOut: ['S02'] });
			expect(await get(`/${slug}/releases/not-yet`)).toMatchObject({ status: 404 });
			expect(await get(`/${slug}`)).toMatchObject({
				body: { engagement: { releases: [{ slug: '2026-spring' }] } },
			});
			expect(await get('/elsewhere/releases/2026-spring')).toMatchObject({ status: 404 });
		});

		test('such as what was edited since', async () => {
			const { db } = getDatabase();
			await db
				.updateTable('engagement')
				.set({ title: 'Edited since' })
				.where('id', '=', sample.engagementId)
				.execute();
			await db.updateTable('finding').set({ sentence: 'Edited since' }).execute();
			for (const path of ['', `/${slug}`, `/${slug}/releases/2026-spring`]) {
				const { status, body } = await get(path);
				expect(status).toBe(200);
				expect(JSON.stringify(body)).not.toContain('Edited since');
			}
		});

		test('such as tables behind charts, excerpts, responses or people', async () => {
			const text = JSON.stringify([await release(), (await get(`/${slug}`)).body]);
			const keys = [...text.matchAll(/"([A-Za-z_]+)":/g)].map(([, key]) => key);
			expect(new Set(keys)).not.toContain('audit');
			for (const key of ['excerptId', 'start', 'end', 'counts', 'combinations', 'codings']) {
				expect(new Set(keys)).not.toContain(key);
			}
			const people = await getDatabase()
				.db.selectFrom('person')
				.select(['name', 'email'])
				.execute();
			const named = people
				.flatMap(({ name, email }) => [name, email])
				.filter((words) => words !== 'Test Person' && text.includes(words));
			expect(named).toEqual([]);
		});
	});

	test.each([
		'/elsewhere',
		'/UPPER%20case',
		'/a/releases/..%2F..%2Fetc',
		'/a/releases/b/charts/__proto__/csv',
		`/${'a'.repeat(300)}`,
	])('answers %s as not found or not usable, never as a fault', async (path) => {
		expect([404, 422]).toContain((await get(path)).status);
	});

	test('does not know a chart by the name of a built-in', async () => {
		for (const chart of ['constructor', 'toString', 'S99']) {
			expect(await get(`/${slug}/releases/2026-spring/charts/${chart}/csv`)).toMatchObject({
				status: 404,
			});
		}
	});

	test.each(['en', 'es', 'ar'] as const)(
		'serves each chart’s figures in %s as a file',
		async (language) => {
			const { sections } = await release(language);
			const charts = sections.flatMap((section) => section.charts);
			expect(charts.length).toBeGreaterThan(20);
			for (const chart of charts) {
				const response = await sut.app.request(
					`/api/public/engagements/${slug}/releases/2026-spring/charts/${chart.id}/csv?language=${language}`,
				);
				expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
				// Without ignoreBOM the mark that spreadsheets need would be swallowed.
				const bytes = await response.arrayBuffer();
				expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(
					chartCsv(chart, language),
				);
			}
		},
	);

	describe('shows, of the answers as they were counted,', () => {
		let facts: ChartFacts;
		let params: DisclosureParams;

		beforeAll(async () => {
			const { db } = getDatabase();
			const { engagementId, windowId } = sample;
			const window = await createResultsReader(db).read({ engagementId, windowId });
			facts = await readChartFacts(db, window);
			params = paramsOf(window);
		}, SLOW);

		/** What people were counted for a chart: not protected, straight from the answers. */
		function tallyOf(base: string): Tally | undefined {
			return base === 'themes-all'
				? countThemes(facts.window, facts.codings, {
						questionId: 'all',
						themeKeys: facts.themes.map((theme) => theme.key),
					})
				: facts.window.questions.get(base);
		}

		const share = ({ n, counts }: Counts, option: number) =>
			showPercent(counts[option] ?? 0, n, params).figure;

		test('every share of a total exactly as the rules write it', async () => {
			const charts = await chartsOf();
			const wrong: string[] = [];
			let compared = 0;
			for (const chart of charts) {
				for (const { questionId, option, cell } of totalCells(chart)) {
					const tally = tallyOf(questionId);
					const index = tally?.options.indexOf(option) ?? -1;
					if (!tally || index === -1) {
						continue;
					}
					compared += 1;
					const expected = share(tally.total, index);
					if (cell.type === 'shown' && !isSame(cell.figure, expected)) {
						wrong.push(`${chart.id} ${option}: ${cell.figure.text}, ${expected?.text}`);
					}
				}
			}
			expect(compared).toBeGreaterThan(80);
			expect(wrong).toEqual([]);
		});

		test('every share of a group, and its band, and hides groups that are too small', async () => {
			const charts = (await chartsOf()).filter((chart) => chart.kind === 'groups');
			const wrong: string[] = [];
			let compared = 0;
			for (const chart of charts) {
				const [base = '', attribute = ''] = chart.id.split('-by-');
				const tally = tallyOf(base);
				const by = attributeIds.find((id) => id === attribute);
				if (!tally || !by) {
					continue;
				}
				for (const [column, group] of chart.groups.entries()) {
					const counts = tally.byAttribute[by].get(group.id);
					if (group.people.type === 'hidden' || counts === undefined) {
						continue;
					}
					if (counts.n < params.minN) {
						wrong.push(`${chart.id} ${group.id}: ${counts.n} people are shown`);
					}
					const band = group.people.type === 'band' ? group.people.band : group.people.n;
					if (band !== nBand(counts.n, params)) {
						wrong.push(`${chart.id} ${group.id}: ${band} people`);
					}
					for (const row of chart.rows) {
						const index = tally.options.indexOf(row.id);
						const cell = row.cells[column];
						if (index === -1 || cell?.type !== 'shown') {
							continue;
						}
						compared += 1;
						const expected = share(counts, index);
						if (!isSame(cell.figure, expected)) {
							wrong.push(
								`${chart.id} ${row.id} ${group.id}: ${cell.figure.text}, ${expected?.text}`,
							);
						}
					}
				}
			}
			expect(compared).toBeGreaterThan(60);
			expect(wrong).toEqual([]);
		});

		test('no exact number of people below the smallest group', async () => {
			const exact = [...JSON.stringify(await release()).matchAll(/"n":(\d+),"type":"exact"/g)];
			expect(exact.length).toBeGreaterThan(20);
			expect(exact.filter(([, n]) => Number(n) < params.minN)).toEqual([]);
		});

		test('no label of a quote that fewer than k people who answered it share', async () => {
			const { quotes } = await release();
			expect(quotes.length).toBeGreaterThan(10);
			const rows = await getDatabase()
				.db.selectFrom('quote as q')
				.innerJoin('excerpt as e', 'e.id', 'q.excerpt_id')
				.select(['q.id', 'e.question_id'])
				.execute();
			const questionOf = new Map(rows.map((row) => [row.id, row.question_id ?? '']));
			const responses = await getDatabase()
				.db.selectFrom('response')
				.select(['cohort_id', 'answers'])
				.where('window_id', '=', sample.windowId)
				.execute();
			for (const quote of quotes) {
				const site = facts.window.sites.find(({ name }) => quote.attribution.endsWith(name));
				const answered = responses.filter(
					({ cohort_id: cohortId, answers }) =>
						answers.values[questionOf.get(quote.id) ?? ''] !== undefined &&
						(site === undefined || facts.window.originOf(cohortId).siteKey === site.key),
				);
				expect(answered.length).toBeGreaterThanOrEqual(facts.window.quoteK);
			}
		});
	});

	async function chartsOf(): Promise<Chart[]> {
		return (await release()).sections.flatMap((section) => section.charts);
	}
});

function isSame(shown: Figure, expected: Figure | null): boolean {
	return (
		shown.text === expected?.text && shown.low === expected.low && shown.high === expected.high
	);
}

/** The cells of charts over everyone, by question and option. */
function totalCells(chart: Chart): { questionId: string; option: string; cell: Cell }[] {
	switch (chart.kind) {
		case 'likert':
			return chart.rows.flatMap((row) =>
				chart.steps.map((step, index) => ({
					questionId: row.id,
					option: step.id,
					cell: row.cells[index] ?? { type: 'hidden' as const },
				})),
			);
		case 'options':
		case 'themes':
			return chart.rows.map((row) => ({ questionId: chart.id, option: row.id, cell: row.cell }));
		case 'participation':
		case 'groups':
			return [];
	}
}
