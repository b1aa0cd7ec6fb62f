import type { Language } from '#lib/i18n/languages.ts';

/** The first page of a survey; `out` says that the person was signed out. */
export function startPath(
	link: string,
	options: { isOut?: boolean; language?: Language } = {},
): string {
	const query = new URLSearchParams({
		...(options.isOut && { out: '' }),
		...(options.language && { lang: options.language }),
	});
	return `/s/${encodeURIComponent(link)}${query.size > 0 ? `?${query}` : ''}`;
}

/** The page that asks for an address, with what was typed as one; `lang` as the address had it. */
export function findPath(typed: string, lang: string | null): string {
	return `/s?${new URLSearchParams({ link: typed, ...(lang !== null && { lang }) })}`;
}

/** One page of a survey; opened from the check page, it leads back there. */
export function stepPath(link: string, step: string, from: 'check' | null = null): string {
	const query = from === 'check' && step !== 'check' ? '?from=check' : '';
	return `/s/${encodeURIComponent(link)}/${encodeURIComponent(step)}${query}`;
}

export function donePath(link: string, language: Language): string {
	return `/s/${encodeURIComponent(link)}/done?lang=${language}`;
}

export function leavePath(link: string): string {
	return `/s/${encodeURIComponent(link)}/leave`;
}

/** Where a page goes that nobody touches: the code is forgotten, and the first page asks for it. */
export function idlePath(link: string, language: Language): string {
	return `${leavePath(link)}?idle&lang=${language}`;
}
