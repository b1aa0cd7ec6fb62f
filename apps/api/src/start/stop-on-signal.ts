const SAME_PRESS_MS = 800;

/**
 * Calls `stop` once on Ctrl-C, SIGTERM or when the process that started this one is gone, then
 * ends the process. A second Ctrl-C ends it at once. One press reaches us several times (from
 * the terminal and passed on by npm), so signals shortly after the first count as the same.
 */
export function stopOnSignal(stop: (reason: string) => Promise<void>): void {
	let firstAt: number | null = null;

	const receive = (reason: string) => {
		const now = performance.now();
		if (firstAt === null) {
			firstAt = now;
			stop(reason).then(
				() => process.exit(0),
				(error: unknown) => {
					process.stderr.write(`Stopping failed: ${String(error)}\n`);
					process.exit(1);
				},
			);
			return;
		}
		if (now - firstAt > SAME_PRESS_MS) {
			process.exit(130);
		}
	};
	process.on('SIGINT', () => receive('SIGINT'));
	process.on('SIGTERM', () => receive('SIGTERM'));
	process.once('disconnect', () => receive('disconnect'));
}
