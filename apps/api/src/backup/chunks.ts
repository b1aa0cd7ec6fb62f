/** Cuts a stream into pieces of one size; the last may be shorter, and is there even when empty. */
export async function* asyncChunks(
	content: AsyncIterable<Buffer>,
	size: number,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
	let waiting: Buffer[] = [];
	let length = 0;
	for await (const bytes of content) {
		waiting.push(bytes);
		length += bytes.length;
		while (length > size) {
			const all = Buffer.concat(waiting);
			yield { bytes: all.subarray(0, size), isLast: false };
			waiting = [all.subarray(size)];
			length -= size;
		}
	}
	yield { bytes: Buffer.concat(waiting), isLast: true };
}
