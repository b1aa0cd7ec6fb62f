import { TRANSCRIPT_LIMITS, UnreadableError } from './transcript.ts';

const NEWLINE = 0x0a;

/**
 * The text of a file: UTF-8 with or without a byte order mark, or UTF-16 with one.
 * @throws UnreadableError naming the first line that is not.
 */
export function decodeText(bytes: Uint8Array): string {
	const utf16 = utf16Of(bytes);
	if (utf16 !== null) {
		return decodeUtf16(bytes, utf16);
	}
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		refuseNul(text);
		return text;
	} catch (error) {
		if (error instanceof UnreadableError) {
			throw error;
		}
		throw new UnreadableError(
			firstLineNotUtf8(bytes),
			'This line is not UTF-8. Save the file again as “UTF-8” and import that.',
		);
	}
}

/** @throws UnreadableError when a text has more lines than any transcript. */
export function refuseTooManyLines(text: string): void {
	let count = 0;
	for (const _end of text.matchAll(/\r\n|\n|\r/g)) {
		count++;
		if (count > TRANSCRIPT_LIMITS.lines) {
			throw tooManyLines('lines');
		}
	}
}

export function tooManyLines(what: 'lines' | 'paragraphs'): UnreadableError {
	const { lines } = TRANSCRIPT_LIMITS;
	return new UnreadableError(
		lines + 1,
		`The file has more than ${lines.toLocaleString('en')} ${what}, which no transcript does. It is not read.`,
	);
}

/** Lines of a text, whatever ends them. */
export function linesOf(text: string): string[] {
	return text.split(/\r\n|\n|\r/);
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) {
		return 'utf-16le';
	}
	return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
		refuseNul(text);
		return text;
	} catch (error) {
		if (error instanceof UnreadableError) {
			throw error;
		}
		const message = 'The file says that it is UTF-16 and is not. Save it again as “UTF-8”.';
		throw new UnreadableError(1, message);
	}
}

function refuseNul(text: string): void {
	const at = text.indexOf('\0');
	if (at !== -1) {
		throw new UnreadableError(
			linesOf(text.slice(0, at)).length,
			'This line holds a NUL character, so this is no text, or UTF-16 without a byte order mark. Save the file again as “UTF-8”.',
		);
	}
}

function firstLineNotUtf8(bytes: Uint8Array): number {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let line = 1;
	for (let start = 0; start < bytes.length; line++) {
		const newline = bytes.indexOf(NEWLINE, start);
		const end = newline === -1 ? bytes.length : newline;
		try {
			decoder.decode(bytes.subarray(start, end));
		} catch {
			return line;
		}
		start = end + 1;
	}
	return line;
}

/** What a file is that is no transcript, by its first bytes. */
const SIGNATURES: readonly { bytes: readonly number[]; at?: number; words: string }[] = [
	{ bytes: [0x25, 0x50, 0x44, 0x46], words: 'a PDF. Export the transcript as DOCX or text' },
	{ bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], words: 'rich text (RTF). Save it as DOCX' },
	{
		bytes: [0xd0, 0xcf, 0x11, 0xe0],
		words: 'an old Office file (.doc, .xls). Save it as DOCX or CSV',
	},
	{ bytes: [0x1a, 0x45, 0xdf, 0xa3], words: 'a WebM recording. Upload it as the recording' },
	{ bytes: [0x66, 0x74, 0x79, 0x70], at: 4, words: 'an MP4 recording. Upload it as the recording' },
	{ bytes: [0x4f, 0x67, 0x67, 0x53], words: 'an Ogg recording. Upload it as the recording' },
	{ bytes: [0x49, 0x44, 0x33], words: 'an MP3 recording. Upload it as the recording' },
	{ bytes: [0x52, 0x49, 0x46, 0x46], words: 'a WAV recording. Upload it as the recording' },
	{ bytes: [0x1f, 0x8b], words: 'compressed (gzip). Unpack it first' },
];

/** @throws UnreadableError for a file that is too large, empty, or known to be something else. */
export function refuseOtherFiles(bytes: Uint8Array): void {
	if (bytes.length === 0) {
		throw new UnreadableError(1, 'The file is empty.');
	}
	if (bytes.length > TRANSCRIPT_LIMITS.bytes) {
		const megabytes = Math.ceil(bytes.length / 1024 / 1024);
		const most = TRANSCRIPT_LIMITS.bytes / 1024 / 1024;
		throw new UnreadableError(
			1,
			`The file has ${megabytes} MB; a transcript may have ${most}. Split it, or check that it is the right file.`,
		);
	}
	for (const { bytes: signature, at = 0, words } of SIGNATURES) {
		if (signature.every((byte, index) => bytes[at + index] === byte)) {
			throw new UnreadableError(1, `This is no transcript: it is ${words}.`);
		}
	}
}
