import { findFrozenRelease, listPublicEngagements } from '@throughline/db/queries/public-release';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../errors.ts';
import { authorise } from '../../http/authorise.ts';
import type { AppEnv } from '../../http/context.ts';
import { valid } from '../../http/valid.ts';
import { presentRelease } from '../../presenters/public-release.ts';
import type { ReleaseBody } from '../../releases/body.ts';
import { chartCsv } from '../../results/charts/chart-csv.ts';
import {
	chartParam,
	languageQuery,
	type PublicEngagement,
	releaseParam,
	slugParam,
} from './schema.ts';

const MOST_ENGAGEMENTS = 200;

/** What anyone may read: frozen releases, and nothing that is not in one. */
export function publicRoutes(deps: Pick<Deps, 'db'>) {
	async function find(slug: string, release: string) {
		const found = await findFrozenRelease(deps.db, { engagement: slug, release });
		if (!found) {
			throw notFound();
		}
		// Written by prepareRelease alone, and frozen since.
		return { ...found, body: found.body as ReleaseBody };
	}

	async function engagements(): Promise<PublicEngagement[]> {
		const rows = await listPublicEngagements(deps.db, MOST_ENGAGEMENTS);
		return rows.map(({ is_synthetic: isSynthetic, ...row }) => ({ ...row, isSynthetic }));
	}

	return new Hono<AppEnv>()
		.get('/engagements', authorise('public:read'), async (c) =>
			c.json({ engagements: await engagements() }, 200),
		)
		.get('/engagements/:slug', authorise('public:read'), valid('param', slugParam), async (c) => {
			const { slug } = c.req.valid('param');
			const engagement = (await engagements()).find((candidate) => candidate.slug === slug);
			if (!engagement) {
				throw notFound();
			}
			return c.json({ engagement }, 200);
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
				const found = await find(slug, release);
				const charts = found.body.charts[c.req.valid('query').language];
				const chart = Object.hasOwn(charts, chartId) ? charts[chartId] : undefined;
				if (!chart) {
					throw notFound();
				}
				c.header('Content-Type', 'text/csv; charset=utf-8');
				c.header('Content-Disposition', `attachment; filename="${release}-${chartId}.csv"`);
				return c.body(chartCsv(chart), 200);
			},
		);
}
