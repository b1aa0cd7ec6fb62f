export { checkTranscript, type CueRedaction, type TranscriptCheck } from './check.ts';
export { clockOf } from './clock.ts';
export { coverageOf, missingStretches } from './coverage.ts';
export { peopleAmong } from './people.ts';
export { readTranscript, type ReadTranscriptOptions } from './read-transcript.ts';
export {
	type Cue,
	type DroppedLine,
	type MissingStretch,
	type Transcript,
	TRANSCRIPT_FORMATS,
	TRANSCRIPT_LIMITS,
	type TranscriptFormat,
	type TranscriptProblem,
} from './transcript.ts';
export { writeSrt, writeWebVtt } from './write.ts';
