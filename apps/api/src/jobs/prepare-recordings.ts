import type { Deps } from '../deps.ts';

/** Sees to it that recordings are being prepared, and does not wait for it. */
export function startPreparing({ recordings, log }: Pick<Deps, 'recordings' | 'log'>): void {
	recordings.work().catch((error: unknown) => {
		log.error({ job: 'prepare-recordings', err: error }, 'a background job failed');
	});
}
