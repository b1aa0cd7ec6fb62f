import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Steps before and after now that are taken too: clocks of phones are off. */
const DRIFT = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** How many bytes a secret has: as long as SHA-1's output (RFC 4226, section 4). */
export const SECRET_BYTES = 20;

/** The time step a moment is in (RFC 6238, section 4.2). */
export function stepOf(time: Date): number {
	return Math.floor(time.getTime() / 1000 / STEP_SECONDS);
}

/** The code of one time step: RFC 6238 with SHA-1 and six digits, as every authenticator app does. */
export function codeAt(secret: Uint8Array, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac('sha1', secret).update(counter).digest();
	// Dynamic truncation (RFC 4226, section 5.3).
	const offset = mac.readUInt8(mac.length - 1) & 15;
	const number = mac.readUInt32BE(offset) & 0x7fffffff;
	return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The time step whose code this is, of those around now; null when it is none of them.
 * @param code six digits.
 */
export function matchingStep(secret: Uint8Array, code: string, now: Date): number | null {
	const current = stepOf(now);
	let found: number | null = null;
	// All are compared, so that the time it takes says nothing.
	for (let step = current - DRIFT; step <= current + DRIFT; step += 1) {
		const expected = Buffer.from(codeAt(secret, step));
		const given = Buffer.from(code);
		if (expected.length === given.length && timingSafeEqual(expected, given)) {
			found = step;
		}
	}
	return found;
}

/** Bytes as RFC 4648 base32 without padding, the way authenticator apps take a secret by hand. */
export function toBase32(bytes: Uint8Array): string {
	let text = '';
	let bits = 0;
	let value = 0;
	for (const byte of bytes) {
		value = (value << 8) | byte;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			text += BASE32.charAt((value >>> bits) & 31);
		}
		value &= (1 << bits) - 1;
	}
	return bits === 0 ? text : text + BASE32.charAt((value << (5 - bits)) & 31);
}

/** What an authenticator app reads from the square (key URI format, `otpauth://totp/…`). */
export function otpauthUri(secret: Uint8Array, names: { issuer: string; account: string }): string {
	const label = `${encodeURIComponent(names.issuer)}:${encodeURIComponent(names.account)}`;
	const issuer = encodeURIComponent(names.issuer);
	return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${issuer}`;
}
