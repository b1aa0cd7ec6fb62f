import { Worker } from 'node:worker_threads';
import type { Transcript } from '@throughline/analysis/transcript';
import { AppError } from '../errors.ts';

/** What the reading thread is given. */
export interface ReadingTask {
	bytes: Uint8Array;
	fileName: string;
	durationMs: number | undefined;
	/** Names to hide beside the file's own labels; null only reads. */
	hide: { names: string[]; language: string } | null;
}

export interface FileReading {
	transcript: Transcript;
	/** For each cue, what should perhaps be hidden in it. */
	hidden: { start: number; end: number; kind: string }[][];
}

/** A file of this size holds days of talk. */
export const MAX_FILE_BYTES = 24 * 1024 * 1024;

const THREAD = new URL('./reading-thread.ts', import.meta.url);
const LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };
const LONGEST_MS = 60_000;
/** Files read at once; more wait. */
const AT_ONCE = 2;

/**
 * Reads transcript files, each in a thread of its own that may not take more memory or time than
 * it should: a file can be made to do harm.
 */
export function createFileReader(options: { longestMs?: number } = {}) {
	let free = AT_ONCE;
	const waiting: (() => void)[] = [];
	return async (task: ReadingTask): Promise<FileReading> => {
		if (free === 0) {
			await new Promise<void>((resolve) => waiting.push(resolve));
		} else {
			free -= 1;
		}
		try {
			return await readInThread(task, options.longestMs ?? LONGEST_MS);
		} finally {
			const next = waiting.shift();
			if (next) {
				next();
			} else {
				free += 1;
			}
		}
	};
}

export type FileReader = ReturnType<typeof createFileReader>;

async function readInThread(task: ReadingTask, longestMs: number): Promise<FileReading> {
	const { promise, resolve, reject } = Promise.withResolvers<FileReading>();
	const worker = new Worker(THREAD, { workerData: task, resourceLimits: LIMITS });
	const timer = setTimeout(() => reject(tooMuch()), longestMs);
	// The thread's file answers with exactly this.
	worker.once('message', (reading) => resolve(reading as FileReading));
	worker.once('error', (cause) => reject(tooMuch(cause)));
	worker.once('exit', () => reject(tooMuch()));
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		await worker.terminate();
	}
}

function tooMuch(cause?: unknown): AppError {
	return new AppError(
		'file_unreadable',
		422,
		'This file could not be read in the time and memory there is. Save it as WebVTT or text and try again.',
		{ cause, fields: { file: 'Choose another file.' } },
	);
}
