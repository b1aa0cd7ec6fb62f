import type { Corpus } from './corpus.ts';
import type { Vocabulary } from './vocabulary.ts';

/** An excerpt somebody has decided on: the themes they put on it, none included. */
export type Example = {
	id: string;
	text: string;
	themes: readonly string[];
	/** Weight against an ordinary decision; 1 when not given. */
	weight?: number;
	/** Language of the text, for its stems; the model's when not given. */
	language?: string;
};

/** Words of the codebook that stand for a theme. */
export type PriorText = { themeId: string; text: string; weight?: number; language?: string };

/** How a model reads texts and learns. Part of the model. */
export type Settings = {
	/** Language of texts that do not say theirs, for stems; null for none. */
	language: string | null;
	/** Cost of an error (C of the support vector machine); null: by whether themes exclude others. */
	cost: number | null;
	/**
	 * 0: every decision costs the same; 1: both answers of a theme weigh the same in sum; null: by
	 * whether themes exclude others.
	 */
	balance: number | null;
	/** Length of a text's words, characters and stems. */
	shares: readonly [number, number, number];
	/** Where solving stops. */
	tolerance: number;
	/** The seed of every random order. */
	seed: number;
};

export const DEFAULT_SETTINGS: Settings = {
	language: 'en',
	cost: null,
	balance: null,
	shares: [1, 1.2, 0.6],
	tolerance: 0.1,
	seed: 0,
};

/** What a model keeps of the decisions it was trained on, so that it can be trained further. */
export type Memory = {
	/** Ids of the rows; codebook rows have null. */
	ids: (string | null)[];
	/** Two hashes of each row's text. */
	marks: Int32Array;
	/** Weight of each row. */
	weights: Float32Array;
	corpus: Corpus;
	/** 1 or -1, theme by theme, row by row. */
	answers: Int8Array;
	/** Dual variables in the same order. */
	duals: Float32Array;
};

/** A trained set of planes, one a theme, and the words it knows. */
export type Model = {
	settings: Settings;
	/** Theme ids in the order of the weights. */
	themes: readonly string[];
	/** Whether an excerpt may carry several themes. */
	isMultiple: boolean;
	/** From this score on a theme is taken to be on an excerpt. */
	cut: number;
	/** How many decisions the cut was chosen on; 0: the starting value. */
	cutFrom: number;
	vocabulary: Vocabulary;
	columnOf: Int32Array;
	/** Family and inverse document frequency by column. */
	family: Uint8Array;
	idf: Float64Array;
	/** Column by column, a weight for each theme. */
	weights: Float32Array;
	/** Constant of each theme. */
	bias: Float64Array;
	/** Null in a model that only suggests. */
	memory: Memory | null;
};
