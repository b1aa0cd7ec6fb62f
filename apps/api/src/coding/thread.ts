import type { TransferListItem } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';

/** What a thread's file answers to: task name → what goes in and what comes out. */
export type Tasks = Record<string, { input: unknown; output: unknown }>;

export interface Thread<Known extends Tasks> {
	/**
	 * Has a task done in the thread, which is started when first needed and again after it died.
	 * @throws Error of the task, or when the thread died over it.
	 */
	run<Name extends keyof Known & string>(
		name: Name,
		input: Known[Name]['input'],
		options?: { transfer?: TransferListItem[] },
	): Promise<Known[Name]['output']>;
	/** Ends the thread; tasks under way are rejected. */
	stop(): Promise<void>;
}

export interface TaskRequest {
	id: number;
	name: string;
	input: unknown;
}

export type TaskReply = { id: number } & ({ output: unknown } | { error: string });

interface Pending {
	resolve(output: unknown): void;
	reject(error: Error): void;
}

const LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 64 };

/**
 * A worker thread that does tasks one after the other. It does not keep the process alive while
 * it has nothing to do.
 * @param file answers with `serveTasks`.
 */
export function createThread<Known extends Tasks>(file: URL): Thread<Known> {
	let worker: Worker | null = null;
	let lastId = 0;
	const pending = new Map<number, Pending>();

	function lose(lost: Worker, error: Error): void {
		if (worker === lost) {
			worker = null;
			for (const { reject } of pending.values()) {
				reject(error);
			}
			pending.clear();
		}
	}

	function start(): Worker {
		const started = new Worker(file, { resourceLimits: LIMITS });
		started.on('message', (reply: TaskReply) => {
			settle(pending, reply);
			if (pending.size === 0) {
				started.unref();
			}
		});
		started.on('error', (error) =>
			lose(started, error instanceof Error ? error : new Error(String(error))),
		);
		started.on('exit', (code) => lose(started, new Error(`The thread ended (${code}).`)));
		return started;
	}

	return {
		run(name, input, { transfer = [] } = {}) {
			const at = (worker ??= start());
			at.ref();
			const id = (lastId += 1);
			const { promise, resolve, reject } = Promise.withResolvers<unknown>();
			pending.set(id, { resolve, reject });
			at.postMessage({ id, name, input } satisfies TaskRequest, transfer);
			// The thread's file is typed by the same table of tasks.
			return promise as Promise<Known[typeof name]['output']>;
		},
		async stop() {
			const stopping = worker;
			if (stopping) {
				lose(stopping, new Error('The thread was stopped.'));
				await stopping.terminate();
			}
		},
	};
}

function settle(pending: Map<number, Pending>, reply: TaskReply): void {
	const waiting = pending.get(reply.id);
	pending.delete(reply.id);
	if ('error' in reply) {
		waiting?.reject(new Error(reply.error));
		return;
	}
	waiting?.resolve(reply.output);
}
