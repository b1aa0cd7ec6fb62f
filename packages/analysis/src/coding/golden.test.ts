import { describe, expect, it } from 'vitest';
import { addTexts, emptyCorpus } from './corpus.ts';
import type { Corpus } from './corpus.ts';
import type { Recipe } from './features.ts';
import { countWeight, weigh } from './matrix.ts';
import { trainModel, scoreTexts, suggest } from './index.ts';
import { seededRandom } from './random.ts';
import { solve } from './solver.ts';
import { intern, lookUp } from './vocabulary.ts';

const WORDS_ONLY: Recipe = { wordRun: 1, shortestWord: 2, characters: null, stem: null };

function corpusOf(texts: readonly string[], recipe = WORDS_ONLY): Corpus {
	const corpus = emptyCorpus();
	addTexts(
		corpus,
		texts.map((text) => ({ text, recipe })),
	);
	return corpus;
}

/** The number of the feature that a word alone is. */
function featureOf(corpus: Corpus, word: string): number {
	const single = corpusOf([word]);
	return lookUp(corpus.vocabulary, single.vocabulary.a[0] ?? 0, single.vocabulary.b[0] ?? 0);
}

describe('weights', () => {
	/** scikit-learn's documentation example of TfidfVectorizer, with sublinear_tf. */
	const texts = [
		'This is the first document.',
		'This document is the second document.',
		'And this is the third one.',
		'Is this the first document?',
	];

	it.each([
		['and', 1.91629073],
		['document', 1.22314355],
		['first', 1.51082562],
		['is', 1],
	])('give %s the inverse document frequency of scikit-learn', (word, idf) => {
		const corpus = corpusOf(texts);
		const matrix = weigh(corpus, [1, 1, 1]);
		expect(matrix.idf[matrix.columnOf[featureOf(corpus, word)] ?? -1]).toBeCloseTo(idf, 8);
	});

	it.each([
		['document', 0.62552689],
		['is', 0.30204652],
		['second', 0.57880895],
	])('give %s its weight in the second row', (word, weight) => {
		const corpus = corpusOf(texts);
		const matrix = weigh(corpus, [1, 1, 1]);
		const column = matrix.columnOf[featureOf(corpus, word)] ?? -1;
		const entries = [...matrix.column].slice(matrix.start[1], matrix.start[2]);
		const value = matrix.value[(matrix.start[1] ?? 0) + entries.indexOf(column)] ?? 0;
		expect(value / Math.sqrt(matrix.size[column] ?? 0)).toBeCloseTo(weight, 6);
	});

	it('keep inner products between rows when equal columns become one', () => {
		const recipe = { ...WORDS_ONLY, wordRun: 2, characters: { shortest: 2, longest: 5 } };
		const corpus = corpusOf(['late bus late', 'the bus', 'late lunch', 'bus'], recipe);
		const matrix = weigh(corpus, [1, 1, 1]);
		expect(matrix.columns).toBeLessThan(corpus.vocabulary.size);
		for (let row = 0; row < matrix.rows; row++) {
			for (let other = 0; other < matrix.rows; other++) {
				expect(product(plainRow(corpus, row), plainRow(corpus, other))).toBeCloseTo(
					product(mergedRow(row), mergedRow(other)),
					5,
				);
			}
		}

		function mergedRow(row: number): Map<number, number> {
			const entries = new Map<number, number>();
			for (let at = matrix.start[row] ?? 0; at < (matrix.start[row + 1] ?? 0); at++) {
				entries.set(matrix.column[at] ?? 0, matrix.value[at] ?? 0);
			}
			return entries;
		}
	});
});

/** A row weighed feature by feature, each family brought to length 1: the textbook way. */
function plainRow(corpus: Corpus, row: number): Map<number, number> {
	const rowsWith = new Map<number, number>();
	for (let at = 0; at < (corpus.start[corpus.rows] ?? 0); at++) {
		const feature = corpus.features[at] ?? 0;
		rowsWith.set(feature, (rowsWith.get(feature) ?? 0) + 1);
	}
	const entries = new Map<number, number>();
	const squares = [0, 0, 0];
	for (let at = corpus.start[row] ?? 0; at < (corpus.start[row + 1] ?? 0); at++) {
		const feature = corpus.features[at] ?? 0;
		const idf = Math.log((1 + corpus.rows) / (1 + (rowsWith.get(feature) ?? 0))) + 1;
		const weight = countWeight(corpus.counts[at] ?? 0) * idf;
		const kin = corpus.family[feature] ?? 0;
		squares[kin] = (squares[kin] ?? 0) + weight ** 2;
		entries.set(feature, weight);
	}
	return new Map(
		[...entries].map(([feature, weight]) => [
			feature,
			weight / Math.sqrt(squares[corpus.family[feature] ?? 0] ?? 1),
		]),
	);
}

function product(one: Map<number, number>, other: Map<number, number>): number {
	return [...one].reduce((sum, [at, value]) => sum + value * (other.get(at) ?? 0), 0);
}

