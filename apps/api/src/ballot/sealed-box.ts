import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** How much longer a sealed box is than what is in it. */
export const BOX_OVERHEAD = NONCE_BYTES + TAG_BYTES;

// A key object each time: Node takes three times as long to look at raw bytes.

/**
 * AES-256-GCM with a random nonce: nonce, ciphertext, tag. `context` is bound to the box without
 * being in it, so a box moved to another place does not open.
 * @param key 32 bytes.
 */
export function sealBox(
	content: Buffer,
	key: Buffer,
	options: { context: string; nonce: Buffer },
): Buffer {
	const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), options.nonce);
	cipher.setAAD(Buffer.from(options.context, 'utf8'));
	const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
	return Buffer.concat([options.nonce, ciphertext, cipher.getAuthTag()]);
}

/** @throws Error when the key, the context or a single bit is not the one it was sealed with. */
export function openBox(box: Buffer, key: Buffer, options: { context: string }): Buffer {
	const decipher = createDecipheriv(
		'aes-256-gcm',
		createSecretKey(key),
		box.subarray(0, NONCE_BYTES),
	);
	decipher.setAAD(Buffer.from(options.context, 'utf8'));
	decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
	return Buffer.concat([
		decipher.update(box.subarray(NONCE_BYTES, box.length - TAG_BYTES)),
		decipher.final(),
	]);
}

/** A fresh nonce. */
export function makeNonce(randomBytes: (length: number) => Buffer): Buffer {
	return randomBytes(NONCE_BYTES);
}
