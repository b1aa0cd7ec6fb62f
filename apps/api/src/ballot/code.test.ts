import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCode, hashCode, makeCode, parseCode } from './code.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PEPPER = Buffer.alloc(32, 7);
const WINDOW = '019aa000-0000-7000-8000-000000000001';

const codes = fc
	.array(fc.uint8Array({ minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 1 })
	.map(([bytes]) => makeCode(once(bytes ?? new Uint8Array(10))));

/** Gives these bytes first, then real randomness, as a redraw would. */
function once(bytes: Uint8Array): (length: number) => Uint8Array {
	let isUsed = false;
	return (length) => {
		if (isUsed) {
			return randomBytes(length);
		}
		isUsed = true;
		return bytes;
	};
}

describe('an access code', () => {
	test('has a known check character', () => {
		// 1 is worth 1, so the check is 1; 32 ("10") is beyond the plain alphabet and is drawn again.
		expect(makeCode(once(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1)))).toBe('00000000011');
		const redrawn = makeCode(once(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0)));
		expect(redrawn).not.toMatch(/^0000000010/);
	});

	test('is eleven letters and digits that read back as themselves', () => {
		fc.assert(
			fc.property(codes, (code) => {
				expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{11}$/);
				expect(parseCode(code)).toBe(code);
				expect(formatCode(code)).toMatch(/^.{4}-.{4}-.{3}$/);
				expect(parseCode(formatCode(code))).toBe(code);
			}),
		);
	});

	test.each([
		['lower case', (code: string) => code.toLowerCase()],
		['spaces', (code: string) => ` ${[...code].join(' ')} `],
		['other dashes', (code: string) => formatCode(code).replaceAll('-', '–')],
		['O for zero and l for one', (code: string) => code.replaceAll('0', 'o').replaceAll('1', 'l')],
		['I for one', (code: string) => code.replaceAll('1', 'I')],
		['full-width letters', (code: string) => code.replaceAll('A', '\uff21')],
		['direction marks around it', (code: string) => `\u200f${formatCode(code)}\u200e`],
		[
			'Arabic digits',
			(code: string) =>
				code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
		],
		[
			'Extended Arabic digits',
			(code: string) =>
				code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x6f0 + Number(digit))),
		],
	])('may be typed with %s', (_name, retype) => {
		fc.assert(
			fc.property(codes, (code) => {
				expect(parseCode(retype(code))).toBe(code);
			}),
		);
	});

	test('is refused with any single character wrong', () => {
		fc.assert(
			fc.property(
				codes,
				fc.nat(10),
				fc.constantFrom(...ALPHABET),
				(code, position, replacement) => {
					fc.pre(code[position] !== replacement);
					const wrong = code.slice(0, position) + replacement + code.slice(position + 1);
					expect(parseCode(wrong)).toBeNull();
				},
			),
		);
	});

	test('is refused with two neighbours swapped', () => {
		fc.assert(
			fc.property(codes, fc.nat(9), (code, position) => {
				const [first, second] = [code.charAt(position), code.charAt(position + 1)];
				fc.pre(first !== second);
				const swapped = code.slice(0, position) + second + first + code.slice(position + 2);
				expect(parseCode(swapped)).toBeNull();
			}),
		);
	});

	test.each([
		'',
		'hello',
		'0000000001',
		'000000000112',
		'0000000001U',
		`${'0'.repeat(5000)}1`,
		'<b>',
	])('%j is not a code', (typed) => {
		expect(parseCode(typed)).toBeNull();
	});

	test('is stored as a hash that depends on pepper, window and code', () => {
		const hash = hashCode(PEPPER, WINDOW, '00000000011');
		expect(hash).toHaveLength(32);
		expect(hashCode(PEPPER, WINDOW.toUpperCase(), '00000000011')).toEqual(hash);
		expect(hashCode(Buffer.alloc(32, 8), WINDOW, '00000000011')).not.toEqual(hash);
		expect(hashCode(PEPPER, WINDOW.replace(/1$/, '2'), '00000000011')).not.toEqual(hash);
		expect(hashCode(PEPPER, WINDOW, '00000000022')).not.toEqual(hash);
	});
});

describe('what is no code', () => {
	const code = makeCode(once(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1)));

	test.each([
		['a letter of no alphabet in it', `${code.slice(0, 4)}U${code.slice(5)}`],
		['a sign in it', `${code.slice(0, 4)}!${code.slice(5)}`],
		['a character too few', code.slice(0, 10)],
		['a character too many', `${code}1`],
		['nothing', ''],
	])('is not read: %s', (_name, typed) => {
		expect(parseCode(typed)).toBeNull();
	});

	test('is not even looked at beyond a hundred characters', () => {
		const spaces = (count: number) => ' '.repeat(count);
		expect(parseCode(spaces(100 - code.length) + code)).toBe(code);
		expect(parseCode(spaces(101 - code.length) + code)).toBeNull();
	});

	test('digits of any script count from zero to nine', () => {
		// Arabic zero stands right after no digit, the mathematical ones right after other tens.
		for (const zero of [0x660, 0x966, 0x1d7ce, 0x1d7d8, 0x1d7e2]) {
			const typed = code.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
			expect([zero, parseCode(typed)]).toEqual([zero, code]);
		}
	});
});
