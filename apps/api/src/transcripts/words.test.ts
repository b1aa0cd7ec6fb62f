import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutOf } from './cuts.ts';
import { followWords } from './follow-words.ts';
import { piecesOf, placeAsSaid, shownText } from './hide-words.ts';

test.each([
	['ask Ada today', 'go and ask Ada', [4, 7], { start: 11, end: 14, isSame: true }],
	['Ada and Ada', 'Well, Ada, and then Ada', [8, 11], { start: 20, end: 23, isSame: true }],
	['ask Ada today', 'ask Aida today', [4, 7], { start: 4, end: 8, isSame: false }],
	['ask Ada today', 'ask today', [4, 8], null],
	['سارة 😀 قالت', 'نعم سارة 😀 قالت', [0, 4], { start: 4, end: 8, isSame: true }],
] as const)('words of “%s” are followed into “%s”', (before, after, [start, end], place) => {
	expect(followWords(before, after)({ start, end })).toEqual(place);
});

test('words that are followed say the same where they went', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ن', '😀'), maxLength: 30 }),
			fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ن', '😀'), maxLength: 30 }),
			fc.nat(29),
			fc.nat(29),
			(before, after, one, other) => {
				const letters = [...before];
				const start = Math.min(one, other);
				const end = Math.min(Math.max(one, other), letters.length);
				const place = end > start ? followWords(before, after)({ start, end }) : null;
				if (place?.isSame) {
					expect([...after].slice(place.start, place.end)).toEqual(letters.slice(start, end));
				}
			},
		),
	);
	expect.hasAssertions();
});

test('hidden words are taken out, whatever lies over what', () => {
	const hidden = [
		{ start: 4, end: 7, kind: 'name' },
		{ start: 6, end: 9, kind: 'room' },
	];
	expect(shownText('ask Ada 12 now', hidden)).toBe('ask [name]2 now');
});

test('a mark is taken whole or not at all', () => {
	const pieces = piecesOf('ask Ada now', [{ start: 4, end: 7, kind: 'name' }]);
	expect(placeAsSaid(pieces, { at: 6, side: 'start' })).toBe(4);
	expect(placeAsSaid(pieces, { at: 6, side: 'end' })).toBe(7);
	expect(placeAsSaid(pieces, { at: 4, side: 'end' })).toBe(4);
	expect(placeAsSaid(pieces, { at: 12, side: 'end' })).toBe(9);
});

test('hidden words are silenced where they are said, with some room', () => {
	const turn = { text: '0123456789', startMs: 10_000, endMs: 20_000 };
	expect(cutOf(turn, { start: 5, end: 7 })).toEqual({ startMs: 14_100, endMs: 17_900 });
	expect(cutOf({ ...turn, endMs: 10_000 }, { start: 5, end: 7 })).toEqual({
		startMs: 10_000,
		endMs: 10_400,
	});
});
