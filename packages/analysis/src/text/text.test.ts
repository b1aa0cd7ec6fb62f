import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointLength, codePointSlice, fold } from './fold.ts';
import { duplicateKey, isNonAnswer, normalise, trigramSimilarity, words } from './index.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 80 });

describe('words', () => {
	it.each([
		['El niño está aquí.', ['el', 'niño', 'está', 'aquí']],
		["Don't! It’s ‘fine’", ["don't", "it's", 'fine']],
		['لا أعرف المدرسة', ['لا', 'أعرف', 'المدرسة']],
		['Safe 2 walk, room 101', ['safe', '2', 'walk', 'room', '101']],
		['nin\u0303o', ['niño']],
		['🙂 ok 👍', ['ok']],
		['学校很好', ['学校很好']],
		['', []],
	])('of %j are %j', (text, expected) => {
		expect(words(text)).toEqual(expected);
	});
});

describe('fold', () => {
	it('keeps the way back to the original for every point', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const { points, from, to } = fold(text);
				const length = codePointLength(text);
				points.forEach((_, at) => {
					const start = from?.[at] ?? at;
					const end = to?.[at] ?? at + 1;
					expect(end).toBeGreaterThan(start);
					expect(end).toBeLessThanOrEqual(length);
				});
			}),
		);
		expect.hasAssertions();
	});

	it('gives composed and decomposed letters the same points', () => {
		expect([...fold('É').points]).toEqual([...fold('E\u0301').points]);
		expect(fold('E\u0301x').from?.[1]).toBe(2);
	});
});

describe('code points', () => {
	it('are what strings are cut by', () => {
		expect(codePointSlice('a🙂bc', 1, 3)).toBe('🙂b');
		expect(codePointLength('a🙂b')).toBe(3);
	});

	it('cut as an array of characters would', () => {
		fc.assert(
			fc.property(anyText, fc.nat(40), fc.nat(40), (text, start, length) => {
				const expected = [...text].slice(start, start + length).join('');
				expect(codePointSlice(text, start, start + length)).toBe(expected);
				expect(codePointLength(text)).toBe([...text].length);
			}),
		);
		expect.hasAssertions();
	});
});

describe('normalise', () => {
	it('folds width, case and white space', () => {
		expect(normalise('  Ｈello\n\u00a0WORLD ')).toBe('hello world');
	});

	it('changes nothing the second time', () => {
		fc.assert(
			fc.property(fc.lorem(), (text) => {
				expect(normalise(normalise(text))).toBe(normalise(text));
			}),
		);
		expect.hasAssertions();
	});
});

describe('isNonAnswer', () => {
	it.each([
		['idk', 'en'],
		['IDK!!', 'en'],
		['I don’t know.', 'en'],
		['N/A', 'en'],
		['n/a', 'ar'],
		['nothing', 'en'],
		['Nothing really', 'en'],
		['.', 'en'],
		['…', 'es'],
		['   ', 'en'],
		['', 'en'],
		['xxxx', 'en'],
		['no sé', 'es'],
		['No lo sé…', 'es-MX'],
		['nada', 'es'],
		['لا أعرف', 'ar'],
		['لا شيء.', 'ar'],
	])('takes %j (%s) for one', (text, language) => {
		expect(isNonAnswer(text, language)).toBe(true);
	});

	it.each([
		['Nothing is done about bullying', 'en'],
		['No one listens', 'en'],
		['I don’t know the officer but he is nice', 'en'],
		['no sé a quién decirle', 'es'],
		['لا أشعر بالأمان', 'ar'],
		['👍', 'en'],
		['7', 'en'],
	])('leaves %j (%s) to be coded', (text, language) => {
		expect(isNonAnswer(text, language)).toBe(false);
	});

	it('answers for any text', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				expect(typeof isNonAnswer(text, 'en')).toBe('boolean');
			}),
		);
		expect.hasAssertions();
	});
});

describe('repeats', () => {
	it('share a key whatever their case, marks and spacing', () => {
		expect(duplicateKey(' NOTHING!! ')).toBe(duplicateKey('Nothing.'));
		expect(duplicateKey('👍')).not.toBe(duplicateKey('👎'));
	});

	it('are near when most runs of three characters are shared', () => {
		expect(trigramSimilarity('More officers at lunch', 'more officers at lunch!')).toBe(1);
		expect(
			trigramSimilarity('More officers at lunch time', 'more oficers at lunch time'),
		).toBeGreaterThan(0.8);
		expect(trigramSimilarity('More officers', 'Fewer tests')).toBeLessThan(0.3);
	});

	it('are as near one way as the other, and nearest to themselves', () => {
		fc.assert(
			fc.property(anyText, anyText, (one, other) => {
				const near = trigramSimilarity(one, other);
				expect(near).toBe(trigramSimilarity(other, one));
				expect(near).toBeGreaterThanOrEqual(0);
				expect(near).toBeLessThanOrEqual(1);
				expect(trigramSimilarity(one, one)).toBe(1);
			}),
		);
		expect.hasAssertions();
	});
});
