import { findRecording } from '@throughline/db/queries/recording';
import {
	beatSpeechJob,
	cancelSpeechJob,
	endSpeechJob,
	listSpeechJobs,
	SPEECH_BEAT_LIMIT_MS,
	type SpeechJob,
	startSpeechJob,
} from '@throughline/db/queries/speech-job';
import { importTranscript, type SessionOf } from '../actions/import-transcript.ts';
import type { Deps } from '../deps.ts';
import { AppError, notFound } from '../errors.ts';
import { startPreparing } from '../jobs/prepare-recordings.ts';
import { mergeOf } from '../recordings/merge.ts';
import { playableAudio } from '../recordings/playable-audio.ts';
import { readSessionSound } from '../recordings/session-sound.ts';
import { type FileReader, MAX_FILE_BYTES } from './read-file.ts';
import { CommandError, runCommand } from './run-command.ts';

const CANCELLED = 'It was cancelled.';
const BEAT_MS = SPEECH_BEAT_LIMIT_MS / 4;
/** No session has more recordings. */
const MAX_JOBS = 200;

interface Running {
	key: SessionOf;
	run: { engagementId: string; recordingId: string; runId: string };
	path: string;
	language: string;
}

/**
 * Has recordings transcribed by the command that is set, one after the other, in the background.
 * Each is a row that is kept fresh while it waits or runs. What was under way when the server
 * stopped is told as interrupted, and started again by a person.
 */
export function createSpeechJobs(deps: Deps, readFile: FileReader) {
	const pulses = new Map<string, Pulse>();
	let chain: Promise<void> = Promise.resolve();

	async function work(job: Running, pulse: Pulse): Promise<void> {
		const { TRANSCRIBE_COMMAND: command = '', TRANSCRIBE_MINUTES: minutes } = deps.config;
		try {
			pulse.isRunning = true;
			await pulse.beat();
			if (pulse.abort.signal.aborted) {
				return;
			}
			const bytes = await runCommand({
				command,
				path: job.path,
				language: job.language,
				longestMs: minutes * 60_000,
				mostBytes: MAX_FILE_BYTES,
				signal: pulse.abort.signal,
				onProgress: (percent) => (pulse.percent = percent),
			});
			await pulse.beat();
			if (pulse.abort.signal.aborted) {
				return;
			}
			const transcriptId = await store(job, bytes);
			await endSpeechJob(deps.db, job.run, { transcriptId });
		} catch (error) {
			const isKnown = error instanceof CommandError || error instanceof AppError;
			if (!isKnown) {
				deps.log.error({ job: 'speech-to-text', err: error }, 'a background job failed');
			}
			await endSpeechJob(deps.db, job.run, {
				message: isKnown ? error.message : 'Something went wrong on our side. Try again.',
			});
		}
	}

	async function store({ key, run, language }: Running, bytes: Uint8Array): Promise<string> {
		const recording = await findRecording(deps.db, run);
		const { transcriptId } = await importTranscript({ ...deps, readFile }, key, {
			file: { bytes, name: 'speech.vtt' },
			plan: {
				language,
				offsetMs: recording?.offset_ms ?? 0,
				recordingId: run.recordingId,
				map: [],
				source: 'speech_to_text',
			},
		});
		return transcriptId;
	}

	return {
		/**
		 * Puts a recording in line.
		 * @throws AppError 404; 409 `no_transcriber`, `already_transcribing`, `sound_not_ready`.
		 */
		async start(
			key: SessionOf,
			{ recordingId, language }: { recordingId: string; language: string },
		): Promise<void> {
			if (deps.config.TRANSCRIBE_COMMAND === undefined) {
				throw new AppError(
					'no_transcriber',
					409,
					'This server has no program that turns speech into text. Bring in a file instead.',
				);
			}
			const path = await soundOf(deps, { ...key, recordingId });
			const run = { engagementId: key.engagementId, recordingId, runId: deps.random.uuid7() };
			const isStarted = await startSpeechJob(deps.db, {
				...run,
				sessionId: key.sessionId,
				personId: key.personId,
				language,
				now: deps.clock(),
			});
			if (!isStarted) {
				throw new AppError('already_transcribing', 409, 'This recording is being transcribed.');
			}
			const pulse = new Pulse(deps, run);
			pulses.set(recordingId, pulse);
			chain = chain
				.then(() => work({ key, run, path, language }, pulse))
				.catch((error: unknown) => {
					deps.log.error({ job: 'speech-to-text', err: error }, 'a background job failed');
				})
				.finally(() => pulse.stop());
		},
		/**
		 * Ends one that is waiting or running.
		 * @throws AppError 404 when there is none.
		 */
		async cancel(key: SessionOf, recordingId: string): Promise<void> {
			if (!(await cancelSpeechJob(deps.db, { ...key, recordingId }, CANCELLED))) {
				throw notFound();
			}
			pulses.get(recordingId)?.abort.abort();
		},
		/** Those of one session. */
		list(key: SessionOf): Promise<SpeechJob[]> {
			return listSpeechJobs(deps.db, { ...key, now: deps.clock(), limit: MAX_JOBS });
		},
	};
}

/** Keeps the row of a job fresh, and learns from it that the job is not wanted any more. */
class Pulse {
	readonly abort = new AbortController();
	isRunning = false;
	percent = 0;
	#timer: NodeJS.Timeout;
	#deps: Deps;
	#run: Running['run'];

	constructor(deps: Deps, run: Running['run']) {
		this.#deps = deps;
		this.#run = run;
		this.#timer = setInterval(() => {
			this.beat().catch((error: unknown) => {
				deps.log.error({ job: 'speech-to-text', err: error }, 'a job could not be kept fresh');
			});
		}, BEAT_MS);
		this.#timer.unref();
	}

	async beat(): Promise<void> {
		const isWanted = await beatSpeechJob(this.#deps.db, {
			...this.#run,
			status: this.isRunning ? 'running' : 'waiting',
			percent: this.percent,
			now: this.#deps.clock(),
		});
		if (!isWanted) {
			this.abort.abort();
		}
	}

	stop(): void {
		clearInterval(this.#timer);
	}
}

export type SpeechJobs = ReturnType<typeof createSpeechJobs>;

/** The file to listen to, with silence where nothing may be heard. */
async function soundOf(deps: Deps, key: SessionOf & { recordingId: string }): Promise<string> {
	const recording = await findRecording(deps.db, key);
	if (recording?.session_id !== key.sessionId) {
		throw notFound();
	}
	const audio = await playableAudio(deps.recordings, recording, {
		merge: mergeOf(recording, await readSessionSound(deps.db, key)),
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
