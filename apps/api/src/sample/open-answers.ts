import { normalizeText } from '@throughline/survey-engine';
import type { AllConnectors, Phrase } from './phrase.ts';
import type { Random } from './random.ts';
import type { Respondent } from './respondent.ts';
import { type WordedAnswer, wordAnswer } from './wording.ts';

const maxThemes = 4;
const triesForNewWords = 12;

/** What has been written so far, so that nobody writes the same answer twice. */
export interface Written {
	readonly texts: Set<string>;
	readonly uses: Map<string, number>;
}

/** What this student writes under an open question, out of its phrases. */
export function answerOpen(
	random: Random,
	person: Respondent,
	{
		phrases,
		connectors,
		written,
		maxLength,
	}: {
		phrases: readonly Phrase[];
		connectors: AllConnectors;
		written: Written;
		maxLength: number;
	},
): WordedAnswer | undefined {
	let answer: WordedAnswer | undefined;
	for (let tries = 0; tries < triesForNewWords; tries++) {
		const chosen = choosePhrases(random, person, { phrases, uses: written.uses });
		if (chosen.length === 0) {
			return undefined;
		}
		const worded = wordAnswer(random, chosen, {
			style: person.style,
			connectors: connectors[person.language],
			extra: 0.25 + tries * 0.06,
		});
		answer = { ...worded, text: normalizeText(worded.text) };
		if (!written.texts.has(answer.text) && answer.text.length <= maxLength) {
			break;
		}
	}
	note(written, answer);
	return answer;
}

function note({ texts, uses }: Written, answer: WordedAnswer | undefined): void {
	if (answer !== undefined) {
		texts.add(answer.text);
		for (const { phrase } of answer.parts) {
			uses.set(phrase, (uses.get(phrase) ?? 0) + 1);
		}
	}
}

function choosePhrases(
	random: Random,
	person: Respondent,
	{ phrases, uses }: { phrases: readonly Phrase[]; uses: ReadonlyMap<string, number> },
): Phrase[] {
	const weight = (phrase: Phrase) => likelihood(person, phrase) / fatigue(phrase, uses);
	const first = random.weighted(phrases, weight);
	if (first === undefined) {
		return [];
	}
	const standsAlone = first.kind === 'blank_word' || first.kind === 'long';
	if (standsAlone || !random.chance(0.34)) {
		return [first];
	}
	const second = random.weighted(phrases, (phrase) =>
		goesWith(first, phrase) ? weight(phrase) : 0,
	);
	return second === undefined ? [first] : [first, second];
}

/** How likely a student writes a phrase, against the others; 0 for never. */
function likelihood(person: Respondent, phrase: Phrase): number {
	if (!isInTheirWords(person, phrase) || !isTheirs(person, phrase)) {
		return 0;
	}
	return (
		kindWeight(phrase) * leanWeight(person, phrase) * groupWeight(person, phrase.likelier ?? [])
	);
}

function isInTheirWords({ language, groups }: Respondent, phrase: Phrase): boolean {
	if (phrase.language === 'mixed') {
		return language === 'es' || (language === 'en' && groups.has('hispanic'));
	}
	return phrase.language === language;
}

function isTheirs({ site, groups }: Respondent, { only }: Phrase): boolean {
	if (only === undefined) {
		return true;
	}
	const isOfSite = only.sites === undefined || only.sites.includes(site.key);
	const isOfLevel = only.level === undefined || only.level === site.level;
	return isOfSite && isOfLevel && (only.groups?.some((group) => groups.has(group)) ?? true);
}

function kindWeight({ kind, language }: Phrase): number {
	if (kind === 'blank_word') {
		return language === 'en' ? 0.35 : 0.12;
	}
	return kind === 'off_topic' || kind === 'long' || kind === 'contains_name' ? 0.6 : 1;
}

function leanWeight({ trust }: Respondent, { lean }: Phrase): number {
	const direction = { positive: 0.7, negative: -0.6, mixed: 0, neutral: 0 };
	return Math.min(3, Math.max(0.15, 1 + direction[lean] * trust));
}

function groupWeight({ groups }: Respondent, likelier: NonNullable<Phrase['likelier']>): number {
	if (likelier.length === 0) {
		return 1;
	}
	return likelier.some((group) => groups.has(group)) ? 3 : 0.12;
}

/** A phrase that was used often is used less, a long one much less. */
function fatigue({ id, kind }: Phrase, uses: ReadonlyMap<string, number>): number {
	return 1 + (uses.get(id) ?? 0) * (kind === 'long' ? 2 : 0.25);
}

function goesWith(first: Phrase, second: Phrase): boolean {
	const clash =
		(first.lean === 'positive' && second.lean === 'negative') ||
		(first.lean === 'negative' && second.lean === 'positive');
	const themes = new Set([...first.themes, ...second.themes]);
	const isShort = second.kind !== 'long' && second.kind !== 'blank_word';
	return second.id !== first.id && isShort && !clash && themes.size <= maxThemes;
}
