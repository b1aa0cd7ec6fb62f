import { fold } from '../text/fold.ts';
import { FAMILY_COUNT, readFeatures, roomForFeatures } from './features.ts';
import type { Features } from './features.ts';
import { countWeight } from './matrix.ts';
import type { Model } from './model.ts';
import { recipeOf } from './recipe.ts';
import { lookUp } from './vocabulary.ts';

/** A text as a model sees it: its known features, each once. */
export type Reading = {
	/** Feature numbers. */
	features: number[];
	/** How often each occurs. */
	counts: number[];
	/** Their TF-IDF weights, every family scaled to its share. */
	values: number[];
};

/** Scores of several texts on every theme of a model: text by text, theme by theme. */
export function scoreTexts(model: Model, texts: readonly string[]): Float64Array {
	const recipe = recipeOf(model.settings);
	const room = roomForFeatures();
	const scores = new Float64Array(texts.length * model.themes.length);
	texts.forEach((text, at) => {
		readFeatures(fold(text).points, recipe, room);
		const into = scores.subarray(at * model.themes.length, (at + 1) * model.themes.length);
		score(model, weighReading(model, room), into);
	});
	return scores;
}

/** Finds the known features of what was read into a room and weighs them as in training. */
export function weighReading(model: Model, room: Features): Reading {
	const tally = new Map<number, number>();
	for (let i = 0; i < room.count; i++) {
		const feature = lookUp(model.vocabulary, room.a[i] ?? 0, room.b[i] ?? 0);
		if (feature >= 0 && feature < model.columnOf.length) {
			tally.set(feature, (tally.get(feature) ?? 0) + 1);
		}
	}
	const features = [...tally.keys()];
	const counts = [...tally.values()];
	const squares = new Float64Array(FAMILY_COUNT);
	const values = features.map((feature, at) => {
		const column = model.columnOf[feature] ?? 0;
		const weight = countWeight(counts[at] ?? 1) * (model.idf[column] ?? 0);
		const kin = model.family[column] ?? 0;
		squares[kin] = (squares[kin] ?? 0) + weight * weight;
		return weight;
	});
	features.forEach((feature, at) => {
		const kin = model.family[model.columnOf[feature] ?? 0] ?? 0;
		values[at] =
			((values[at] ?? 0) * (model.settings.shares[kin] ?? 0)) / Math.sqrt(squares[kin] ?? 1);
	});
	return { features, counts, values };
}

/** Writes the score of every theme into `into`. */
export function score(model: Model, reading: Reading, into: Float64Array): void {
	const themes = model.themes.length;
	const { weights } = model;
	into.set(model.bias);
	for (let at = 0; at < reading.features.length; at++) {
		const value = reading.values[at] ?? 0;
		const first = (model.columnOf[reading.features[at] ?? 0] ?? 0) * themes;
		for (let theme = 0; theme < themes; theme++) {
			into[theme] = (into[theme] ?? 0) + value * (weights[first + theme] ?? 0);
		}
	}
}
