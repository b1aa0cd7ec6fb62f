const LENGTH_BYTES = 4;

/**
 * Pads text to the smallest of the given sizes, so that its length says nothing but which size
 * was needed: four bytes of length (big endian), the UTF-8 bytes, zeros.
 * @returns null when it fits none of them.
 */
export function pad(text: string, sizes: readonly number[]): Buffer | null {
	const bytes = Buffer.from(text, 'utf8');
	const size = sizes.find((candidate) => bytes.length + LENGTH_BYTES <= candidate);
	if (size === undefined) {
		return null;
	}
	const padded = Buffer.alloc(size);
	padded.writeUInt32BE(bytes.length, 0);
	bytes.copy(padded, LENGTH_BYTES);
	return padded;
}

/**
 * Takes the padding off again.
 * @throws Error when the length does not fit: the bytes are not what `pad` made.
 */
export function unpad(padded: Buffer): string {
	const length = padded.readUInt32BE(0);
	if (length > padded.length - LENGTH_BYTES) {
		throw new Error('These bytes were not padded here.');
	}
	return padded.toString('utf8', LENGTH_BYTES, LENGTH_BYTES + length);
}
