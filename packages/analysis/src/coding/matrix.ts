import type { Corpus } from './corpus.ts';
import { FAMILY_COUNT } from './features.ts';
import { emptyVocabulary, intern } from './vocabulary.ts';

/**
 * A corpus weighed by TF-IDF, one column for all features that occur in the same rows equally often.
 *
 * Such features have equal columns, so one column times the root of their number gives the same
 * inner products between rows: what is learnt is the same, with fewer entries to walk over.
 */
export type Matrix = {
	rows: number;
	columns: number;
	/** Row r holds the entries from start[r] up to start[r + 1]. */
	start: Int32Array;
	column: Int32Array;
	value: Float32Array;
	/** By row: the sum of the squared values. */
	squares: Float64Array;
	/** Column of each feature. */
	columnOf: Int32Array;
	/** By column: family, number of features, inverse document frequency. */
	family: Uint8Array;
	size: Int32Array;
	idf: Float64Array;
};

/**
 * Weighs a corpus as scikit-learn's TfidfVectorizer does with sublinear counts: (1 + ln count) ×
 * (ln((1 + rows) / (1 + rows with it)) + 1), each family of a row scaled to length 1, then
 * multiplied by the family's share.
 */
export function weigh(corpus: Corpus, shares: readonly number[]): Matrix {
	const { columnOf, columns, family, size, idf } = mergeColumns(corpus);
	const start = new Int32Array(corpus.rows + 1);
	const column = new Int32Array(corpus.start[corpus.rows] ?? 0);
	const value = new Float32Array(column.length);
	const seen = new Int32Array(columns).fill(-1);
	const squares = new Float64Array(FAMILY_COUNT);
	const rowSquares = new Float64Array(corpus.rows);
	let next = 0;
	for (let row = 0; row < corpus.rows; row++) {
		const first = next;
		const end = corpus.start[row + 1] ?? 0;
		squares.fill(0);
		for (let entry = corpus.start[row] ?? 0; entry < end; entry++) {
			const at = columnOf[corpus.features[entry] ?? 0] ?? 0;
			if (seen[at] === row) {
				continue;
			}
			seen[at] = row;
			const weight = countWeight(corpus.counts[entry] ?? 0) * (idf[at] ?? 0);
			const members = size[at] ?? 0;
			column[next] = at;
			value[next++] = weight * Math.sqrt(members);
			const kin = family[at] ?? 0;
			squares[kin] = (squares[kin] ?? 0) + weight * weight * members;
		}
		rowSquares[row] = scale({ column, value, family, squares, shares }, first, next);
		start[row + 1] = next;
	}
	return {
		rows: corpus.rows,
		columns,
		start,
		column: column.slice(0, next),
		value: value.slice(0, next),
		squares: rowSquares,
		columnOf,
		family,
		size,
		idf,
	};
}

/** The weight of a feature that occurs `count` times in a text: 1 + ln count. */
export function countWeight(count: number): number {
	return count === 1 ? 1 : 1 + Math.log(count);
}

/** Brings every family of a row to its share; gives the sum of the squared values. */
function scale(
	row: {
		column: Int32Array;
		value: Float32Array;
		family: Uint8Array;
		squares: Float64Array;
		shares: readonly number[];
	},
	first: number,
	end: number,
): number {
	let total = 0;
	const factors = Array.from(row.squares, (sum, kin) =>
		sum === 0 ? 0 : (row.shares[kin] ?? 0) / Math.sqrt(sum),
	);
	for (let entry = first; entry < end; entry++) {
		const kin = row.family[row.column[entry] ?? 0] ?? 0;
		const scaled = (row.value[entry] ?? 0) * (factors[kin] ?? 0);
		row.value[entry] = scaled;
		total += scaled * scaled;
	}
	return total;
}

function mergeColumns(
	corpus: Corpus,
): Pick<Matrix, 'columnOf' | 'columns' | 'family' | 'size' | 'idf'> {
	const features = corpus.vocabulary.size;
	const { a, b, rowsWith } = columnHashes(corpus);
	const merged = emptyVocabulary(features);
	const columnOf = new Int32Array(features);
	const family = new Uint8Array(features);
	const size = new Int32Array(features);
	const idf = new Float64Array(features);
	for (let feature = 0; feature < features; feature++) {
		const column = intern(merged, a[feature] ?? 0, b[feature] ?? 0);
		columnOf[feature] = column;
		size[column] = (size[column] ?? 0) + 1;
		if (size[column] === 1) {
			family[column] = corpus.family[feature] ?? 0;
			idf[column] = Math.log((1 + corpus.rows) / (1 + (rowsWith[feature] ?? 0))) + 1;
		}
	}
	const columns = merged.size;
	return {
		columnOf,
		columns,
		family: family.slice(0, columns),
		size: size.slice(0, columns),
		idf: idf.slice(0, columns),
	};
}

/** Two hashes of each feature's family, rows and counts, and the number of rows with it. */
function columnHashes(corpus: Corpus): { a: Int32Array; b: Int32Array; rowsWith: Int32Array } {
	const features = corpus.vocabulary.size;
	const a = new Int32Array(features);
	const b = new Int32Array(features);
	const rowsWith = new Int32Array(features);
	for (let feature = 0; feature < features; feature++) {
		a[feature] = corpus.family[feature] ?? 0;
		b[feature] = ~(corpus.family[feature] ?? 0);
	}
	for (let row = 0; row < corpus.rows; row++) {
		const end = corpus.start[row + 1] ?? 0;
		for (let entry = corpus.start[row] ?? 0; entry < end; entry++) {
			const feature = corpus.features[entry] ?? 0;
			const count = corpus.counts[entry] ?? 0;
			const mark = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(count, 0x85ebca77);
			const mixed = Math.imul((a[feature] ?? 0) ^ mark, 0x01000193);
			a[feature] = mixed ^ (mixed >>> 13);
			const other = Math.imul((b[feature] ?? 0) + mark, 0xcc9e2d51);
			b[feature] = other ^ (other >>> 15);
			rowsWith[feature] = (rowsWith[feature] ?? 0) + 1;
		}
	}
	return { a, b, rowsWith };
}
