import type { Corpus } from './corpus.ts';
import type { Memory, Model, Settings } from './model.ts';
import { vocabularyOf } from './vocabulary.ts';

const MARK = 0x54_4c_4d_31; // 'TLM1'
const ALIGN = 8;

type Part =
	Int32Array | Uint32Array | Uint16Array | Uint8Array | Int8Array | Float32Array | Float64Array;

type Header = {
	settings: Settings;
	themes: string[];
	isMultiple: boolean;
	cut: number;
	cutFrom: number;
	ids: (string | null)[] | null;
	rows: number;
	/** Length of each part, in its own elements. */
	lengths: number[];
};

export type SerialiseOptions = {
	/** Whether to leave out the decisions: smaller, suggests as well, cannot be trained further. */
	isForSuggestionsOnly?: boolean;
};

/**
 * A model as bytes, little-endian: the same model gives the same bytes. The buffer is the array's
 * own, so it can be handed to another thread without a copy.
 */
export function serialiseModel(
	model: Model,
	options: SerialiseOptions = {},
): Uint8Array<ArrayBuffer> {
	const memory = options.isForSuggestionsOnly === true ? null : model.memory;
	const parts = partsOf(model, memory);
	const header: Header = {
		settings: model.settings,
		themes: [...model.themes],
		isMultiple: model.isMultiple,
		cut: model.cut,
		cutFrom: model.cutFrom,
		ids: memory?.ids ?? null,
		rows: memory?.corpus.rows ?? 0,
		lengths: parts.map((part) => part.length),
	};
	const head = new TextEncoder().encode(JSON.stringify(header));
	let size = aligned(8 + head.length);
	for (const part of parts) {
		size += aligned(part.byteLength);
	}
	const bytes = new Uint8Array(size);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, MARK, true);
	view.setUint32(4, head.length, true);
	bytes.set(head, 8);
	let at = aligned(8 + head.length);
	for (const part of parts) {
		bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
		at += aligned(part.byteLength);
	}
	return bytes;
}

/**
 * The model that bytes of `serialiseModel` stand for.
 *
 * @throws Error when the bytes are not a model of this version, or are cut short.
 */
export function deserialiseModel(bytes: Uint8Array): Model {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 8 || view.getUint32(0, true) !== MARK) {
		throw new Error('These bytes are no model of this version: train the model again.');
	}
	const headLength = view.getUint32(4, true);
	// The bytes were written by serialiseModel: the mark says so.
	const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headLength))) as Header;
	const read = partReader(bytes, { at: aligned(8 + headLength), lengths: header.lengths });
	const a = read(Int32Array);
	const vocabulary = vocabularyOf(a, read(Int32Array));
	const model = {
		settings: header.settings,
		themes: header.themes,
		isMultiple: header.isMultiple,
		cut: header.cut,
		cutFrom: header.cutFrom,
		vocabulary,
		columnOf: read(Int32Array),
		family: read(Uint8Array),
		idf: read(Float64Array),
		weights: read(Float32Array),
		bias: read(Float64Array),
	};
	if (header.ids === null) {
		return { ...model, memory: null };
	}
	const corpus: Corpus = {
		vocabulary,
		rows: header.rows,
		family: read(Uint8Array),
		start: read(Int32Array),
		features: read(Int32Array),
		counts: read(Uint16Array),
	};
	const memory: Memory = {
		ids: header.ids,
		corpus,
		marks: read(Int32Array),
		weights: read(Float32Array),
		answers: read(Int8Array),
		duals: read(Float32Array),
	};
	return { ...model, memory };
}

function partsOf(model: Model, memory: Memory | null): Part[] {
	const { vocabulary } = model;
	const parts: Part[] = [
		vocabulary.a.subarray(0, vocabulary.size),
		vocabulary.b.subarray(0, vocabulary.size),
		model.columnOf,
		model.family,
		model.idf,
		model.weights,
		model.bias,
	];
	if (memory === null) {
		return parts;
	}
	const { corpus } = memory;
	const entries = corpus.start[corpus.rows] ?? 0;
	return [
		...parts,
		corpus.family.subarray(0, vocabulary.size),
		corpus.start.subarray(0, corpus.rows + 1),
		corpus.features.subarray(0, entries),
		corpus.counts.subarray(0, entries),
		memory.marks,
		memory.weights,
		memory.answers,
		memory.duals,
	];
}

type PartType<Numbers> = {
	new (buffer: ArrayBuffer): Numbers;
	readonly BYTES_PER_ELEMENT: number;
};

function partReader(
	bytes: Uint8Array,
	{ at, lengths }: { at: number; lengths: number[] },
): <Numbers>(type: PartType<Numbers>) => Numbers {
	let place = at;
	let part = 0;
	return (type) => {
		const size = (lengths[part++] ?? 0) * type.BYTES_PER_ELEMENT;
		if (place + size > bytes.length) {
			throw new Error('The model is cut short: store it again.');
		}
		// A Buffer's own slice is a view of all its memory; this one copies.
		const copy = Uint8Array.prototype.slice.call(bytes, place, place + size);
		place += aligned(size);
		return new type(copy.buffer);
	};
}

function aligned(size: number): number {
	return Math.ceil(size / ALIGN) * ALIGN;
}
