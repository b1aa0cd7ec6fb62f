/** A line that may begin with who speaks. */
export interface LabelledText {
	speaker: string;
	rest: string;
}

const LABEL =
	/^(?:>>\s*|[-–—•]\s+)?(?:\[([^\]:：]{1,60})\]|([^:：[\]<>{}"“”?!;]{1,60}?))\s*(?::(?=\s|$|[^\p{ASCII}])|：)\s*/u;

/** Words of a name; small ones ('de', 'of') only inside. */
const NAME_WORD = /^[([“"#]?[\p{Lu}\p{Lt}\p{Lo}\p{N}][\p{L}\p{M}\p{N}'’._#/-]*[)\]”",]?$/u;
const SMALL_WORD =
	/^(?:de|del|della|da|di|la|le|van|von|der|den|bin|bint|ibn|al|el|of|the|and|y|e|&|[-–])$/u;
const CASED = /[\p{Lu}\p{Ll}]/u;

/** What stands before a colon at the head of a file and is nobody. */
const NOBODY =
	/^(?:note|notes|date|time|location|place|title|subject|topic|transcript|duration|language|kind|file|recorded|attendees|participants|speakers|present|fecha|lugar|nota|notas)$/iu;

/**
 * What may be a speaker and the words after it; null where no label stands.
 *
 * @example labelOf('Voice A: It is loud.') // { speaker: 'Voice A', rest: 'It is loud.' }
 */
export function labelOf(text: string): LabelledText | null {
	const match = /[:：]/.test(text.slice(0, 70)) ? LABEL.exec(text) : null;
	const speaker = (match?.[1] ?? match?.[2])?.trim() ?? '';
	if (match === null || speaker === '' || speaker.split(/\s+/).length > 6 || NOBODY.test(speaker)) {
		return null;
	}
	return { speaker, rest: text.slice(match[0].length) };
}

/**
 * True for what is written like a name or a role: up to six words, each with a capital, a digit or a
 * letter of a script without capitals.
 *
 * @example isNameLike('Ms. Ada de la Cruz') // true
 * @example isNameLike('One thing') // false
 */
export function isNameLike(text: string): boolean {
	const words = text.split(/\s+/);
	const last = words.at(-1) ?? '';
	const isSentence = /,$|.{4}[.?!…。！？]$/u.test(last);
	if (text.length > 60 || words.length > 6 || isSentence || !/\p{L}|\p{N}/u.test(text)) {
		return false;
	}
	return words.every(
		(word, index) => NAME_WORD.test(word) || (index > 0 && SMALL_WORD.test(word.toLowerCase())),
	);
}

/**
 * Which labels of a file are speakers. One that is written like a name counts; in scripts without
 * capitals, and for labels in small letters, only when most lines begin so or it comes back.
 *
 * @param texts how many lines there are, and the labels that may be some.
 */
export function speakersAmong(
	labels: readonly string[],
	{ lines, isCaption }: { lines: number; isCaption: boolean },
): ReadonlySet<string> {
	const counts = new Map<string, number>();
	for (const label of labels) {
		counts.set(label, (counts.get(label) ?? 0) + 1);
	}
	const isUsual = labels.length * 2 >= lines;
	const isEverywhere = !isCaption && labels.length * 10 >= lines * 8;
	const accepted = new Set<string>();
	for (const [label, count] of counts) {
		const isName = isNameLike(label);
		const isShort = CASED.test(label) ? label.split(/\s+/).length <= 4 : label.length <= 24;
		const comesBack = count >= 2 && isName;
		const isCertain = isName && CASED.test(label) && !isCaption;
		if (comesBack || isCertain || (isUsual && isShort && (isName || count >= 2 || isEverywhere))) {
			accepted.add(label);
		}
	}
	return accepted;
}
