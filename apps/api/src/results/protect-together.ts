import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type {
	ProtectedRelease,
	ReleaseAuditOptions,
	ReleaseInput,
} from '@throughline/analysis/disclosure';

/**
 * Protects tables that one reader may put side by side. In a thread of its own: it takes a second
 * of linear programs, and students are answering meanwhile.
 */
export async function protectTogether(
	input: ReleaseInput,
	options: ReleaseAuditOptions,
): Promise<ProtectedRelease> {
	const worker = new Worker(new URL('./protect-worker.ts', import.meta.url), {
		workerData: { input, options },
	});
	try {
		// `once` rejects when the thread throws. The thread sends nothing but this.
		const [protection] = (await once(worker, 'message')) as [ProtectedRelease];
		return protection;
	} finally {
		await worker.terminate();
	}
}
