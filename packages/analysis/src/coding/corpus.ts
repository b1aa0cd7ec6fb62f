import { fold } from '../text/fold.ts';
import { readFeatures, roomForFeatures } from './features.ts';
import type { Features, Recipe } from './features.ts';
import { emptyVocabulary, intern } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Texts as counts of features: row by row, each feature once with how often it occurs. */
export type Corpus = {
	vocabulary: Vocabulary;
	/** Family of each feature, as in `Features`. */
	family: Uint8Array;
	rows: number;
	/** Row r holds the entries from start[r] up to start[r + 1]. */
	start: Int32Array;
	features: Int32Array;
	counts: Uint16Array;
};

const MOST = 0xffff;

/** A corpus without rows. */
export function emptyCorpus(): Corpus {
	return {
		vocabulary: emptyVocabulary(1 << 14),
		family: new Uint8Array(1 << 14),
		rows: 0,
		start: new Int32Array(1024),
		features: new Int32Array(1 << 16),
		counts: new Uint16Array(1 << 16),
	};
}

/** Adds texts to the corpus as rows, in their order, each read by its recipe. Changes the corpus. */
export function addTexts(corpus: Corpus, texts: readonly { text: string; recipe: Recipe }[]): void {
	const room = roomForFeatures();
	/** Where in this row a feature stands: entry + 1, valid when at or past the row's start. */
	let places = new Int32Array(corpus.vocabulary.a.length);
	for (const { text, recipe } of texts) {
		readFeatures(fold(text).points, recipe, room);
		places = addRow(corpus, room, places);
	}
}

/** A corpus of some rows only, in the order given; features that no longer occur are gone. */
export function copyRows(corpus: Corpus, rows: readonly number[]): Corpus {
	const copy = emptyCorpus();
	for (const row of rows) {
		const first = corpus.start[row] ?? 0;
		const end = corpus.start[row + 1] ?? 0;
		makeRoom(copy, end - first);
		let next = copy.start[copy.rows] ?? 0;
		for (let entry = first; entry < end; entry++) {
			const feature = corpus.features[entry] ?? 0;
			const { a, b } = corpus.vocabulary;
			const place = intern(copy.vocabulary, a[feature] ?? 0, b[feature] ?? 0);
			if (place >= copy.family.length) {
				copy.family = longer(copy.family, new Uint8Array(copy.vocabulary.a.length));
			}
			copy.family[place] = corpus.family[feature] ?? 0;
			copy.features[next] = place;
			copy.counts[next++] = corpus.counts[entry] ?? 0;
		}
		copy.rows++;
		copy.start[copy.rows] = next;
	}
	return copy;
}

function addRow(corpus: Corpus, room: Features, given: Int32Array): Int32Array<ArrayBuffer> {
	let places = given as Int32Array<ArrayBuffer>;
	makeRoom(corpus, room.count);
	const { vocabulary, features, counts } = corpus;
	const first = corpus.start[corpus.rows] ?? 0;
	let next = first;
	for (let i = 0; i < room.count; i++) {
		const feature = intern(vocabulary, room.a[i] ?? 0, room.b[i] ?? 0);
		if (feature >= places.length) {
			places = longer(places, new Int32Array(vocabulary.a.length));
		}
		const place = (places[feature] ?? 0) - 1;
		if (place >= first) {
			counts[place] = Math.min(MOST, (counts[place] ?? 0) + 1);
			continue;
		}
		if (feature >= corpus.family.length) {
			corpus.family = longer(corpus.family, new Uint8Array(vocabulary.a.length));
		}
		corpus.family[feature] = room.family[i] ?? 0;
		features[next] = feature;
		counts[next] = 1;
		places[feature] = ++next;
	}
	corpus.rows++;
	corpus.start[corpus.rows] = next;
	return places;
}

function makeRoom(corpus: Corpus, entries: number): void {
	if (corpus.rows + 2 > corpus.start.length) {
		corpus.start = longer(corpus.start, new Int32Array(corpus.start.length * 2));
	}
	const needed = (corpus.start[corpus.rows] ?? 0) + entries;
	if (needed > corpus.features.length) {
		const size = Math.max(needed, corpus.features.length * 2);
		corpus.features = longer(corpus.features, new Int32Array(size));
		corpus.counts = longer(corpus.counts, new Uint16Array(size));
	}
}

function longer<Numbers extends Int32Array | Uint16Array | Uint8Array>(
	from: Numbers,
	into: Numbers,
): Numbers {
	into.set(from);
	return into;
}
