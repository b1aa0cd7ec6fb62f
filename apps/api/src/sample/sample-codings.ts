import type { Phrase, PhraseBook } from './phrase.ts';
import { type Random, seededRandom } from './random.ts';
import type { SampleCodebook } from './schema.ts';

/** What is coded: an open answer, and which phrases it is made of. */
export interface CodableAnswer {
	readonly parts: Readonly<Record<string, readonly { readonly phrase: string }[]>>;
}

export interface SampleCoding {
	/** Place of the response in the list given. */
	readonly responseIndex: number;
	readonly questionId: string;
	readonly coder: 'a' | 'b';
	/** Theme keys, sorted; none when the coder decided that no theme applies. */
	readonly themes: readonly string[];
}

/** How each coder works: how often they read a phrase the other way, miss a theme, or slip over. */
const coders = {
	a: { otherReading: 0.15, miss: 0.06, slip: 0.04 },
	b: { otherReading: 0.55, miss: 0.12, slip: 0.07 },
} as const;

/**
 * Two sample coders' decisions on a random sample of the open answers, drawn with equal chance
 * from all of them. They differ where a phrase can be read in two ways, now and then miss a theme,
 * and slip to a neighbour that the codebook names in a theme's 'exclude'.
 *
 * @returns two codings per sampled answer, in order of response and question.
 */
export function sampleCodings(
	responses: readonly CodableAnswer[],
	phrases: PhraseBook,
	{ codebook, seed, count }: { codebook: SampleCodebook; seed: number; count: number },
): SampleCoding[] {
	const random = seededRandom(seed);
	const byId = new Map(Object.values(phrases).flatMap((all) => all.map((each) => [each.id, each])));
	const neighbours = borders(codebook);
	const units = responses.flatMap(({ parts }, responseIndex) =>
		Object.entries(parts).map(([questionId, own]) => ({ responseIndex, questionId, own })),
	);
	return drawSample(random, units.length, count).flatMap((index) => {
		const unit = units[index];
		if (unit === undefined) {
			return [];
		}
		const { responseIndex, questionId } = unit;
		const read = unit.own.flatMap(({ phrase }) => byId.get(phrase) ?? []);
		return (['a', 'b'] as const).map((coder) => ({
			responseIndex,
			questionId,
			coder,
			themes: decide(random, read, { coder, neighbours, most: codebook.maxThemesPerUnit }),
		}));
	});
}

/** Distinct places below `size`, each as likely, in ascending order. */
function drawSample(random: Random, size: number, count: number): number[] {
	const places = Array.from({ length: size }, (_none, index) => index);
	for (let index = 0; index < Math.min(count, size); index++) {
		const other = index + Math.floor(random.next() * (size - index));
		const held = places[index] ?? index;
		places[index] = places[other] ?? other;
		places[other] = held;
	}
	return places.slice(0, count).sort((a, b) => a - b);
}

function decide(
	random: Random,
	read: readonly Phrase[],
	{
		coder,
		neighbours,
		most,
	}: {
		coder: SampleCoding['coder'];
		neighbours: ReadonlyMap<string, readonly string[]>;
		most: number;
	},
): string[] {
	const habit = coders[coder];
	const themes = new Set<string>();
	for (const { themes: usual, second } of read) {
		const reading = second !== undefined && random.chance(habit.otherReading) ? second : usual;
		for (const theme of reading) {
			const near = neighbours.get(theme) ?? [];
			if (random.chance(habit.miss)) {
				continue;
			}
			themes.add(near.length > 0 && random.chance(habit.slip) ? random.pick(near) : theme);
		}
	}
	return [...themes].sort().slice(0, most);
}

/** The themes that each theme's 'exclude' lines point to, as in 'wanting any adult around (E1)'. */
function borders({ groups }: SampleCodebook): ReadonlyMap<string, readonly string[]> {
	return new Map(
		groups
			.flatMap(({ themes }) => themes)
			.map(({ key, exclude }) => [
				key,
				exclude.flatMap((line) => Array.from(line.matchAll(/\(([A-E]\d)\)/g), ([, to = '']) => to)),
			]),
	);
}
