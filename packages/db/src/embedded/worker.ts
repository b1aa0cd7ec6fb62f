/**
 * The thread that owns the embedded engine. It is a program, not a module: `engine.ts` starts it with
 * a `WorkerTask` and speaks to it in `WorkerRequest` and `WorkerReply`.
 */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { briefly } from '../open-error.ts';
import { dumpTo } from './dump.ts';
import { createDatabase, openEngine, type EngineInstance } from './instance.ts';
import { createMultiplexer, type Multiplexer } from './multiplexer.ts';
import { simpleQuery } from './wire.ts';

export type WorkerTask =
	| { type: 'create'; folder: string; fromDump: string | null }
	| { type: 'serve'; folder: string; socketPath: string; idleInTransactionMs: number };

export type WorkerRequest =
	{ id: number; type: 'backup'; file: string } | { id: number; type: 'close' };

export type WorkerReply =
	| { type: 'ready' }
	| { type: 'broken'; message: string }
	| { type: 'done'; id: number }
	| { type: 'failed'; id: number; message: string };

// The parent is the only one who starts this file, always with a task.
const task = workerData as WorkerTask;
const port = parentPort;
if (port === null) {
	throw new Error('embedded/worker.ts runs as a worker thread; call openDatabase() instead.');
}

function reply(message: WorkerReply): void {
	port?.postMessage(message);
}

async function start(): Promise<void> {
	if (task.type === 'create') {
		await createDatabase(task.folder, task.fromDump);
		reply({ type: 'ready' });
		port?.close();
		return;
	}
	await serve(task);
}

async function serve(options: Extract<WorkerTask, { type: 'serve' }>): Promise<void> {
	const engine = await openEngine(options.folder);
	const multiplexer = createMultiplexer(engine, {
		idleInTransactionMs: options.idleInTransactionMs,
		onBroken: (error) => reply({ type: 'broken', message: briefly(error) }),
	});
	const server = createServer((socket) => multiplexer.accept(socket));
	// The lock is ours, so a socket still there belongs to a process that was killed.
	await rm(options.socketPath, { force: true });
	server.listen(options.socketPath);
	await once(server, 'listening');

	port?.on('message', (request: WorkerRequest) => {
		void answer(request, { engine, multiplexer, server });
	});
	reply({ type: 'ready' });
}

type Running = { engine: EngineInstance; multiplexer: Multiplexer; server: Server };

async function answer(request: WorkerRequest, running: Running): Promise<void> {
	try {
		if (request.type === 'backup') {
			await backup(request.file, running);
		} else {
			await close(running);
		}
		reply({ type: 'done', id: request.id });
	} catch (error) {
		reply({ type: 'failed', id: request.id, message: briefly(error) });
	}
	if (request.type === 'close') {
		port?.close();
	}
}

async function backup(file: string, { engine, multiplexer }: Running): Promise<void> {
	const dump = await multiplexer.exclusively(async () => {
		await engine.run(simpleQuery('checkpoint'), () => {});
		return engine.dump();
	});
	await dumpTo(file, dump);
}

async function close({ engine, multiplexer, server }: Running): Promise<void> {
	const isClosed = once(server, 'close');
	server.close();
	await multiplexer.close();
	await isClosed;
	await engine.close();
}

start().catch((error: unknown) => {
	reply({ type: 'broken', message: briefly(error) });
	port.close();
});
