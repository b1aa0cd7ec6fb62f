/**
 * Text as it is stored: lone surrogates replaced by U+FFFD, line ends as \n, control characters
 * other than newline and tab removed, Unicode NFC, no space around. Markup and quotes stay as
 * they are: they are text. Applying it twice changes nothing more.
 *
 * @example normalizeText(' a\r\nb\u0000 ') // 'a\nb'
 */
export function normalizeText(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.normalize('NFC')
		.trim();
}

/** The length of a text in Unicode code points, as limits are counted. */
export function codePointLength(text: string): number {
	let length = 0;
	for (const _ of text) {
		length += 1;
	}
	return length;
}
