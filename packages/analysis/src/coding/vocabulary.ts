/** Features by their two hashes: open addressing over typed arrays. */
export type Vocabulary = {
	size: number;
	a: Int32Array;
	b: Int32Array;
	/** Feature number + 1 by slot; 0 where the slot is free. */
	slots: Int32Array;
};

/** An empty vocabulary with room for about `expected` features before it grows. */
export function emptyVocabulary(expected: number): Vocabulary {
	let slots = 1024;
	while (slots < expected * 2) {
		slots *= 2;
	}
	return {
		size: 0,
		a: new Int32Array(slots / 2),
		b: new Int32Array(slots / 2),
		slots: new Int32Array(slots),
	};
}

/** The number of a feature, or -1 when it is not known. */
export function lookUp(vocabulary: Vocabulary, a: number, b: number): number {
	const { slots } = vocabulary;
	const mask = slots.length - 1;
	for (let slot = slotOf(a, b) & mask; ; slot = (slot + 1) & mask) {
		const feature = (slots[slot] ?? 0) - 1;
		if (feature < 0 || (vocabulary.a[feature] === a && vocabulary.b[feature] === b)) {
			return feature;
		}
	}
}

/** The number of a feature, which is made known when it was not. */
export function intern(vocabulary: Vocabulary, a: number, b: number): number {
	const { slots } = vocabulary;
	const mask = slots.length - 1;
	let slot = slotOf(a, b) & mask;
	for (;;) {
		const feature = (slots[slot] ?? 0) - 1;
		if (feature < 0) {
			break;
		}
		if (vocabulary.a[feature] === a && vocabulary.b[feature] === b) {
			return feature;
		}
		slot = (slot + 1) & mask;
	}
	const feature = vocabulary.size++;
	vocabulary.a[feature] = a;
	vocabulary.b[feature] = b;
	slots[slot] = feature + 1;
	if (vocabulary.size === vocabulary.a.length) {
		grow(vocabulary);
	}
	return feature;
}

/** A vocabulary of features given by their hashes, numbered in that order. */
export function vocabularyOf(a: Int32Array, b: Int32Array): Vocabulary {
	const vocabulary = emptyVocabulary(a.length + 1);
	for (let feature = 0; feature < a.length; feature++) {
		intern(vocabulary, a[feature] ?? 0, b[feature] ?? 0);
	}
	return vocabulary;
}

function grow(vocabulary: Vocabulary): void {
	const slots = new Int32Array(vocabulary.slots.length * 2);
	const mask = slots.length - 1;
	for (let feature = 0; feature < vocabulary.size; feature++) {
		let slot = slotOf(vocabulary.a[feature] ?? 0, vocabulary.b[feature] ?? 0) & mask;
		while (slots[slot] !== 0) {
			slot = (slot + 1) & mask;
		}
		slots[slot] = feature + 1;
	}
	const a = new Int32Array(slots.length / 2);
	const b = new Int32Array(slots.length / 2);
	a.set(vocabulary.a);
	b.set(vocabulary.b);
	Object.assign(vocabulary, { a, b, slots });
}

function slotOf(a: number, b: number): number {
	const mixed = Math.imul(a ^ (b >>> 16) ^ (b << 7), 0x9e3779b1);
	return mixed ^ (mixed >>> 15);
}
