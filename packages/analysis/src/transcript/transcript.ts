/** What a file can be. Exports of Zoom, Teams, Otter and Word are one of these in a style of theirs. */
export const TRANSCRIPT_FORMATS = ['webvtt', 'srt', 'text', 'docx', 'csv', 'json'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

/** One utterance. Without times both are 0. */
export interface Cue {
	startMs: number;
	endMs: number;
	/** As the file says it; null when it does not say. */
	speaker: string | null;
	/** In one line, as it was said. */
	text: string;
}

/** Where something is wrong, and how to put it right. Lines count from 1. */
export interface TranscriptProblem {
	line: number;
	message: string;
}

/** What was left out of the cues, and why. */
export interface DroppedLine {
	line: number;
	why: string;
}

/** A stretch without cues. */
export interface MissingStretch {
	startMs: number;
	endMs: number;
}

/** A transcript as it was read. */
export interface Transcript {
	format: TranscriptFormat | null;
	/** False: the file has no times, and every cue stands at 0. */
	hasTimes: boolean;
	/** In order of their start, then as in the file. */
	cues: Cue[];
	/** Each label once, in order of first appearance. */
	speakers: string[];
	/** What is wrong with the file. Cues that could be read all the same are there. */
	problems: TranscriptProblem[];
	dropped: DroppedLine[];
	/** What was read otherwise than it is written: order, ends that were not given. */
	notes: TranscriptProblem[];
	/** Share of the time that cues cover, 0 to 1; null without times. */
	coverage: number | null;
	missing: MissingStretch[];
}

/**
 * How much is read. In a DOCX file a line is a paragraph; everything else counts lines of text.
 */
export const TRANSCRIPT_LIMITS = {
	/** Of the file. Six hours of talk are half a megabyte of words. */
	bytes: 32 * 1024 * 1024,
	/** Of a DOCX file's text, unpacked. */
	unpackedBytes: 64 * 1024 * 1024,
	cues: 100_000,
	/** Lines of text, or paragraphs. */
	lines: 1_000_000,
	/** Characters of one cue. */
	cueCharacters: 50_000,
	/** Of the times: 500 hours. */
	ms: 500 * 3_600_000,
	/** Levels of JSON or XML inside each other. */
	depth: 64,
	/** Problems and dropped lines told one by one, each. */
	reports: 1_000,
	/** The shortest stretch without cues that is told as missing. */
	missingMs: 30_000,
} as const;

/** A cue while a file is being read. */
export interface ReadCue {
	startMs: number | null;
	endMs: number | null;
	speaker: string | null;
	text: string;
	line: number;
}

/** What the reader of a format found. */
export interface Reading {
	cues: ReadCue[];
	problems: TranscriptProblem[];
	dropped: DroppedLine[];
	notes: TranscriptProblem[];
}

export function emptyReading(): Reading {
	return { cues: [], problems: [], dropped: [], notes: [] };
}

/** The file cannot be read at all; `readTranscript` turns it into its one problem. */
export class UnreadableError extends Error {
	override readonly name = 'UnreadableError';
	readonly line: number;

	constructor(line: number, message: string, options?: ErrorOptions) {
		super(message, options);
		this.line = line;
	}
}