/** Nine sentences in three themes; values of scikit-learn 1.2.1, LinearSVC, C=1, squared hinge. */
const SENTENCES = [
	['bus was late again', 'transport'],
	['late bus every day', 'transport'],
	['the bus driver is rude', 'transport'],
	['lunch food is cold', 'food'],
	['cold pizza for lunch', 'food'],
	['food lines are long', 'food'],
	['teacher listens to us', 'staff'],
	['kind teacher helps', 'staff'],
	['my teacher is great', 'staff'],
] as const;
const THEMES = ['food', 'staff', 'transport'] as const;
const DECISIONS = [
	['the bus is late', [-0.79121306, -0.76835364, 0.58661575]],
	['teacher is rude', [-0.7130909, 0.03411147, -0.27645809]],
	['cold food', [0.62899576, -0.77624829, -0.77738897]],
] as const;

describe('solve', () => {
	it.each(DECISIONS)('gives %j the decision values of scikit-learn', (query, expected) => {
		const corpus = corpusOf(SENTENCES.map(([text]) => text));
		const matrix = weigh(corpus, [1, 1, 1]);
		const words = query.split(' ').map((word) => matrix.columnOf[featureOf(corpus, word)] ?? -1);
		const weights = words.map((column) => matrix.idf[column] ?? 0);
		const norm = Math.hypot(...weights);
		const scores = THEMES.map((theme) => {
			const plane = solve(
				{
					matrix,
					answers: Int8Array.from(SENTENCES, ([, own]) => (own === theme ? 1 : -1)),
					cost: new Float64Array(matrix.rows).fill(1),
					duals: new Float64Array(matrix.rows),
				},
				{ random: seededRandom(1), tolerance: 1e-9, passes: 10_000 },
			);
			return words.reduce((sum, column, at) => {
				const weight = (plane.weights[column] ?? 0) / Math.sqrt(matrix.size[column] ?? 1);
				return sum + weight * ((weights[at] ?? 0) / norm);
			}, plane.bias);
		});
		scores.forEach((score, at) => {
			expect(score).toBeCloseTo(expected[at] ?? Number.NaN, 4);
		});
	});

	it('ends where it would have ended when it starts from an earlier end', () => {
		const corpus = corpusOf(SENTENCES.map(([text]) => text));
		const matrix = weigh(corpus, [1, 1, 1]);
		const problem = (duals: Float64Array) => ({
			matrix,
			answers: Int8Array.from(SENTENCES, ([, own]) => (own === 'food' ? 1 : -1)),
			cost: new Float64Array(matrix.rows).fill(1),
			duals,
		});
		const options = { tolerance: 1e-9, passes: 10_000 };
		const cold = solve(problem(new Float64Array(9)), { ...options, random: seededRandom(1) });
		const warm = solve(problem(Float64Array.from({ length: 9 }, (_, at) => at / 4)), {
			...options,
			random: seededRandom(2),
		});
		expect(warm.bias).toBeCloseTo(cold.bias, 6);
		warm.weights.forEach((weight, at) => {
			expect(weight).toBeCloseTo(cold.weights[at] ?? Number.NaN, 6);
		});
	});
});

describe('evidence', () => {
	it('is made of the words that a reader would name', () => {
		const model = trainModel(
			SENTENCES.map(([text, theme], at) => ({ id: String(at), text, themes: [theme] })),
		);
		const wordsFor = (text: string): (string | undefined)[] => {
			const [first] = suggest(model, text, { evidenceLimit: 2 });
			return [first?.themeId, ...(first?.evidence ?? []).map((word) => word.text)];
		};
		expect(wordsFor('the bus is late')).toEqual(['transport', 'bus', 'late']);
		expect(wordsFor('our COLD food')).toEqual(['food', 'COLD', 'food']);
		expect(wordsFor('teacher')).toEqual(['staff', 'teacher']);
	});

	it('adds up to what the text scores above the constant, where all of it speaks for a theme', () => {
		const model = trainModel([
			{ id: '1', text: 'late bus', themes: ['transport'] },
			{ id: '2', text: 'cold food', themes: ['food'] },
		]);
		const [first] = suggest(model, 'late bus', { evidenceLimit: 99 });
		const total = (first?.evidence ?? []).reduce((sum, word) => sum + word.weight, 0);
		const at = model.themes.indexOf('transport');
		expect(total).toBeCloseTo((first?.score ?? 0) - (model.bias[at] ?? 0), 6);
		expect(scoreTexts(model, ['late bus'])[at]).toBeCloseTo(first?.score ?? Number.NaN, 12);
	});
});

describe('vocabulary', () => {
	it('numbers features in the order met and finds them again after growing', () => {
		const { vocabulary } = emptyCorpus();
		const random = seededRandom(3);
		const keys = Array.from(
			{ length: 40_000 },
			() => [random() * 2 ** 32, random() * 2 ** 32] as const,
		);
		keys.forEach(([a, b], at) => {
			expect(intern(vocabulary, a | 0, b | 0)).toBe(at);
		});
		expect(keys.every(([a, b], at) => lookUp(vocabulary, a | 0, b | 0) === at)).toBe(true);
		expect(lookUp(vocabulary, 12345, 6789)).toBe(-1);
	});
});
