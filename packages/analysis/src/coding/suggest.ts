import { codePointSlice, fold } from '../text/fold.ts';
import type { Folded } from '../text/fold.ts';
import { nextWord, wordEnd } from '../text/words.ts';
import { readFeatures, roomForFeatures } from './features.ts';
import type { Features } from './features.ts';
import type { Model } from './model.ts';
import { recipeOf } from './recipe.ts';
import { score, weighReading } from './score.ts';
import { lookUp } from './vocabulary.ts';

/** A word of the excerpt that led to a suggestion; offsets in code points, end not included. */
export type Evidence = { start: number; end: number; text: string; weight: number };

export type Suggestion = {
	themeId: string;
	/** Distance from the theme's plane; comparable between themes of one model, no probability. */
	score: number;
	/** `likely` past the plane, `possible` past the model's cut, `weak` below it. */
	confidence: 'likely' | 'possible' | 'weak';
	/** Words of this text that spoke for the theme, in reading order. */
	evidence: Evidence[];
};

export type SuggestOptions = {
	/** Most suggestions to give; 5 by default. */
	limit?: number;
	/** Most words to show for each; 5 by default. */
	evidenceLimit?: number;
};

/**
 * The themes a text most likely carries, best first, each with the words that led to it.
 *
 * A theme that no word of the text speaks for is not suggested, so a text without a known word
 * gets no suggestion. Meant to be shown after a person has decided, never to be applied.
 */
export function suggest(model: Model, text: string, options: SuggestOptions = {}): Suggestion[] {
	const { limit = 5, evidenceLimit = 5 } = options;
	const folded = fold(text);
	const room = roomForFeatures();
	readFeatures(folded.points, recipeOf(model.settings), room);
	const reading = weighReading(model, room);
	const scores = new Float64Array(model.themes.length);
	score(model, reading, scores);
	const order = Array.from(scores.keys()).sort(
		(one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other,
	);
	const shares = shareByPlace(model, room, reading);
	const words = wordsOf(folded.points);
	const suggestions: Suggestion[] = [];
	for (const theme of order) {
		if (suggestions.length >= limit) {
			break;
		}
		const evidence = evidenceFor(theme, { model, room, shares, words, folded, text });
		if (evidence.length > 0) {
			suggestions.push({
				themeId: model.themes[theme] ?? '',
				score: scores[theme] ?? 0,
				confidence: confidenceOf(scores[theme] ?? 0, model.cut),
				evidence: strongest(evidence, evidenceLimit),
			});
		}
	}
	return suggestions;
}

function confidenceOf(value: number, cut: number): Suggestion['confidence'] {
	if (value >= Math.max(0, cut)) {
		return 'likely';
	}
	return value >= cut ? 'possible' : 'weak';
}

type Words = { starts: Int32Array; ends: Int32Array; at: Int32Array };

/** The words of folded points, and for each point the word it stands in, or -1. */
function wordsOf(points: Uint32Array): Words {
	const at = new Int32Array(points.length).fill(-1);
	const starts: number[] = [];
	const ends: number[] = [];
	for (let start = nextWord(points, 0); start < points.length;) {
		const end = wordEnd(points, start);
		at.fill(starts.length, start, end);
		starts.push(start);
		ends.push(end);
		start = nextWord(points, end);
	}
	return { starts: Int32Array.from(starts), ends: Int32Array.from(ends), at };
}

/** For each place a feature was read: its column, and the part of its value that falls to it. */
function shareByPlace(
	model: Model,
	room: Features,
	reading: { features: number[]; counts: number[]; values: number[] },
): { column: Int32Array; value: Float64Array } {
	const parts = new Map<number, number>();
	reading.features.forEach((feature, at) => {
		parts.set(feature, (reading.values[at] ?? 0) / (reading.counts[at] ?? 1));
	});
	const column = new Int32Array(room.count).fill(-1);
	const value = new Float64Array(room.count);
	for (let place = 0; place < room.count; place++) {
		const feature = lookUp(model.vocabulary, room.a[place] ?? 0, room.b[place] ?? 0);
		const part = parts.get(feature);
		if (part !== undefined) {
			column[place] = model.columnOf[feature] ?? -1;
			value[place] = part;
		}
	}
	return { column, value };
}

/** What each word adds to a theme's score; a feature over several words is split between them. */
function evidenceFor(
	theme: number,
	given: {
		model: Model;
		room: Features;
		shares: { column: Int32Array; value: Float64Array };
		words: Words;
		folded: Folded;
		text: string;
	},
): Evidence[] {
	const { model, room, shares, words, folded, text } = given;
	const sums = new Float64Array(words.starts.length);
	for (let place = 0; place < room.count; place++) {
		const column = shares.column[place] ?? -1;
		const weight = column < 0 ? 0 : (model.weights[column * model.themes.length + theme] ?? 0);
		if (weight === 0) {
			continue;
		}
		const first = firstWord(words, room.from[place] ?? 0, room.to[place] ?? 0);
		const last = lastWord(words, room.from[place] ?? 0, room.to[place] ?? 0);
		for (let word = first; first >= 0 && word <= last; word++) {
			const part = (weight * (shares.value[place] ?? 0)) / (last - first + 1);
			sums[word] = (sums[word] ?? 0) + part;
		}
	}
	const evidence: Evidence[] = [];
	sums.forEach((weight, word) => {
		if (weight > 0) {
			const start = words.starts[word] ?? 0;
			const end = (words.ends[word] ?? 0) - 1;
			const from = folded.from?.[start] ?? start;
			const to = folded.to?.[end] ?? end + 1;
			evidence.push({ start: from, end: to, text: codePointSlice(text, from, to), weight });
		}
	});
	return evidence;
}

function firstWord(words: Words, from: number, to: number): number {
	for (let point = from; point < to; point++) {
		if ((words.at[point] ?? -1) >= 0) {
			return words.at[point] ?? -1;
		}
	}
	return -1;
}

function lastWord(words: Words, from: number, to: number): number {
	for (let point = to - 1; point >= from; point--) {
		if ((words.at[point] ?? -1) >= 0) {
			return words.at[point] ?? -1;
		}
	}
	return -1;
}

/** A word is shown when it says at least this share of what the strongest word says. */
const WORTH_SHOWING = 0.2;

/** The strongest words, in reading order. */
function strongest(evidence: Evidence[], limit: number): Evidence[] {
	const floor = WORTH_SHOWING * Math.max(...evidence.map((word) => word.weight));
	return evidence
		.filter((word) => word.weight >= floor)
		.sort((one, other) => other.weight - one.weight || one.start - other.start)
		.slice(0, limit)
		.sort((one, other) => one.start - other.start);
}
