import { spawn } from 'node:child_process';

/** What a command may do, and who is told how far it is. */
export interface CommandRun {
	/** As the shell takes it; the path of the sound file is put behind it. */
	command: string;
	path: string;
	language: string;
	longestMs: number;
	/** Bytes on stdout that are too many. */
	mostBytes: number;
	signal: AbortSignal;
	/** 0 to 100, each time the command says 'NN%' on stderr. */
	onProgress: (percent: number) => void;
}

/** The command failed, or did what it may not; `message` is for people. */
export class CommandError extends Error {
	override readonly name = 'CommandError';
}

/** Of what a command said of its failure so much is told. */
const LAST_WORDS = 600;

/**
 * Runs a transcribing command on a sound file and gives what it printed. It and whatever it
 * started are ended when it takes too long, prints too much or is not wanted any more.
 * @throws CommandError
 */
export async function runCommand(run: CommandRun): Promise<Uint8Array> {
	// The shell splits the command into words; the path comes in as an argument and is split by nobody.
	const child = spawn('/bin/sh', ['-c', `${run.command} "$1"`, 'transcribe', run.path], {
		// A group of its own, so that what the command starts ends with it.
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		// Nothing of what this server knows: no database, no mail server, no secret.
		env: {
			PATH: process.env['PATH'],
			HOME: process.env['HOME'],
			LANG: process.env['LANG'],
			TRANSCRIBE_LANGUAGE: run.language,
		},
	});
	const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
	const chunks: Buffer[] = [];
	let size = 0;
	let said = '';
	child.stdout.on('data', (chunk: Buffer) => {
		size += chunk.length;
		chunks.push(chunk);
		if (size > run.mostBytes) {
			reject(new CommandError('It printed more than a transcript can be.'));
		}
	});
	child.stderr.on('data', (chunk: Buffer) => {
		said = (said + chunk.toString('utf8')).slice(-4000);
		const percents = [...said.matchAll(/(\d{1,3})(?:\.\d+)?\s?%/g)];
		const percent = Number(percents.at(-1)?.[1]);
		if (percent >= 0 && percent <= 100) {
			run.onProgress(percent);
		}
	});
	child.once('error', (cause) => reject(new CommandError('It could not be started.', { cause })));
	child.once('close', (code, signal) => {
		if (code === 0) {
			resolve(Buffer.concat(chunks));
			return;
		}
		const end = said.trim().slice(-LAST_WORDS);
		const how =
			code === null ? `was ended (${signal ?? 'no signal'})` : `ended with status ${code}`;
		reject(new CommandError(`It ${how}. ${end === '' ? 'It said nothing.' : `It said: ${end}`}`));
	});
	const kill = () => {
		if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
			process.kill(-child.pid, 'SIGKILL');
		}
	};
	const minutes = Math.round(run.longestMs / 60_000);
	const timer = setTimeout(
		() => reject(new CommandError(`It took longer than it may (${minutes} minutes).`)),
		run.longestMs,
	);
	const onAbort = () => reject(new CommandError('It was cancelled.'));
	run.signal.addEventListener('abort', onAbort, { once: true });
	process.once('exit', kill);
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		run.signal.removeEventListener('abort', onAbort);
		process.off('exit', kill);
		kill();
	}
}
