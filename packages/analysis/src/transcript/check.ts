import { codePointSlice } from '../text/fold.ts';
import { type Redaction, redact } from '../text/redact.ts';
import { namesHeard } from '../text/names-heard.ts';
import { peopleAmong } from './people.ts';
import { readTranscript, type ReadTranscriptOptions } from './read-transcript.ts';
import type { Cue, DroppedLine, MissingStretch, TranscriptProblem } from './transcript.ts';

/** A span of a cue that would be hidden. */
export interface CueRedaction extends Redaction {
	/** The place of the cue in the transcript, from 0. `start` and `end` are code points of its text. */
	cue: number;
	/** The words that are hidden. */
	text: string;
}

/** What a transcript file holds and what is wrong with it. */
export interface TranscriptCheck {
	file: string;
	format: string | null;
	cues: number;
	/** When the last cue ends; null without times. */
	seconds: number | null;
	/** How many speakers the file names. */
	seats: number;
	/** Share of the time that cues cover, 0 to 1; null without times. */
	coverage: number | null;
	redactions: CueRedaction[];
	problems: TranscriptProblem[];
	dropped: DroppedLine[];
	notes: TranscriptProblem[];
	missing: MissingStretch[];
}

/**
 * Reads a transcript as an import would and finds in every cue what would be hidden before anybody
 * codes it. People the file names as speakers are hidden where others speak of them, and so are names
 * that one cue gives away.
 *
 * @param names people to hide besides them: a roster, staff.
 */
export function checkTranscript(
	bytes: Uint8Array,
	given: ReadTranscriptOptions & { fileName: string; names: readonly string[] },
): TranscriptCheck {
	const { fileName: file, names, ...options } = given;
	const read = readTranscript(bytes, { fileName: file, ...options });
	const lastMs = read.cues.reduce((last, { endMs }) => Math.max(last, endMs), 0);
	return {
		file,
		format: read.format,
		cues: read.cues.length,
		seconds: read.hasTimes ? lastMs / 1000 : null,
		seats: read.speakers.length,
		coverage: read.coverage,
		redactions: redactionsOf(read.cues, [...names, ...peopleAmong(read.speakers)]),
		problems: read.problems,
		dropped: read.dropped,
		notes: read.notes,
		missing: read.missing,
	};
}

function redactionsOf(cues: readonly Cue[], listed: readonly string[]): CueRedaction[] {
	const texts = cues.map(({ text }) => text);
	const names = [...listed, ...namesHeard(texts, { names: listed, language: 'en' })];
	return cues.flatMap(({ text }, cue) =>
		redact(text, { names, language: 'en' }).redactions.map(({ start, end, kind }) => ({
			cue,
			start,
			end,
			text: codePointSlice(text, start, end),
			kind,
		})),
	);
}
