import { TRANSCRIPT_LIMITS, UnreadableError } from './transcript.ts';
import { unpackEntry, zipEntries, type ZipEntry } from './zip.ts';

const DOCUMENT = /^word\/document\d*\.xml$/;
const MB = 1024 * 1024;
/** Word's own XML packs to a tenth or so; more than this is made to do harm. */
const MOST_TIMES = 100;
/** Up to here nobody minds. */
const SMALL = 2 * MB;
const OTHERS: readonly [RegExp, string][] = [
	[/^xl\//, 'an Excel workbook. Save the sheet as CSV'],
	[/^ppt\//, 'a PowerPoint file'],
	[/^content\.xml$/, 'an OpenDocument file. Save it as DOCX'],
];

/**
 * The main part of a DOCX file. Only that part is unpacked, and no further than the limit.
 * @throws UnreadableError
 */
export function unpackDocument(bytes: Uint8Array): Uint8Array {
	const entries = whole(() => zipEntries(bytes));
	const document = entries.find(({ name }) => DOCUMENT.test(name));
	if (document === undefined) {
		throw new UnreadableError(1, `This is no transcript: it is ${otherKind(entries)}.`);
	}
	if (document.isEncrypted || (document.method !== 0 && document.method !== 8)) {
		throw new UnreadableError(
			1,
			'The document is locked or packed in an unusual way. Save it again as DOCX.',
		);
	}
	const most = Math.min(
		TRANSCRIPT_LIMITS.unpackedBytes,
		Math.max(SMALL, MOST_TIMES * document.packedSize),
	);
	const unpacked =
		document.size > most ? null : whole(() => unpackEntry(bytes, document, { most }));
	if (unpacked === null) {
		throw new UnreadableError(
			1,
			`The document unpacks to more than ${TRANSCRIPT_LIMITS.unpackedBytes / MB} MB or ${MOST_TIMES} times its size, which no transcript does. It is not read.`,
		);
	}
	return unpacked;
}

function otherKind(entries: readonly ZipEntry[]): string {
	const other = OTHERS.find(([is]) => entries.some(({ name }) => is.test(name)));
	return other?.[1] ?? 'a ZIP file without a Word document in it. Unpack it first';
}

function whole<Result>(read: () => Result): Result {
	try {
		return read();
	} catch (error) {
		throw new UnreadableError(1, 'The DOCX file is damaged. Save or download it again.', {
			cause: error,
		});
	}
}
