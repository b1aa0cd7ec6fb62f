import { assemble } from './assemble.ts';
import { decodeText, linesOf, refuseOtherFiles, refuseTooManyLines } from './decode.ts';
import { detectFormat } from './detect.ts';
import { readCsv } from './csv.ts';
import { readDocx } from './docx.ts';
import { readJson } from './json.ts';
import { readSrt } from './srt.ts';
import { readText } from './text.ts';
import {
	type Reading,
	type Transcript,
	type TranscriptFormat,
	UnreadableError,
} from './transcript.ts';
import { readWebVtt } from './webvtt.ts';

export interface ReadTranscriptOptions {
	/** Its ending helps where the contents leave it open. */
	fileName?: string | undefined;
	/** Read it as this, whatever it looks like. */
	format?: TranscriptFormat | undefined;
	/** How long the recording is; coverage is told of this rather than of the last cue's end. */
	durationMs?: number | undefined;
}

/**
 * Reads a transcript file: WebVTT, SRT, text with speakers, DOCX, CSV or JSON, and the exports of
 * Zoom, Teams, Otter and Word, which are one of these. Never throws: a file that cannot be read has
 * one problem and no cues. What was left out is in `dropped`, what was read otherwise in `notes`.
 *
 * @example
 * readTranscript(new TextEncoder().encode('WEBVTT\n\n00:01.000 --> 00:02.500\n<v Voice A>No.')).cues
 * // [{ startMs: 1000, endMs: 2500, speaker: 'Voice A', text: 'No.' }]
 */
export function readTranscript(
	bytes: Uint8Array,
	{ fileName = '', format, durationMs }: ReadTranscriptOptions = {},
): Transcript {
	try {
		refuseOtherFiles(bytes);
		const read = readAs(bytes, { fileName, format });
		return assemble(read.reading, { format: read.format, durationMs: durationMs ?? null });
	} catch (error) {
		if (error instanceof UnreadableError) {
			return unreadable(error, format ?? null);
		}
		throw error;
	}
}

function readAs(
	bytes: Uint8Array,
	{ fileName, format }: { fileName: string; format: TranscriptFormat | undefined },
): { reading: Reading; format: TranscriptFormat } {
	if (isZip(bytes)) {
		return { reading: readDocx(bytes), format: 'docx' };
	}
	if (format === 'docx') {
		throw new UnreadableError(1, 'This is no Word document (.docx).');
	}
	const text = decodeText(bytes);
	refuseTooManyLines(text);
	const known = format ?? detectFormat(text, fileName);
	return { reading: readTextAs(text, known), format: known };
}

function readTextAs(text: string, format: TranscriptFormat): Reading {
	switch (format) {
		case 'webvtt':
			return readWebVtt(text);
		case 'srt':
			return readSrt(text);
		case 'csv':
			return readCsv(text);
		case 'json':
			return readJson(text);
		default:
			return readText(linesOf(text).map((each, index) => ({ text: each, line: index + 1 })));
	}
}

function isZip(bytes: Uint8Array): boolean {
	return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 9) < 9;
}

function unreadable(error: UnreadableError, format: TranscriptFormat | null): Transcript {
	return {
		format,
		hasTimes: false,
		cues: [],
		speakers: [],
		problems: [{ line: error.line, message: error.message }],
		dropped: [],
		notes: [],
		coverage: null,
		missing: [],
	};
}
