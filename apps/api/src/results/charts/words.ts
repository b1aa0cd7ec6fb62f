import ar from './words.ar.json' with { type: 'json' };
import en from './words.en.json' with { type: 'json' };
import es from './words.es.json' with { type: 'json' };

/** Languages in which charts are made. */
export const chartLanguages = ['en', 'es', 'ar'] as const;

export type ChartLanguage = (typeof chartLanguages)[number];

const catalogues: Record<ChartLanguage, Record<keyof typeof en, string>> = { en, es, ar };

export type WordKey = keyof typeof en;

/** The words of charts in one language; `{name}` is filled from the values. */
export function chartWords(language: ChartLanguage) {
	const catalogue = catalogues[language];
	return (key: WordKey, values: Record<string, string | number> = {}): string =>
		catalogue[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export type ChartWords = ReturnType<typeof chartWords>;

/** The words of a group that the catalogue names (levels, grade bands, pooled), or null. */
export function groupWords(words: ChartWords, group: string): string | null {
	const key = `group.${group}`;
	return isWordKey(key) ? words(key) : null;
}

function isWordKey(key: string): key is WordKey {
	return Object.hasOwn(en, key);
}
