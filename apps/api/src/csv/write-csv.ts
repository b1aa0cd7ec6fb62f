/** What a spreadsheet may take for the beginning of a formula, in ASCII and in full width. */
const FORMULA = String.raw`[=+\-@＝＋－＠]`;
/** Some programs drop spaces, quotes and control characters before they look. */
const SKIPPED = String.raw`[\s"\u0000-\u001f\u00a0\u200b-\u200f\ufeff]*`;
const DANGEROUS = new RegExp(`^'*(?:${SKIPPED}${FORMULA}|[\\t\\r\\n\\0])`);
/** Cells that RFC 4180 asks to quote, and those that programs with other separators would cut. */
const QUOTED = /[",;\t\r\n\0]|^\s|\s$/;

/**
 * Rows as CSV by RFC 4180: the one writer of every file a spreadsheet program may open. A text that
 * such a program would take for a formula gets an apostrophe in front; numbers are our own and
 * stay numbers.
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
	return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

/** A text that no spreadsheet program takes for a formula. */
export function withoutFormula(text: string): string {
	return DANGEROUS.test(text) ? `'${text}` : text;
}

/** Takes back what withoutFormula did to a text. */
export function withFormula(text: string): string {
	return text.startsWith("'") && DANGEROUS.test(text.slice(1)) ? text.slice(1) : text;
}

function cellOf(value: string | number): string {
	if (typeof value === 'number') {
		return String(value);
	}
	const text = withoutFormula(value);
	return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
