/** Where words went when the text around them was edited; places in code points. */
export interface Followed {
	start: number;
	end: number;
	/** False: the words themselves changed, and this is where they were. */
	isSame: boolean;
}

/**
 * Follows spans of a text into its edited form. A span before or after what changed keeps its
 * words; one inside is looked for by its words, the second 'Ada' going to the second 'Ada'.
 *
 * @example
 * followWords('ask Ada today', 'go and ask Ada')({ start: 4, end: 7 });
 * // { start: 11, end: 14, isSame: true }
 */
export function followWords(
	before: string,
	after: string,
): (span: { start: number; end: number }) => Followed | null {
	const old = [...before];
	const now = [...after];
	const head = commonHead(old, now);
	const tail = commonTail(old, now, head);
	const shift = now.length - old.length;
	return ({ start, end }) => {
		if (end <= head) {
			return { start, end, isSame: true };
		}
		if (start >= old.length - tail) {
			return { start: start + shift, end: end + shift, isSame: true };
		}
		const found = findSame(old, now, { start, end });
		if (found !== null) {
			return { start: found, end: found + end - start, isSame: true };
		}
		const from = Math.min(start, head);
		const to = end > old.length - tail ? end + shift : now.length - tail;
		return to > from ? { start: from, end: to, isSame: false } : null;
	};
}

/** The same words at the same turn: the third of three before is the third of three now. */
function findSame(
	old: readonly string[],
	now: readonly string[],
	span: { start: number; end: number },
): number | null {
	const words = old.slice(span.start, span.end);
	const were = placesOf(old, words);
	const are = placesOf(now, words);
	const place = are[were.indexOf(span.start)];
	return were.length === are.length && place !== undefined ? place : null;
}

function placesOf(text: readonly string[], words: readonly string[]): number[] {
	const places: number[] = [];
	for (let at = 0; at + words.length <= text.length; at += 1) {
		if (words.every((letter, index) => text[at + index] === letter)) {
			places.push(at);
		}
	}
	return places;
}

function commonHead(old: readonly string[], now: readonly string[]): number {
	let length = 0;
	while (length < old.length && length < now.length && old[length] === now[length]) {
		length += 1;
	}
	return length;
}

function commonTail(old: readonly string[], now: readonly string[], head: number): number {
	const longest = Math.min(old.length, now.length) - head;
	let length = 0;
	while (length < longest && old.at(-1 - length) === now.at(-1 - length)) {
		length += 1;
	}
	return length;
}
