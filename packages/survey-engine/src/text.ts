import type { LocalText } from './definition.ts';

export type Direction = 'ltr' | 'rtl';

/** A text in the language it was found in, which its element must carry as `lang` and `dir`. */
export interface TextInLanguage {
	readonly text: string;
	readonly language: string;
	readonly direction: Direction;
}

/** Languages written from right to left, and scripts that say so in a code such as 'pa-Arab'. */
const rightToLeft = new Set('ar arc ckb dv fa he ks nqo ps sd syr ug ur yi'.split(' '));
const rightToLeftScripts = new Set('adlm arab hebr nkoo rohg syrc thaa'.split(' '));

/**
 * The direction a language is written in.
 *
 * @example direction('ar') // 'rtl'
 */
export function direction(language: string): Direction {
	const [base = '', script = ''] = language.toLowerCase().split('-');
	if (script.length === 4) {
		return rightToLeftScripts.has(script) ? 'rtl' : 'ltr';
	}
	return rightToLeft.has(base) ? 'rtl' : 'ltr';
}

/**
 * The words of a text in a language; when it has none, in the fallback language, and failing that
 * in any language it has. The language found comes with it, so that a page can mark it.
 *
 * @example localText({ en: 'Yes' }, 'ar', 'en') // { text: 'Yes', language: 'en', direction: 'ltr' }
 */
export function localText(text: LocalText, language: string, fallback: string): TextInLanguage {
	const order = [language, language.split('-')[0] ?? language, fallback, ...Object.keys(text)];
	const found = order.find((candidate) => hasText(text, candidate)) ?? fallback;
	return {
		text: (hasText(text, found) ? text[found] : undefined) ?? '',
		language: found,
		direction: direction(found),
	};
}

/** Whether a text has words, not only space, in a language. */
export function hasText(text: LocalText, language: string): boolean {
	return Object.hasOwn(text, language) && (text[language] ?? '').trim() !== '';
}
