import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Samples a second of the sound that is worked on: enough for speech up to 12 kHz. */
export const SAMPLE_RATE = 24_000;
const MOST_WORDS = 2000;

/** Whether a program of that name answers as ffmpeg does. */
export async function isFfmpeg(path: string): Promise<boolean> {
	const child = spawn(path, ['-hide_banner', '-version'], {
		stdio: ['ignore', 'ignore', 'ignore'],
	});
	const ended = Promise.withResolvers<boolean>();
	child.once('error', () => ended.resolve(false));
	child.once('exit', (code) => ended.resolve(code === 0));
	return ended.promise;
}

interface Span {
	from: number;
	to: number;
}

/**
 * The sound of one span of a file as samples of 16 bits, one channel. Holes in its own timestamps
 * become silence. Ends without an error where the file does; `problem` then says what was wrong.
 */
export function decode(
	ffmpeg: string,
	{ path, span, seconds, signal }: DecodeOptions,
): { samples: AsyncIterable<Buffer>; problem(): Promise<string | null> } {
	const child = spawn(
		ffmpeg,
		[
			'-nostdin',
			'-v',
			'error',
			// Nothing a file says may make it read another one.
			'-protocol_whitelist',
			'file,subfile',
			'-i',
			`subfile,,start,${span.from},end,${span.to},,:${path}`,
			...(seconds === undefined ? [] : ['-t', String(seconds)]),
			'-map',
			'0:a:0',
			'-af',
			'aresample=async=1',
			'-ac',
			'1',
			'-ar',
			String(SAMPLE_RATE),
			'-f',
			's16le',
			'pipe:1',
		],
		{ stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' },
	);
	const ended = endOf(child);
	return {
		// With `pipe` there is a stream, of buffers.
		samples: child.stdout as AsyncIterable<Buffer>,
		async problem() {
			const { code, words } = await ended;
			return code === 0 ? null : words;
		},
	};
}

interface DecodeOptions {
	path: string;
	span: Span;
	/** No more than so many seconds of it. */
	seconds?: number;
	signal: AbortSignal;
}

/**
 * A part of a seekable file as a WebM file of its own.
 * @throws Error in ffmpeg's words when it cannot be read.
 */
export async function clip(
	ffmpeg: string,
	{ path, startMs, endMs, signal }: ClipOptions,
): Promise<Buffer> {
	const seconds = (ms: number) => String(ms / 1000);
	const child = spawn(
		ffmpeg,
		[
			...['-nostdin', '-v', 'error', '-protocol_whitelist', 'file,pipe'],
			...['-ss', seconds(startMs), '-t', seconds(endMs - startMs), '-i', `file:${path}`],
			...['-map', '0:a:0', '-map_metadata', '-1', '-c:a', 'libopus', '-b:a', '40k'],
			...['-f', 'webm', 'pipe:1'],
		],
		{ stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' },
	);
	const ended = endOf(child);
	const chunks: Buffer[] = [];
	// With `pipe` there is a stream, of buffers.
	for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
		chunks.push(chunk);
	}
	const { code, words } = await ended;
	if (code !== 0) {
		throw new Error(`A part of a recording could not be read: ${words}`);
	}
	return Buffer.concat(chunks);
}

interface ClipOptions {
	path: string;
	startMs: number;
	endMs: number;
	signal: AbortSignal;
}

export interface Encoder {
	/** Resolves when more may be written. */
	write(samples: Buffer): Promise<void>;
	/** Resolves when the file is whole. */
	end(): Promise<void>;
	kill(): void;
}

/** Writes samples to a seekable WebM file of Opus sound. */
export function encode(
	ffmpeg: string,
	{ path, signal }: { path: string; signal: AbortSignal },
): Encoder {
	const child = spawn(
		ffmpeg,
		[
			'-nostdin',
			'-v',
			'error',
			'-y',
			'-f',
			's16le',
			'-ar',
			String(SAMPLE_RATE),
			'-ac',
			'1',
			'-i',
			'pipe:0',
			'-c:a',
			'libopus',
			'-b:a',
			'40k',
			'-compression_level',
			'5',
			'-f',
			'webm',
			path,
		],
		{ stdio: ['pipe', 'ignore', 'pipe'], signal, killSignal: 'SIGKILL' },
	);
	const ended = endOf(child);
	// A pipe that breaks shows in how the process ended.
	child.stdin?.on('error', () => undefined);
	return {
		async write(samples) {
			if (child.stdin?.write(samples) === false) {
				await Promise.race([once(child.stdin, 'drain'), ended]);
			}
		},
		async end() {
			child.stdin?.end();
			const { code, words } = await ended;
			signal.throwIfAborted();
			if (code !== 0) {
				throw new Error(`ffmpeg could not write the sound: ${words}`);
			}
		},
		kill: () => void child.kill('SIGKILL'),
	};
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; words: string }> {
	const ended = Promise.withResolvers<number | null>();
	let words = '';
	child.stderr?.on('data', (chunk: Buffer) => {
		words = (words + chunk.toString()).slice(-MOST_WORDS);
	});
	child.once('error', (error) => {
		words ||= error.message;
		ended.resolve(null);
	});
	child.once('close', (code) => ended.resolve(code));
	return { code: await ended.promise, words };
}
