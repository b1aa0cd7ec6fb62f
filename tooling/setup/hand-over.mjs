import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';
import { buildEnvironment } from './pages.mjs';

/**
 * Runs a command to its end in this one's place: its output is ours, signals are passed on, and
 * its exit status becomes ours. The channel between the two tells it when we are gone.
 * @param {string} command
 * @param {string[]} args
 */
export function handOver(command, args) {
	const child = spawn(command, args, {
		cwd: root,
		env: buildEnvironment(),
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
	}
	stopWhenOrphaned(child);
	child.on('error', (error) => {
		console.error(`${command} could not be started: ${error.message}`);
		process.exit(1);
	});
	child.on('exit', (code, signal) => {
		process.exit(signal === null ? code : 128 + (constants.signals[signal] ?? 0));
	});
}

/** npm passes SIGTERM to the shell between us, which dies of it without telling us. */
function stopWhenOrphaned(child) {
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid !== parent) {
			clearInterval(timer);
			child.kill('SIGTERM');
		}
	}, 500);
	timer.unref();
}
