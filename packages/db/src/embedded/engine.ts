import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DatabaseOpenError, briefly } from '../open-error.ts';
import { SOCKET_NAME, syncPath, type DataFolder } from './folder.ts';
import type { WorkerMessage, WorkerRequest, WorkerTask } from './worker.ts';

/** The embedded engine in its thread, as the rest of the process sees it. */
export type RunningEngine = { close(): Promise<void> };

const UNFINISHED = 'database.new-';
const START_TIMEOUT_MS = 180_000;
const KEPT_OUTPUT = 2_000;
/** One statement may keep the engine busy for long; longer than this it hangs. */
const PING_MS = 30_000;
const MOST_UNANSWERED = 20;

/**
 * Removes what an interrupted first boot, restore or backup left. Only the holder of the lock may call
 * this: whoever copies the database needs one.
 */
export async function removeLeftovers(folder: DataFolder): Promise<void> {
	for (const name of await readdir(folder.root)) {
		if (name.startsWith(UNFINISHED)) {
			await rm(join(folder.root, name), { recursive: true, force: true });
		}
	}
	for (const name of await readdir(folder.run)) {
		if (name.endsWith('.tar')) {
			await rm(join(folder.run, name), { force: true });
		}
	}
}

/**
 * Makes the database beside its place and moves it there complete. `fill` puts files of a backup into
 * the new folder before the engine opens it.
 */
export async function createDatabaseFolder(
	folder: DataFolder,
	fill: (unfinished: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
	const unfinished = join(folder.root, `${UNFINISHED}${process.pid}`);
	await fill(unfinished);
	const thread = startThread({ type: 'complete', folder: unfinished }, folder.root);
	await thread.ready;
	await thread.end();
	await rename(unfinished, folder.database);
	await syncPath(folder.root);
}

/** Starts the engine on an existing database. `onFatal` is called once if it dies on its own. */
export async function startEngine(
	folder: DataFolder,
	options: { idleInTransactionMs: number; onFatal: (error: Error) => void },
): Promise<RunningEngine> {
	const task: WorkerTask = {
		type: 'serve',
		folder: folder.database,
		socketPath: join(folder.socketFolder, SOCKET_NAME),
		idleInTransactionMs: options.idleInTransactionMs,
	};
	const thread = startThread(task, folder.root);
	await thread.ready;
	let state: 'running' | 'closing' | 'dead' = 'running';
	void thread.closed.catch((error: Error) => {
		if (state === 'running') {
			state = 'dead';
			options.onFatal(error);
		}
	});
	return {
		async close() {
			if (state === 'running') {
				state = 'closing';
				thread.askToClose();
				await thread.closed.finally(thread.end);
			}
		},
	};
}

type EngineThread = {
	/** The task is done (complete) or the socket answers (serve). */
	ready: Promise<void>;
	/** Closed as it was asked to; rejects when it failed or ended by itself. */
	closed: Promise<void>;
	askToClose(): void;
	end(): Promise<void>;
};

function startThread(task: WorkerTask, root: string): EngineThread {
	// The engine prints its source when it crashes: its output is caught, and only its end is kept.
	const worker = new Worker(new URL('./worker.ts', import.meta.url), {
		workerData: task,
		execArgv: [],
		stdout: true,
		stderr: true,
	});
	const lastOutput = keepLastOutput(worker);
	const ready = Promise.withResolvers<void>();
	const closed = Promise.withResolvers<void>();
	const startTimer = setTimeout(() => fail('it did not start in time'), START_TIMEOUT_MS);
	let hasFailed = false;
	let unanswered = 0;
	const pingTimer = setInterval(() => {
		unanswered += 1;
		if (unanswered > MOST_UNANSWERED) {
			fail('it did not answer for ten minutes');
		}
		ask('ping');
	}, PING_MS);

	function ask(request: WorkerRequest): void {
		worker.postMessage(request);
	}

	function fail(reason: string): void {
		if (hasFailed) {
			return;
		}
		hasFailed = true;
		clearTimeout(startTimer);
		clearInterval(pingTimer);
		const error = crashError(root, reason);
		// Whoever hears of it may open the folder again: the thread must be gone by then.
		void worker.terminate().then(() => {
			ready.reject(error);
			closed.reject(error);
		});
	}

	worker.on('message', (message: WorkerMessage) => {
		switch (message.type) {
			case 'ready':
				clearTimeout(startTimer);
				return ready.resolve();
			case 'pong':
				unanswered = 0;
				return;
			case 'closed':
				return closed.resolve();
			case 'broken':
				return fail(message.reason);
		}
	});
	worker.on('error', (error) => fail(briefly(error)));
	worker.on('exit', (code) => fail(lastOutput() || `its thread ended with code ${code}`));
	// A thread that only completes a database is ended from here, which is no failure of anyone.
	closed.promise.catch(() => {});
	return {
		ready: ready.promise,
		closed: closed.promise,
		askToClose: () => ask('close'),
		end: async () => {
			await worker.terminate();
		},
	};
}

function keepLastOutput(worker: Worker): () => string {
	let kept = '';
	for (const stream of [worker.stdout, worker.stderr]) {
		stream.setEncoding('utf8');
		stream.on('data', (text: string) => {
			kept = (kept + text).slice(-KEPT_OUTPUT);
		});
	}
	return () => {
		const lines = kept.split('\n').filter((line) => line.trim() !== '' && line.length < 300);
		return lines.slice(-3).join(' | ');
	};
}

function crashError(root: string, reason: string): DatabaseOpenError {
	return new DatabaseOpenError(
		'database_crashed',
		`The embedded database in ${root} failed: ${reason}. Check that the disk has room and the folder is writable, then start again; if it keeps failing, restore the newest file of ${join(root, 'backups')}.`,
	);
}
