import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { newcomerLines } from './start/first-addresses.ts';
import { startServer } from './start/start-server.ts';
import { stopOnSignal } from './start/stop-on-signal.ts';

/** Starts the server: the one place that reads the environment and the arguments. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			empty: { type: 'boolean', default: false },
			'api-only': { type: 'boolean', default: false },
			'began-at': { type: 'string' },
		},
	});
	const beganAt = Number(values['began-at'] ?? Date.now());
	const server = await startServer({
		config: readConfig(process.env, { isSampleWanted: !values.empty }),
		hasPages: !values['api-only'],
		onStep(step) {
			const seconds = ((Date.now() - beganAt) / 1000).toFixed(1);
			console.log(`${seconds.padStart(6)} s  ${step} …`);
		},
		onFatal: fail,
	});
	stopOnSignal(async (reason) => {
		console.log('Stopping …');
		// Ctrl-C comes from somebody who waits for it, SIGTERM from whatever runs servers.
		await server.stop({ hasNotice: reason === 'SIGTERM' });
		console.log('Stopped. Everything that was acknowledged is stored.');
	});
	console.log(`Throughline is ready: ${server.address}`);
	console.log(newcomerLines(server.address, server.firstAddresses).join('\n'));
}

function fail(error: unknown): never {
	const message = error instanceof Error ? error.message : String(error);
	console.error(`\nThroughline could not go on.\n${message}`);
	process.exit(1);
}

main().catch(fail);
