import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';
import { timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
/** Steps before and after now that are taken too: clocks of phones are off. */
const DRIFT = 1;

/** How many bytes a secret has: as long as SHA-1's output (RFC 4226, section 4). */
export const SECRET_BYTES = 20;

/** The time step a moment is in (RFC 6238, section 4.2). */
export function stepOf(time: Date): number {
	return Math.floor(time.getTime() / 1000 / STEP_SECONDS);
}

/** The code of one time step: RFC 6238 with SHA-1 and six digits, as every authenticator app does. */
export async function codeAt(secret: Uint8Array, step: number): Promise<string> {
	return await createOTP(secret).hotp(step);
}

/**
 * The time step whose code this is, of those around now; null when it is none of them. Which one it
 * was is what keeps a code from being used twice, and what the library's own check does not say.
 * @param code six digits.
 */
export async function matchingStep(
	secret: Uint8Array,
	code: string,
	now: Date,
): Promise<number | null> {
	const current = stepOf(now);
	let found: number | null = null;
	// All are compared, so that the time it takes says nothing.
	for (let step = current - DRIFT; step <= current + DRIFT; step += 1) {
		const expected = Buffer.from(await codeAt(secret, step));
		const given = Buffer.from(code);
		if (expected.length === given.length && timingSafeEqual(expected, given)) {
			found = step;
		}
	}
	return found;
}

/** Bytes as RFC 4648 base32 without padding, the way authenticator apps take a secret by hand. */
export function toBase32(bytes: Uint8Array): string {
	return base32.encode(bytes, { padding: false });
}

/** What an authenticator app reads from the square (key URI format, `otpauth://totp/…`). */
export function otpauthUri(secret: Uint8Array, names: { issuer: string; account: string }): string {
	return createOTP(secret).url(names.issuer, names.account);
}
