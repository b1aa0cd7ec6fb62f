const startedAt = Date.now();

/** When the command began, in milliseconds: a process that goes on counting is handed it. */
export function beganAt() {
	return startedAt;
}

/** One line per step, with the seconds since the command began. */
export function step(words) {
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
	console.log(`${seconds.padStart(6)} s  ${words} …`);
}

/** Ends the process: what went wrong, and what to do, in words. */
export function giveUp(words) {
	console.error(`\n${words}`);
	process.exit(1);
}
