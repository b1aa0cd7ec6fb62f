import type { SampleResponse } from './generate.ts';
import type { PhraseBook } from './phrase.ts';
import type { SampleCoding } from './sample-codings.ts';

/** Where a finding's quote stands: these characters, in this answer of this response. */
export interface QuoteSource {
	readonly phrase: string;
	/** Place of the response in the list given. */
	readonly responseIndex: number;
	readonly questionId: string;
	readonly text: string;
}

/**
 * Finds an answer to quote for each phrase: no name anywhere in the answer, never two quotes from
 * one response, of those one on which the coders agree, without a second idea and written as
 * printed where there is one.
 *
 * @returns a source per phrase that stands in an answer, in the order given.
 */
export function findQuoteSources(
	responses: readonly SampleResponse[],
	phrases: PhraseBook,
	{ phraseIds, codings }: { phraseIds: readonly string[]; codings: readonly SampleCoding[] },
): QuoteSource[] {
	const agreed = agreedPlaces(codings);
	const written = new Map(
		Object.values(phrases).flatMap((all) => all.map((phrase) => [phrase.id, phrase])),
	);
	const taken = new Set<number>();
	return [...new Set(phraseIds)].flatMap((phrase) => {
		const [best] = responses
			.flatMap((response, responseIndex) => answersWith(response, { responseIndex, phrase }))
			.filter(({ responseIndex, phraseIds: own }) => {
				const hasName = own.some((id) => written.get(id)?.names !== undefined);
				return !taken.has(responseIndex) && !hasName;
			})
			.map((found) => {
				const isAgreed = agreed.has(placeOf(found));
				return { ...found, effort: effortToRead(found.text, found.phraseIds.length, { isAgreed }) };
			})
			.sort((a, b) => a.effort - b.effort);
		if (best === undefined) {
			return [];
		}
		const { responseIndex, questionId, text } = best;
		taken.add(responseIndex);
		return [{ phrase, responseIndex, questionId, text }];
	});
}

function answersWith(
	{ parts }: SampleResponse,
	{ responseIndex, phrase }: { responseIndex: number; phrase: string },
): { responseIndex: number; questionId: string; text: string; phraseIds: string[] }[] {
	return Object.entries(parts).flatMap(([questionId, own]) =>
		own
			.filter((part) => part.phrase === phrase)
			.map(({ text }) => ({
				responseIndex,
				questionId,
				text,
				phraseIds: own.map((part) => part.phrase),
			})),
	);
}

/** Answers to which all their coders gave one theme at least in common. */
function agreedPlaces(codings: readonly SampleCoding[]): Set<string> {
	const byPlace = Map.groupBy(codings, placeOf);
	const agreed = [...byPlace].filter(([, [first, ...others]]) =>
		first?.themes.some((theme) => others.every(({ themes }) => themes.includes(theme))),
	);
	return new Set(agreed.map(([place]) => place));
}

function placeOf({
	responseIndex,
	questionId,
}: Pick<SampleCoding, 'responseIndex' | 'questionId'>) {
	return `${responseIndex}:${questionId}`;
}

/** Lower for an answer of one phrase that begins with a capital, does not shout and has a theme. */
function effortToRead(text: string, ideas: number, { isAgreed }: { isAgreed: boolean }): number {
	const isShouted = text === text.toUpperCase() && text !== text.toLowerCase();
	const startsSmall = text.charAt(0) !== text.charAt(0).toUpperCase();
	return ideas - 1 + (startsSmall ? 2 : 0) + (isShouted ? 8 : 0) - (isAgreed ? 5 : 0);
}
