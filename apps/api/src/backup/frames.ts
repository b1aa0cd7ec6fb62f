/** A part begins, bytes of it, or the manifest. */
export type Frame =
	| { type: 'part'; name: string; columns: string[] | null }
	| { type: 'bytes'; bytes: Buffer }
	| { type: 'manifest'; manifest: unknown };

const LETTERS = { part: 'P', bytes: 'D', manifest: 'M' } as const;
const HEAD = 5;
/** Rows come 200 at a time, each 130 KB at most. */
const LONGEST = 64 * 1024 * 1024;

/** A letter, the length in four bytes, and so many bytes. */
export function writeFrame(frame: Frame): Buffer {
	const content = frame.type === 'bytes' ? frame.bytes : Buffer.from(JSON.stringify(frame));
	const head = Buffer.alloc(HEAD);
	head.write(LETTERS[frame.type]);
	head.writeUInt32BE(content.length, 1);
	return Buffer.concat([head, content]);
}

/** @throws Error when the stream ends inside a frame or holds something else. */
export async function* readFrames(content: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
	let waiting: Buffer[] = [];
	let length = 0;
	let needed = HEAD;
	for await (const bytes of content) {
		waiting.push(bytes);
		length += bytes.length;
		while (length >= needed) {
			const all = Buffer.concat(waiting);
			const end = HEAD + all.readUInt32BE(1);
			if (end > LONGEST) {
				throw new Error('a part of it was changed or damaged');
			}
			if (length < end) {
				waiting = [all];
				needed = end;
				break;
			}
			yield frameOf(all.toString('latin1', 0, 1), all.subarray(HEAD, end));
			waiting = [all.subarray(end)];
			length -= end;
			needed = HEAD;
		}
	}
	if (length > 0) {
		throw new Error('its end is missing');
	}
}

function frameOf(letter: string, content: Buffer): Frame {
	if (letter === LETTERS.bytes) {
		return { type: 'bytes', bytes: content };
	}
	const parsed: unknown = JSON.parse(content.toString('utf8'));
	if (typeof parsed === 'object' && parsed !== null) {
		if (letter === LETTERS.manifest && 'manifest' in parsed) {
			return { type: 'manifest', manifest: parsed.manifest };
		}
		if (letter === LETTERS.part && 'name' in parsed && 'columns' in parsed) {
			const { name, columns } = parsed;
			return { type: 'part', name: String(name), columns: namesIn(columns) };
		}
	}
	throw new Error('a part of it was changed or damaged');
}

function namesIn(columns: unknown): string[] | null {
	return Array.isArray(columns) ? columns.map(String) : null;
}
