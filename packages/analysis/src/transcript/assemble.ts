import { coverageOf, missingStretches } from './coverage.ts';
import {
	type Cue,
	type DroppedLine,
	type ReadCue,
	type Reading,
	type Transcript,
	TRANSCRIPT_LIMITS,
	type TranscriptFormat,
	type TranscriptProblem,
	UnreadableError,
} from './transcript.ts';

/** The cues of a reading in order, every time filled in, and what there is to report about them. */
export function assemble(
	reading: Reading,
	{ format, durationMs }: { format: TranscriptFormat; durationMs: number | null },
): Transcript {
	refuseTooMuch(reading.cues);
	const hasTimes = reading.cues.some(({ startMs }) => startMs !== null);
	const cues = hasTimes ? timed(reading, durationMs) : reading.cues.map(untimed);
	const lastMs = cues.reduce((last, { endMs }) => Math.max(last, endMs), 0);
	const span = { durationMs: durationMs ?? lastMs };
	const isEmpty = reading.cues.length === 0 && reading.problems.length === 0;
	const nothing = { line: 1, message: 'There are no words in this file.' };
	const { missingMs: shortestMs } = TRANSCRIPT_LIMITS;
	return {
		format,
		hasTimes,
		cues,
		speakers: [...new Set(cues.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))],
		problems: bounded(inOrder(isEmpty ? [nothing] : reading.problems), moreProblems),
		dropped: bounded(inOrder(reading.dropped), moreDropped),
		notes: bounded(inOrder(reading.notes), moreProblems),
		coverage: hasTimes ? coverageOf(cues, span) : null,
		missing: hasTimes ? missingStretches(cues, { ...span, shortestMs }) : [],
	};
}

function refuseTooMuch(cues: readonly ReadCue[]): void {
	const { cues: most, cueCharacters } = TRANSCRIPT_LIMITS;
	const beyond = cues[most];
	if (beyond !== undefined) {
		throw new UnreadableError(
			beyond.line,
			`The file has more than ${most.toLocaleString('en')} cues; here is the first too many. Split it.`,
		);
	}
	const long = cues.find(({ text }) => text.length > cueCharacters);
	if (long !== undefined) {
		throw new UnreadableError(
			long.line,
			`What begins here has more than ${cueCharacters.toLocaleString('en')} characters and no new speaker or time. Put one in, or check the format.`,
		);
	}
}

function untimed({ speaker, text }: ReadCue): Cue {
	return { startMs: 0, endMs: 0, speaker, text };
}

function timed(reading: Reading, durationMs: number | null): Cue[] {
	const started = withStarts(reading);
	const ordered = started.toSorted((one, other) => one.startMs - other.startMs);
	noteOrder(started, reading);
	let open = 0;
	const cues = ordered.map(({ startMs, endMs, speaker, text }, index): Cue => {
		if (endMs !== null) {
			return { startMs, endMs, speaker, text };
		}
		open++;
		const nextMs = ordered[index + 1]?.startMs ?? null;
		return { startMs, endMs: endOf({ startMs, text, nextMs, durationMs }), speaker, text };
	});
	if (open > 0) {
		reading.notes.push({
			line: reading.cues[0]?.line ?? 1,
			message: `${open} of ${cues.length} cues have no end in the file. Each was taken to last until the next one begins, or for as long as its words can take.`,
		});
	}
	return cues;
}

/** Until the next cue, unless a silence in between is more likely than such slow speech. */
function endOf(given: {
	startMs: number;
	text: string;
	nextMs: number | null;
	durationMs: number | null;
}): number {
	const { startMs, text, nextMs, durationMs } = given;
	if (nextMs === null) {
		const usual = startMs + Math.max(1_000, wordCount(text) * USUAL_MS_PER_WORD);
		return Math.max(startMs, Math.min(usual, durationMs ?? usual));
	}
	const { missingMs } = TRANSCRIPT_LIMITS;
	if (nextMs - startMs < 2 * missingMs) {
		return nextMs;
	}
	const latest = startMs + Math.max(missingMs, wordCount(text) * SLOWEST_MS_PER_WORD);
	return nextMs - latest < missingMs ? nextMs : latest;
}

type StartedCue = ReadCue & { startMs: number };

/** A cue without a time is put right after the one before it. */
function withStarts(reading: Reading): StartedCue[] {
	let lastMs = 0;
	let missing: number[] = [];
	const started = reading.cues.map((cue): StartedCue => {
		if (cue.startMs === null) {
			missing = [...missing.slice(0, 1), cue.line];
			return { ...cue, startMs: lastMs };
		}
		lastMs = Math.max(cue.startMs, cue.endMs ?? 0);
		return { ...cue, startMs: cue.startMs };
	});
	const [line] = missing;
	if (line !== undefined) {
		const message =
			'From this line on there are cues without a time. Each was put after the one before it.';
		reading.notes.push({ line, message });
	}
	return started;
}

function noteOrder(cues: readonly StartedCue[], reading: Reading): void {
	const back = cues.filter(({ startMs }, index) => startMs < (cues[index - 1]?.startMs ?? 0));
	const [first] = back;
	if (first !== undefined) {
		reading.notes.push({
			line: first.line,
			message: `The times go back ${back.length === 1 ? 'here' : `${back.length} times, first here`}. The cues were put in order; where the file holds several recordings, import each by itself.`,
		});
	}
}

const SLOWEST_MS_PER_WORD = 1_000;
/** 150 words a minute. */
const USUAL_MS_PER_WORD = 400;

/** Words between spaces; where a script writes none, one for each two characters. */
export function wordCount(text: string): number {
	const spaced = text.match(/\S+/g)?.length ?? 0;
	if (!/[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/.test(text)) {
		return spaced;
	}
	const unspaced = text.match(/[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/g)?.length ?? 0;
	return spaced + Math.ceil(unspaced / 2);
}

function inOrder<Told extends { line: number }>(told: readonly Told[]): Told[] {
	return told.toSorted((one, other) => one.line - other.line);
}

function bounded<Told extends { line: number }>(
	told: Told[],
	more: (line: number, count: number) => Told,
): Told[] {
	const { reports } = TRANSCRIPT_LIMITS;
	const next = told[reports];
	return next === undefined
		? told
		: [...told.slice(0, reports), more(next.line, told.length - reports)];
}

function moreProblems(line: number, count: number): TranscriptProblem {
	return { line, message: `From this line on there are ${count.toLocaleString('en')} more.` };
}

function moreDropped(line: number, count: number): DroppedLine {
	return { line, why: `From this line on ${count.toLocaleString('en')} more were left out.` };
}
