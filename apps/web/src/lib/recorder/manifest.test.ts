import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { clockTime, partsOf, savedMs, sha256Of } from './manifest.ts';

const slice = (number: number, bytes: number) => ({
	recordingId: 'r',
	number,
	segment: 0,
	bytes,
	sha256: '',
	startMs: number * 5000,
	endMs: number * 5000 + 5000,
});

it('finds every byte of a span once, in order', () => {
	fc.assert(
		fc.property(
			fc.array(fc.nat(9), { maxLength: 12 }),
			fc.nat(60),
			fc.nat(60),
			(lengths, one, other) => {
				const slices = lengths.map((bytes, number) => slice(number, bytes));
				const names = slices.flatMap(({ number, bytes }) =>
					Array.from({ length: bytes }, (_, at) => `${number}.${at}`),
				);
				const [from, to] = [Math.min(one, other), Math.max(one, other)];
				const found = partsOf(slices, { from, to }).flatMap((part) =>
					Array.from(
						{ length: part.to - part.from },
						(_, at) => `${part.number}.${part.from + at}`,
					),
				);
				expect(found).toEqual(names.slice(from, to));
			},
		),
	);
});

test('what was saved is what the slices last, without the gaps between them', () => {
	expect(savedMs([slice(0, 9), slice(1, 9), slice(7, 9)])).toBe(15_000);
});

test('a hash is SHA-256 in hex', async () => {
	expect(await sha256Of(new TextEncoder().encode('abc'))).toBe(
		'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
	);
});

test.each([
	[0, '00:00'],
	[41 * 60_000 + 20_999, '41:20'],
	[3_723_000, '1:02:03'],
	[-5, '00:00'],
])('%i ms are %s', (ms, words) => {
	expect(clockTime(ms)).toBe(words);
});
