import type { Language } from '#lib/i18n/languages.ts';

/** What a chart must know of the page it stands on. */
export interface ChartPage {
	/** The language of the page. */
	language: Language;
	/** The language of the chart's own words, where it is not that of the page. */
	wordsLanguage?: string;
	/** The language of what the team wrote (themes, findings, recommendations), where it is another. */
	contentLanguage?: string;
	/** The permanent address of the page: path and query. */
	address: string;
	/** The address of 'How we did this'. */
	method: string;
}

/** The language of what the team wrote. */
export function contentLanguage(page: ChartPage): string | undefined {
	return page.contentLanguage ?? page.wordsLanguage;
}

/** The two ways to draw statements on an agreement scale. */
export type LikertView = 'diverging' | 'stacked';

/** The view an address asks for with `?view=stacked`. */
export function likertView(url: URL): LikertView {
	return url.searchParams.get('view') === 'stacked' ? 'stacked' : 'diverging';
}

/** `address` in another view. */
export function inView(address: string, view: LikertView): string {
	const url = new URL(address, 'http://localhost');
	if (view === 'stacked') {
		url.searchParams.set('view', view);
	} else {
		url.searchParams.delete('view');
	}
	return url.pathname + url.search;
}
