import type { Chart } from '@throughline/analysis/charts';
import type { PublicRelease } from '@throughline/api/client';
import type { ChartPage } from '#lib/charts/chart-page.ts';
import { inLanguage, type Language } from '#lib/i18n/languages.ts';
import { text } from '#lib/i18n/text.ts';
import type { NavItem } from '#lib/ui/navigation.ts';

/** A release as a site of pages: the public one, or the team's preview of it. */
export interface Site {
	release: PublicRelease;
	language: Language;
	/** The path all its pages stand below, without a slash at the end. */
	base: string;
	/** The page's own address: path and query. */
	address: string;
	isPreview: boolean;
}

type Recommendation = PublicRelease['recommendations'][number];
type Finding = PublicRelease['findings'][number];

/** The address of a page of the site, in its language. `path` begins with a slash, or is empty. */
export function href(site: Site, path: string): string {
	return inLanguage(site.base + path, site.language);
}

/** What charts must know of the page they stand on. */
export function chartPage(site: Site): ChartPage {
	return {
		language: site.language,
		contentLanguage: site.release.language,
		address: site.address,
		method: href(site, '/method'),
	};
}

/** The language of what the team wrote, for `lang`; undefined where it is that of the page. */
export function writtenIn(site: Site): string | undefined {
	return site.release.language === site.language ? undefined : site.release.language;
}

/** The main pages of a release. */
export function siteNav(site: Pick<Site, 'base' | 'language'>): NavItem[] {
	const t = text('public', site.language);
	return [
		{ href: site.base, label: t('nav.overview') },
		{ href: `${site.base}/results`, label: t('nav.results') },
		{ href: `${site.base}/themes`, label: t('nav.themes') },
		{ href: `${site.base}/quotes`, label: t('nav.quotes') },
		{ href: `${site.base}/recommendations`, label: t('nav.recommendations') },
		{ href: `${site.base}/method`, label: t('nav.method') },
		{ href: `${site.base}/data`, label: t('nav.data') },
	];
}

/** Every chart of the release, in its order. */
export function chartsOf(site: Site): Chart[] {
	return site.release.sections.flatMap((section) => section.charts);
}

/** What a chart is called in a link: the answers to a question say little without it. */
export function chartName({ kind, title, measure }: Chart): string {
	return kind === 'options' ? `${measure} ${title}` : title;
}

/** One chart by its id. */
export function chartOf(site: Site, id: string): Chart | undefined {
	return chartsOf(site).find((chart) => chart.id === id);
}

/** A chart with addresses of this site: a preview has its own, and no files yet. */
export function localChart<Model extends Chart>(site: Site, chart: Model): Model {
	const csvUrl = site.isPreview ? null : chart.csvUrl;
	if (chart.kind !== 'themes' && chart.kind !== 'groups') {
		return { ...chart, csvUrl };
	}
	const rows = chart.rows.map((row) => ({
		...row,
		url: row.url === null ? null : themeHref(site, row.id),
	}));
	return { ...chart, csvUrl, rows };
}

export function themeHref(site: Site, key: string): string {
	return href(site, `/themes/${key}`);
}

export function recommendationHref(site: Site, key: string): string {
	return href(site, `/recommendations/${key}`);
}

export function findingHref(site: Site, id: string): string {
	return href(site, `#finding-${id}`);
}

export function quoteHref(site: Site, id: string): string {
	return href(site, `/quotes#${id}`);
}

/** Where a chart stands: with who took part, with the themes, or with its section's results. */
export function chartHref(site: Site, id: string): string {
	const section = site.release.sections.find(({ charts }) =>
		charts.some((chart) => chart.id === id),
	);
	switch (section?.id) {
		case 'participation':
			return href(site, `#${id}`);
		case 'themes':
			return href(site, `/themes#${id}`);
		default:
			return href(site, `/results#${id}`);
	}
}

/** The recommendations that rest on a finding. */
export function recommendationsOf(site: Site, findingId: string): Recommendation[] {
	return site.release.recommendations.filter((recommendation) =>
		recommendation.findingIds.includes(findingId),
	);
}

/** The findings that rest on something. */
export function findingsWith(
	site: Site,
	what: 'chartIds' | 'themeKeys' | 'quoteIds',
	id: string,
): Finding[] {
	return site.release.findings.filter((finding) => finding[what].includes(id));
}

/** The areas of recommendations, in the order boards read them. */
export const categories = [
	'relationship_building',
	'assessment',
	'professional_development',
	'communication_transparency',
	'other_contract_requests',
	'non_contract_district',
	'non_contract_advisory',
] as const satisfies readonly Recommendation['category'][];
