import type { Config } from '../config.ts';
import type { Deps } from '../deps.ts';
import { isForThisMachine } from '../sign-in/from-this-machine.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Warns the operator of a server that others reach without TLS. */
export function reportPlainHttp(
	config: Pick<Config, 'HOST' | 'PUBLIC_URL'>,
	log: Pick<Deps['log'], 'warn'>,
): void {
	const isReached =
		config.PUBLIC_URL === undefined ? !LOOPBACK.has(config.HOST) : !isForThisMachine(config);
	if (isReached && !config.PUBLIC_URL?.startsWith('https:')) {
		log.warn(
			'Others reach this server without https: codes, answers and sessions can be read on their way. Put a reverse proxy that ends TLS in front of it, and set PUBLIC_URL to its https address.',
		);
	}
}
