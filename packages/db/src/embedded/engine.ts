import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DatabaseOpenError, briefly } from '../open-error.ts';
import { SOCKET_NAME, syncPath, type DataFolder } from './folder.ts';
import type { WorkerReply, WorkerRequest, WorkerTask } from './worker.ts';

/** The embedded engine in its thread, as the rest of the process sees it. */
export type RunningEngine = {
	backup(file: string): Promise<void>;
	close(): Promise<void>;
};

type RequestBody = { type: 'backup'; file: string } | { type: 'close' };

const START_TIMEOUT_MS = 180_000;
const KEPT_OUTPUT = 2_000;

/** Removes what an interrupted first boot or restore left. Only the holder of the lock may call this. */
export async function removeLeftovers(folder: DataFolder): Promise<void> {
	for (const name of await readdir(folder.root)) {
		if (name.startsWith('database.new-')) {
			await rm(join(folder.root, name), { recursive: true, force: true });
		}
	}
}

/** Makes the database beside its place and moves it there complete. */
export async function createEngineFolder(
	folder: DataFolder,
	fromDump: string | null,
): Promise<void> {
	const unfinished = join(folder.root, `database.new-${process.pid}`);
	const worker = startWorker({ type: 'create', folder: unfinished, fromDump });
	await worker.ready(folder.root);
	await worker.ended;
	await rename(unfinished, folder.database);
	await syncPath(folder.root);
}

/** Starts the engine on an existing database. `onFatal` is called once if it dies on its own. */
export async function startEngine(
	folder: DataFolder,
	options: { idleInTransactionMs: number; onFatal: (error: Error) => void },
): Promise<RunningEngine> {
	const worker = startWorker({
		type: 'serve',
		folder: folder.database,
		socketPath: join(folder.socketFolder, SOCKET_NAME),
		idleInTransactionMs: options.idleInTransactionMs,
	});
	await worker.ready(folder.root);
	let isClosing = false;
	worker.broken.then((reason) => {
		if (!isClosing) {
			options.onFatal(crashError(folder.root, reason));
		}
	}, options.onFatal);
	return {
		backup: (file) => worker.ask({ type: 'backup', file }),
		async close() {
			isClosing = true;
			// A thread that is gone has nothing left to close.
			await worker.ask({ type: 'close' }).catch(() => {});
			await worker.ended;
		},
	};
}

type EngineThread = {
	/** Resolves when the task is done (create) or answers (serve); rejects readably. */
	ready(root: string): Promise<void>;
	/** Resolves with the reason when the thread failed or ended. */
	broken: Promise<string>;
	ended: Promise<void>;
	ask(body: RequestBody): Promise<void>;
};

function startWorker(task: WorkerTask): EngineThread {
	// The engine prints its source when it crashes: its output is caught, and only its end is kept.
	const worker = new Worker(new URL('./worker.ts', import.meta.url), {
		workerData: task,
		execArgv: [],
		stdout: true,
		stderr: true,
	});
	const lastOutput = keepLastOutput(worker);
	const waiting = new Map<number, PromiseWithResolvers<void>>();
	const ready = Promise.withResolvers<void>();
	const broken = Promise.withResolvers<string>();
	const ended = Promise.withResolvers<void>();
	let failure: string | null = null;
	let nextId = 1;

	function fail(reason: string): void {
		failure ??= reason;
		broken.resolve(reason);
		ready.reject(new Error(reason));
		for (const pending of waiting.values()) {
			pending.reject(new Error(reason));
		}
		waiting.clear();
		void worker.terminate();
	}

	worker.on('message', (message: WorkerReply) => {
		switch (message.type) {
			case 'ready':
				return ready.resolve();
			case 'broken':
				return fail(message.message);
			case 'done':
				return settle(message.id).resolve();
			case 'failed':
				return settle(message.id).reject(new Error(message.message));
		}
	});
	worker.on('error', (error) => fail(briefly(error)));
	worker.on('exit', (code) => {
		ended.resolve();
		fail(lastOutput() || `its thread ended with code ${code}`);
	});
	// Whoever needs the outcome awaits `ready()`.
	ready.promise.catch(() => {});

	function settle(id: number): PromiseWithResolvers<void> {
		const pending = waiting.get(id) ?? Promise.withResolvers<void>();
		waiting.delete(id);
		return pending;
	}

	return {
		broken: broken.promise,
		ended: ended.promise,
		async ready(root) {
			const timer = setTimeout(() => fail('it did not start in time'), START_TIMEOUT_MS);
			try {
				await ready.promise;
			} catch (error) {
				await ended.promise;
				throw crashError(root, briefly(error));
			} finally {
				clearTimeout(timer);
			}
		},
		ask(body) {
			if (failure !== null) {
				return Promise.reject(new Error(failure));
			}
			const pending = Promise.withResolvers<void>();
			const request: WorkerRequest = { id: nextId, ...body };
			nextId += 1;
			waiting.set(request.id, pending);
			worker.postMessage(request);
			return pending.promise;
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
