/** A text in one line, as turns are kept. */
export function oneLine(text: string): string {
	return text
		.replaceAll(/[\p{Cc}\s]+/gu, ' ')
		.trim()
		.normalize('NFC');
}

/** How many code points of the kept text stand before a place of the text as it is written. */
export function placeIn(text: string, units: number): number {
	const before = oneLine(text.slice(0, units));
	const isAfterSpace = before !== '' && /\s$/u.test(text.slice(0, units));
	return [...before].length + Number(isAfterSpace);
}
