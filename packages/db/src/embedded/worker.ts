/**
 * The thread that owns the embedded engine. It is a program, not a module: `engine.ts` starts it with
 * a `WorkerTask` and asks it things.
 */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { briefly } from '../open-error.ts';
import { completeDatabase, openEngine } from './instance.ts';
import { createMultiplexer } from './multiplexer.ts';

export type WorkerTask =
	| { type: 'complete'; folder: string }
	| { type: 'serve'; folder: string; socketPath: string; idleInTransactionMs: number };

export type WorkerRequest = 'ping' | 'close';

export type WorkerMessage =
	/** The database is complete, or the socket answers. */
	| { type: 'ready' }
	| { type: 'pong' }
	/** It closed as it was asked to. */
	| { type: 'closed' }
	| { type: 'broken'; reason: string };

// Only engine.ts starts this file, always with a task.
const task = workerData as WorkerTask;

function tell(message: WorkerMessage): void {
	parentPort?.postMessage(message);
}

function tellBroken(error: unknown): void {
	tell({ type: 'broken', reason: briefly(error) });
}

async function serve(options: Extract<WorkerTask, { type: 'serve' }>): Promise<void> {
	const engine = await openEngine(options.folder, tellBroken);
	const multiplexer = createMultiplexer(engine, {
		idleInTransactionMs: options.idleInTransactionMs,
		onBroken: tellBroken,
	});
	const server = createServer((socket) => multiplexer.accept(socket));
	// The lock is ours, so a socket still there belongs to a process that was killed.
	await rm(options.socketPath, { force: true });
	server.listen(options.socketPath);
	await once(server, 'listening');

	async function close(): Promise<void> {
		const isClosed = once(server, 'close');
		server.close();
		await multiplexer.close();
		await isClosed;
		await engine.close();
		tell({ type: 'closed' });
	}

	parentPort?.on('message', (request: WorkerRequest) => {
		if (request === 'ping') {
			tell({ type: 'pong' });
			return;
		}
		close().catch(tellBroken);
	});
	tell({ type: 'ready' });
}

async function complete(folder: string): Promise<void> {
	await completeDatabase(folder);
	tell({ type: 'ready' });
}

(task.type === 'serve' ? serve(task) : complete(task.folder)).catch(tellBroken);
