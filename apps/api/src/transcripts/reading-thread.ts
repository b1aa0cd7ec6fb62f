import { parentPort, workerData } from 'node:worker_threads';
import { peopleAmong, readTranscript } from '@throughline/analysis/transcript';
import { namesHeard, redact } from '@throughline/analysis/text';
import type { FileReading, ReadingTask } from './read-file.ts';

// Started by read-file.ts with exactly this; answers once and ends.
const { bytes, fileName, durationMs, hide } = workerData as ReadingTask;
const transcript = readTranscript(bytes, { fileName, durationMs });
const answer: FileReading = { transcript, hidden: hide === null ? [] : hiddenIn(hide) };
parentPort?.postMessage(answer);

function hiddenIn({ names, language }: NonNullable<ReadingTask['hide']>) {
	const listed = [...names, ...peopleAmong(transcript.speakers)];
	const texts = transcript.cues.map(({ text }) => text);
	const all = [...listed, ...namesHeard(texts, { names: listed, language })];
	return texts.map((text) => redact(text, { names: all, language }).redactions);
}
