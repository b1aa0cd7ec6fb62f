import { Inflate } from 'fflate';

/** A file in a ZIP archive, as its central directory tells. */
export interface ZipEntry {
	name: string;
	/** 0 stored, 8 deflated. */
	method: number;
	isEncrypted: boolean;
	packedSize: number;
	/** What the archive says; not to be trusted. */
	size: number;
	/** Where its local header is. */
	at: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const MOST_ENTRIES = 1000;
const CHUNK = 32 * 1024;

/**
 * What is in an archive. APPNOTE.TXT 4.3.12.
 * @throws RangeError when it is damaged.
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = endOfDirectory(view);
	const count = view.getUint16(end + 10, true);
	if (count > MOST_ENTRIES) {
		throw new RangeError('The archive holds more files than any document.');
	}
	const entries: ZipEntry[] = [];
	let at = view.getUint32(end + 16, true);
	for (let index = 0; index < count; index++) {
		if (view.getUint32(at, true) !== ENTRY_SIGNATURE) {
			throw new RangeError('The directory of the archive is damaged.');
		}
		const nameLength = view.getUint16(at + 28, true);
		entries.push({
			name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
			method: view.getUint16(at + 10, true),
			isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
			packedSize: view.getUint32(at + 20, true),
			size: view.getUint32(at + 24, true),
			at: view.getUint32(at + 42, true),
		});
		at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
	return entries;
}

/**
 * Unpacks one file in small steps and gives up, with null, as soon as it is larger than `most`,
 * whatever the archive says of its size.
 * @throws RangeError when it is damaged.
 */
export function unpackEntry(
	bytes: Uint8Array,
	entry: ZipEntry,
	{ most }: { most: number },
): Uint8Array | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.getUint32(entry.at, true) !== LOCAL_SIGNATURE) {
		throw new RangeError('A file of the archive is not where its directory says.');
	}
	const header = 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
	const start = entry.at + header;
	const packed = bytes.subarray(start, start + entry.packedSize);
	if (packed.length < entry.packedSize) {
		throw new RangeError('The archive ends too early.');
	}
	if (entry.method === 0) {
		return packed.length > most ? null : packed;
	}
	return inflated(packed, most);
}

function inflated(packed: Uint8Array, most: number): Uint8Array | null {
	const parts: Uint8Array[] = [];
	let size = 0;
	const inflate = new Inflate((part) => {
		parts.push(part);
		size += part.length;
	});
	for (let at = 0; at < packed.length && size <= most; at += CHUNK) {
		inflate.push(packed.subarray(at, at + CHUNK), at + CHUNK >= packed.length);
	}
	return size > most ? null : joined(parts, size);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
	const whole = new Uint8Array(size);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** The end record stands last, before a comment of at most 64 KB. */
function endOfDirectory(view: DataView): number {
	const first = Math.max(0, view.byteLength - 22 - 0xffff);
	for (let at = view.byteLength - 22; at >= first; at--) {
		if (view.getUint32(at, true) === END_SIGNATURE) {
			return at;
		}
	}
	throw new RangeError('The archive has no directory.');
}
