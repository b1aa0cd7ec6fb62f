import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Has a file that answers one message with one message do some work, in a process of its own:
 * because it takes a second or more and students are answering meanwhile. Not in a thread, because
 * V8 can abort the whole process when threads end beside the embedded database's WebAssembly.
 * @throws Error when it ends without an answer.
 */
export function inOwnProcess<Answer>(file: URL, message: object): Promise<Answer> {
	const { promise, resolve, reject } = Promise.withResolvers<Answer>();
	const child = fork(fileURLToPath(file), {
		// Neither the flags nor the secrets of this process.
		execArgv: [],
		env: {},
		serialization: 'advanced',
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	child.once('error', reject);
	child.once('exit', (code, signal) => {
		reject(new Error(`The tables could not be protected (${signal ?? `code ${code}`}).`));
	});
	// The files that are handed in here send nothing but their answer.
	child.once('message', (answer) => resolve(answer as Answer));
	child.send(message);
	return promise;
}
