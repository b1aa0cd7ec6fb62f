import type { Deps } from '../deps.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Does the work once an hour, the first time an hour from now; work that failed waits as long. */
export function hourly({ clock }: Pick<Deps, 'clock'>, work: () => Promise<void>) {
	let last = clock().getTime();
	return async (): Promise<void> => {
		const now = clock().getTime();
		// A clock that was set back must not stop the work.
		if (now >= last && now < last + HOUR_MS) {
			return;
		}
		last = now;
		await work();
	};
}
