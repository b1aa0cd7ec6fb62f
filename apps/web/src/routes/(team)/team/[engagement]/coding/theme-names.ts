import type { CodebookView, ThemeView } from '@throughline/api/client';

/** The themes of a codebook by id. */
export function themesById(codebook: Pick<CodebookView, 'groups'>): Map<string, ThemeView> {
	return new Map(codebook.groups.flatMap(({ themes }) => themes).map((theme) => [theme.id, theme]));
}

/** Themes as `A1 Safer with an officer present, C2 Discipline`, in the codebook's order. */
export function themeNames(
	themes: ReadonlyMap<string, ThemeView>,
	ids: readonly string[],
): string[] {
	return [...themes.values()]
		.filter(({ id }) => ids.includes(id))
		.map(({ key, label }) => `${key} ${label}`);
}
