import { findNames } from './redact-names.ts';
import type { RedactOptions } from './redact.ts';
import { tokensOf } from './name-tokens.ts';
import { isUnknown } from './unknown-words.ts';

/**
 * Names nobody listed that some turn of a talk gives away ('my friend Zyaire'), so that they are
 * found in its other turns as well, where nothing shows that a person is meant. A word that is also
 * written in lower case in turns that use capitals is left out.
 *
 * @example namesHeard(['my friend Zyaire left', 'ask Zyaire'], { names: [], language: 'en' }) // ['zyaire']
 */
export function namesHeard(texts: readonly string[], options: RedactOptions): string[] {
	const heard = new Set<string>();
	const words = new Set<string>();
	for (const text of texts) {
		const spans = findNames(text, options.names, options.language);
		const usesCapitals = /(?:^|\s)\p{Lu}\p{Ll}/u.test(text);
		for (const token of tokensOf(text)) {
			const isInName = spans.some(({ start, end }) => token.start >= start && token.end <= end);
			if (isInName && token.key.length > 3 && isUnknown(token)) {
				heard.add(token.key);
			} else if (!isInName && !token.isCapital && usesCapitals) {
				words.add(token.key);
			}
		}
	}
	return [...heard].filter((key) => !words.has(key));
}
