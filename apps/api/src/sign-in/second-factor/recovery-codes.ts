import { createHmac } from 'node:crypto';
import { formatCode, makeCode, parseCode } from '../../ballot/code.ts';
import type { Random } from '../../deps.ts';

const HOW_MANY = 10;

/** Ten codes for when the authenticator app is gone, as they are shown once: `K7QM-2XH9-TPC`. */
export function makeRecoveryCodes(random: Pick<Random, 'bytes'>): string[] {
	return Array.from({ length: HOW_MANY }, () => formatCode(makeCode((n) => random.bytes(n))));
}

/**
 * What is stored in place of a recovery code: HMAC-SHA-256 over the person and the code, under a
 * key the database does not have. Null when what was typed cannot be one.
 */
export function hashRecoveryCode(key: Uint8Array, personId: string, typed: string): Buffer | null {
	const code = parseCode(typed);
	return code === null
		? null
		: createHmac('sha256', key).update(`recovery ${personId} ${code}`).digest();
}
