import { listArrivedRecordings, type Recording } from '@throughline/db/queries/recording';
import type { Config } from '../config.ts';
import type { Deps } from '../deps.ts';
import type { Exclusively } from '../jobs/scheduler.ts';
import { isFfmpeg } from './ffmpeg.ts';
import { prepareRecording } from './prepare-recording.ts';
import { type RecordingFiles, recordingFiles } from './recording-files.ts';

const PAGE = 100;

/** The sound of dialog sessions: where it lies, and the work on it in the background. */
export interface Recordings {
	files: RecordingFiles;
	/** The program that reads sound, or null where there is none. Asked once. */
	ffmpeg(): Promise<string | null>;
	/**
	 * Does what is due now; resolves when nothing is left. What is due is read from the tables and
	 * the disk, so work that a restart interrupted is done again.
	 */
	work(): Promise<void>;
	/** Called once by the server: how other processes are kept from the same recording. */
	useLock(exclusively: Exclusively): void;
	/** Ends running work; it is done again by the next process. */
	stop(): Promise<void>;
}

export function createRecordings(
	outside: Pick<Deps, 'db' | 'log'> & { config: Pick<Config, 'DATA_DIR' | 'FFMPEG_PATH'> },
): Recordings {
	const files = recordingFiles(outside.config.DATA_DIR);
	const abort = new AbortController();
	let exclusively: Exclusively = (_name, work) => work();
	let found: Promise<string | null> | null = null;
	let running: Promise<void> | null = null;
	let isAskedAgain = false;

	function ffmpeg(): Promise<string | null> {
		const path = outside.config.FFMPEG_PATH;
		found ??= isFfmpeg(path).then((isThere) => (isThere ? path : null));
		return found;
	}

	async function workThrough(): Promise<void> {
		const program = await ffmpeg();
		let after: string | null = null;
		for (;;) {
			const page: Recording[] = await listArrivedRecordings(outside.db, { after, limit: PAGE });
			for (const recording of page) {
				if (abort.signal.aborted) {
					return;
				}
				await exclusively(`recording-${recording.id}`, () =>
					prepareRecording(recording, { ...outside, files, ffmpeg: program, signal: abort.signal }),
				);
			}
			after = page.at(-1)?.id ?? null;
			if (page.length < PAGE) {
				return;
			}
		}
	}

	async function untilNothingIsLeft(): Promise<void> {
		do {
			isAskedAgain = false;
			await workThrough();
		} while (isAskedAgain && !abort.signal.aborted);
	}

	return {
		files,
		ffmpeg,
		work() {
			isAskedAgain = true;
			running ??= untilNothingIsLeft().finally(() => {
				running = null;
			});
			return running;
		},
		useLock(lock) {
			exclusively = lock;
		},
		async stop() {
			abort.abort();
			// Whoever started the work hears of its failure; here it only has to be over.
			await running?.catch(() => undefined);
		},
	};
}
