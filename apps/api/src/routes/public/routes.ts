import { listPublicEngagements, listPublicReleases } from '@throughline/db/queries/public-release';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { presentPublicEngagement, presentRelease } from '../../presenters/public-release.ts';
import { frozenReleases } from '../../releases/frozen-releases.ts';
import { chartCsv } from '../../results/charts/chart-csv.ts';
import { chartParam, languageQuery, releaseParam, slugParam } from './schema.ts';

const MOST = 200;

/** What anyone may read: frozen releases, and nothing that is not in one. */
export function publicRoutes({ db }: Pick<Deps, 'db'>) {
	const frozen = frozenReleases(db);

	async function find(engagement: string, release: string) {
		const found = await frozen.find({ engagement, release });
		if (!found) {
			throw notFound();
		}
		return found;
	}

	return new Hono<AppEnv>()
		.get('/engagements', authorise('public:read'), async (c) =>
			c.json({ engagements: await listPublicEngagements(db, MOST) }, 200),
		)
		.get('/engagements/:slug', authorise('public:read'), valid('param', slugParam), async (c) => {
			const { slug } = c.req.valid('param');
			const releases = await listPublicReleases(db, slug, MOST);
			const [newest] = releases;
			if (!newest) {
				throw notFound();
			}
			const release = await find(slug, newest.slug);
			return c.json({ engagement: presentPublicEngagement(release, releases) }, 200);
		})
		.get(
			'/engagements/:slug/releases/:release',
			authorise('public:read'),
			valid('param', releaseParam),
			valid('query', languageQuery),
			async (c) => {
				const { slug, release } = c.req.valid('param');
				const found = await find(slug, release);
				const { language } = c.req.valid('query');
				return c.json({ release: presentRelease(found, found.body, language) }, 200);
			},
		)
		.get(
			'/engagements/:slug/releases/:release/charts/:chart/csv',
			authorise('public:read'),
			valid('param', chartParam),
			valid('query', languageQuery),
			async (c) => {
				const { slug, release, chart: chartId } = c.req.valid('param');
				const { body } = await find(slug, release);
				const { language } = c.req.valid('query');
				const charts = body.charts[language];
				const chart = Object.hasOwn(charts, chartId) ? charts[chartId] : undefined;
				if (!chart) {
					throw notFound();
				}
				c.header('Content-Type', 'text/csv; charset=utf-8');
				c.header('Content-Disposition', `attachment; filename="${release}-${chartId}.csv"`);
				return c.body(chartCsv(chart, language), 200);
			},
		);
}
