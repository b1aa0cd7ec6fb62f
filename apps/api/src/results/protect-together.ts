import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type {
	ProtectedRelease,
	ReleaseAuditOptions,
	ReleaseInput,
} from '@throughline/analysis/disclosure';

/**
 * Protects tables that one reader may put side by side. In a process of its own, because it takes
 * a second of linear programs and students are answering meanwhile; not in a thread, because V8
 * can abort the whole process when threads end beside the embedded database's WebAssembly.
 */
export function protectTogether(
	input: ReleaseInput,
	options: ReleaseAuditOptions,
): Promise<ProtectedRelease> {
	const { promise, resolve, reject } = Promise.withResolvers<ProtectedRelease>();
	const child = fork(fileURLToPath(new URL('./protect-process.ts', import.meta.url)), {
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
	// The process sends nothing but this.
	child.once('message', (protection) => resolve(protection as ProtectedRelease));
	child.send({ input, options });
	return promise;
}
