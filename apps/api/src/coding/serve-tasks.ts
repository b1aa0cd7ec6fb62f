import { parentPort, type TransferListItem } from 'node:worker_threads';
import type { TaskReply, TaskRequest, Tasks } from './thread.ts';

/** What a task gives back: its output, and what of it is handed over rather than copied. */
interface Done<Output> {
	output: Output;
	transfer?: TransferListItem[];
}

export type Handlers<Known extends Tasks> = {
	[Name in keyof Known]: (input: Known[Name]['input']) => Done<Known[Name]['output']>;
};

/** Answers the tasks sent to this thread. For the files that `createThread` starts. */
export function serveTasks<Known extends Tasks>(handlers: Handlers<Known>): void {
	parentPort?.on('message', ({ id, name, input }: TaskRequest) => {
		parentPort?.postMessage(...answer(handlers, { id, name, input }));
	});
}

function answer<Known extends Tasks>(
	handlers: Handlers<Known>,
	{ id, name, input }: TaskRequest,
): [TaskReply, TransferListItem[]] {
	try {
		const { output, transfer = [] } = handlers[name as keyof Known](input);
		return [{ id, output }, transfer];
	} catch (error) {
		return [{ id, error: error instanceof Error ? error.message : String(error) }, []];
	}
}
