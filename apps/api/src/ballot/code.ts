import { createHmac, createSecretKey } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BODY_LENGTH = 10;
const CODE_LENGTH = BODY_LENGTH + 1;
const GROUPS = [4, 4, 3];

/**
 * Makes an access code: ten random Crockford base32 characters and a check character, without
 * dashes. The check is Crockford's, modulo 37; bodies whose check would be one of its five extra
 * symbols (`*~$=U`) are drawn again, so that a code is letters and digits only. That leaves
 * 32^10 × 32/37 codes: 49.8 bits.
 * @param randomBytes gives that many uniformly random bytes.
 */
export function makeCode(randomBytes: (length: number) => Uint8Array): string {
	for (;;) {
		const body = Array.from(randomBytes(BODY_LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join(
			'',
		);
		const check = ALPHABET[checkValue(body)];
		if (check !== undefined) {
			return body + check;
		}
	}
}

/**
 * Reads a code as people type it: any case, with or without spaces and dashes, O for 0, I or L
 * for 1, digits of any script. The check character catches every single wrong character and every
 * swap of two neighbours.
 * @returns the eleven characters, or null when this cannot be a code.
 */
export function parseCode(typed: string): string | null {
	// Slips are short; a long text is not a code, and is not worth reading through.
	if (typed.length > 100) {
		return null;
	}
	const code = typed
		.normalize('NFKC')
		.replaceAll(/[\s\p{Dash_Punctuation}\p{Format}]/gu, '')
		.replaceAll(/\p{Decimal_Number}/gu, asciiDigit)
		.toUpperCase()
		.replaceAll('O', '0')
		.replaceAll(/[IL]/g, '1');
	if (code.length !== CODE_LENGTH || [...code].some((character) => !ALPHABET.includes(character))) {
		return null;
	}
	const check = ALPHABET[checkValue(code.slice(0, BODY_LENGTH))];
	return code.at(-1) === check ? code : null;
}

/** Shows a code in groups of four, four and three: `K7QM-2XH9-TPC`. */
export function formatCode(code: string): string {
	let start = 0;
	return GROUPS.map((length) => code.slice(start, (start += length))).join('-');
}

/**
 * What is stored in place of a code: HMAC-SHA-256 under the pepper over the window's id and the
 * code (32 bytes). The same code gives different hashes in different windows.
 * @param code as `makeCode` or `parseCode` gave it.
 */
export function hashCode(pepper: Uint8Array, windowId: string, code: string): Buffer {
	return createHmac('sha256', createSecretKey(pepper))
		.update(windowId.toLowerCase())
		.update(code)
		.digest();
}

function checkValue(body: string): number {
	let value = 0;
	for (const character of body) {
		value = (value * 32 + ALPHABET.indexOf(character)) % 37;
	}
	return value;
}

/** Decimal digits stand in runs of ten, from zero upwards, in every script of Unicode. */
function asciiDigit(digit: string): string {
	let value = 0;
	let codePoint = digit.codePointAt(0) ?? 0;
	while (value < 9 && /\p{Decimal_Number}/u.test(String.fromCodePoint(codePoint - 1))) {
		codePoint -= 1;
		value += 1;
	}
	return String(value);
}
