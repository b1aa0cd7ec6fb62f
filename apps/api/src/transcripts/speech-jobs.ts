import { findRecording, listCuts } from '@throughline/db/queries/recording';
import { importTranscript, type SessionOf } from '../actions/import-transcript.ts';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { startPreparing } from '../jobs/prepare-recordings.ts';
import { playableAudio } from '../recordings/playable-audio.ts';
import { type FileReader, MAX_FILE_BYTES } from './read-file.ts';
import { CommandError, runCommand } from './run-command.ts';

/** Speech of one recording on its way to text. */
export interface SpeechJob {
	recordingId: string;
	status: 'waiting' | 'running' | 'done' | 'failed';
	percent: number;
	/** Why it failed, for people. */
	message: string | null;
	transcriptId: string | null;
}

interface Running extends SpeechJob {
	key: SessionOf;
	abort: AbortController;
}

/** Ended ones of a process are remembered as long as there are no more of them. */
const REMEMBERED = 200;

/**
 * Has recordings transcribed by the command that is set, one after the other, in the background.
 * What is running ends with the process, and is asked for again by a person.
 */
export function createSpeechJobs(deps: Deps, readFile: FileReader) {
	const jobs = new Map<string, Running>();
	let chain: Promise<void> = Promise.resolve();

	async function work(job: Running, path: string, language: string): Promise<void> {
		const { TRANSCRIBE_COMMAND: command = '', TRANSCRIBE_MINUTES: minutes } = deps.config;
		if (job.abort.signal.aborted) {
			return;
		}
		job.status = 'running';
		try {
			const bytes = await runCommand({
				command,
				path,
				language,
				longestMs: minutes * 60_000,
				mostBytes: MAX_FILE_BYTES,
				signal: job.abort.signal,
				onProgress: (percent) => (job.percent = percent),
			});
			const recording = await findRecording(deps.db, { ...job.key, recordingId: job.recordingId });
			const { transcriptId } = await importTranscript({ ...deps, readFile }, job.key, {
				file: { bytes, name: 'speech.vtt' },
				plan: {
					language,
					offsetMs: recording?.offset_ms ?? 0,
					recordingId: job.recordingId,
					map: [],
					source: 'speech_to_text',
				},
			});
			Object.assign(job, { status: 'done', percent: 100, transcriptId });
		} catch (error) {
			const isKnown = error instanceof CommandError || error instanceof AppError;
			if (!isKnown) {
				deps.log.error({ job: 'speech-to-text', err: error }, 'a background job failed');
			}
			Object.assign(job, {
				status: 'failed',
				message: isKnown ? error.message : 'Something went wrong on our side. Try again.',
			});
		}
	}

	return {
		/**
		 * Puts a recording in line.
		 * @throws AppError 404; 409 `no_transcriber`, `already_transcribing`, `sound_not_ready`.
		 */
		async start(key: SessionOf, given: { recordingId: string; language: string }): Promise<void> {
			if (deps.config.TRANSCRIBE_COMMAND === undefined) {
				throw new AppError(
					'no_transcriber',
					409,
					'This server has no program that turns speech into text. Bring in a file instead.',
				);
			}
			const known = jobs.get(given.recordingId);
			if (known?.status === 'running' || known?.status === 'waiting') {
				throw new AppError('already_transcribing', 409, 'This recording is being transcribed.');
			}
			const path = await soundOf(deps, { ...key, recordingId: given.recordingId });
			const job: Running = {
				recordingId: given.recordingId,
				status: 'waiting',
				percent: 0,
				message: null,
				transcriptId: null,
				key,
				abort: new AbortController(),
			};
			if (jobs.size >= REMEMBERED) {
				jobs.delete(jobs.keys().next().value ?? '');
			}
			jobs.set(given.recordingId, job);
			chain = chain.then(() => work(job, path, given.language));
		},
		/** Ends one that is waiting or running. */
		cancel(key: SessionOf, recordingId: string): void {
			const job = jobs.get(recordingId);
			if (job?.key.sessionId !== key.sessionId) {
				throw notFound();
			}
			job.abort.abort();
			if (job.status === 'waiting') {
				Object.assign(job, { status: 'failed', message: 'It was cancelled.' });
			}
		},
		/** Those of one session. */
		list(sessionId: string): SpeechJob[] {
			return [...jobs.values()]
				.filter((job) => job.key.sessionId === sessionId)
				.map(({ recordingId, status, percent, message, transcriptId }) => ({
					recordingId,
					status,
					percent,
					message,
					transcriptId,
				}));
		},
	};
}

export type SpeechJobs = ReturnType<typeof createSpeechJobs>;

/** The file to listen to, with silence where nothing may be heard. */
async function soundOf(deps: Deps, key: SessionOf & { recordingId: string }): Promise<string> {
	const recording = await findRecording(deps.db, key);
	if (recording?.session_id !== key.sessionId) {
		throw notFound();
	}
	const audio = await playableAudio(deps.recordings, recording, {
		cuts: await listCuts(deps.db, key),
	});
	if (audio.type !== 'copy') {
		startPreparing(deps);
		throw new AppError(
			'sound_not_ready',
			409,
			'The sound of this recording is not ready yet. Try again in a few minutes.',
		);
	}
	return audio.path;
}
