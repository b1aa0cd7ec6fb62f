import type { Connectors, Phrase } from './phrase.ts';
import type { Random } from './random.ts';
import type { WritingStyle } from './respondent.ts';

/** One phrase as it stands in an answer: exactly these characters, the full stop left off. */
export interface WordedPhrase {
	readonly phrase: string;
	readonly text: string;
}

export interface WordedAnswer {
	readonly text: string;
	readonly parts: readonly WordedPhrase[];
}

/**
 * Writes phrases out as one answer: alternatives chosen, an opener, joiners and a closer now and
 * then, letters and full stops as this student types them.
 *
 * @param extra chance of an opener and, half of it, of a closer.
 */
export function wordAnswer(
	random: Random,
	phrases: readonly Phrase[],
	{ style, connectors, extra }: { style: WritingStyle; connectors: Connectors; extra: number },
): WordedAnswer {
	const chosen = phrases.map((phrase) => ({ phrase, plain: chooseAlternatives(random, phrase) }));
	let text = '';
	const parts: WordedPhrase[] = [];
	for (const [index, { phrase, plain }] of chosen.entries()) {
		const isLast = index === chosen.length - 1;
		const lead =
			index === 0
				? openerFor(random, plain, { connectors, extra })
				: cased(random.pick(connectors.joiners), style);
		const runsOn = lead !== '' && !/[.:\n]\s*$/.test(lead);
		const ended = isLast ? endAs(plain, style, phrase) : plain.replace(/[.!]+$/, '');
		const own = typed(runsOn ? lowerFirst(ended) : ended, style, phrase);
		text += (index === 0 ? cased(upperFirst(lead), style) : lead) + own;
		parts.push({ phrase: phrase.id, text: own.replace(/[.!]+$/, '') });
	}
	const closer = random.chance(extra / 2) ? random.pick(connectors.closers) : '';
	return { text: closer === '' ? text : close(text, cased(closer, style)), parts };
}

/** Puts one of the alternatives in the place of each `{a|b}`. */
function chooseAlternatives(random: Random, { text }: Phrase): string {
	return text.replace(/\{([^}]*)\}/g, (_whole, inner: string) => random.pick(inner.split('|')));
}

function openerFor(
	random: Random,
	plain: string,
	{ connectors, extra }: { connectors: Connectors; extra: number },
): string {
	if (!random.chance(extra)) {
		return '';
	}
	const firstWord = plain.split(/[\s,]/)[0]?.toLowerCase() ?? '';
	if (connectors.clauseStarts.includes(firstWord) && random.chance(0.5)) {
		return `${random.pick(connectors.clauseOpeners)} `;
	}
	const comma = /[\u0600-\u06ff]/.test(plain) ? '،' : ',';
	return `${random.pick(connectors.openers)}${comma} `;
}

/** Names keep their capitals, so that a redactor meets them as people write them. */
function typed(text: string, style: WritingStyle, { kind }: Phrase): string {
	const words = style.dropsApostrophes ? text.replace(/(?<=\p{L})'(?=\p{L})/gu, '') : text;
	return kind === 'contains_name' ? words : cased(words, style);
}

function cased(text: string, { casing }: WritingStyle): string {
	if (casing === 'sentence') {
		return text;
	}
	return casing === 'lower' ? text.toLowerCase() : text.toUpperCase();
}

function endAs(text: string, { period }: WritingStyle, { kind }: Phrase): string {
	const bare = text.replace(/[.!]+$/, '');
	if (period === 'keep' || kind === 'blank_word' || bare.endsWith('?')) {
		return text;
	}
	const marks = { drop: '', dots: '...', shout: '!!' };
	return bare + marks[period];
}

function close(text: string, closer: string): string {
	if (/[?!…]$/.test(text) || text.endsWith('..')) {
		return `${text} ${closer}`;
	}
	const comma = /[\u0600-\u06ff]/.test(text) ? '،' : ',';
	return `${text.replace(/\.$/, '')}${comma} ${closer}`;
}

function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

const keepsItsCapital = /^(I\b|I'|Black|Native|Officer|Ms\.|Mr\.|Old Mill|Spanish)/;

function lowerFirst(text: string): string {
	return keepsItsCapital.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
