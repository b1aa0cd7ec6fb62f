import { workerAddress } from '#lib/trusted-types.ts';

/** Whether this app opens without a network: the worker itself says so after looking at its cache. */
export type OfflineState = 'checking' | 'ready' | 'not_ready' | 'unsupported';

const VERIFY_WITHIN_MS = 60_000;

/** Installs the worker of /dialogs/ and asks it to check every file it keeps. */
export async function checkOffline(): Promise<OfflineState> {
	if (!('serviceWorker' in navigator)) {
		return 'unsupported';
	}
	try {
		const registration = await navigator.serviceWorker.register(workerAddress(), {
			scope: '/dialogs/',
			type: import.meta.env.DEV ? 'module' : 'classic',
		});
		const worker = await activeOf(registration);
		return (await verify(worker)) ? 'ready' : 'not_ready';
	} catch {
		// Registration fails without a network when there is no worker yet, and in private windows.
		return 'not_ready';
	}
}

/** Asks the browser not to clear what this app keeps when space runs short. */
export async function askToPersist(): Promise<boolean> {
	return 'storage' in navigator && 'persist' in navigator.storage
		? await navigator.storage.persist()
		: false;
}

function activeOf(registration: ServiceWorkerRegistration): Promise<ServiceWorker> {
	if (registration.active) {
		return Promise.resolve(registration.active);
	}
	const coming = registration.installing ?? registration.waiting;
	return new Promise((found, failed) => {
		coming?.addEventListener('statechange', () => {
			if (coming.state === 'activated') {
				found(coming);
			}
			if (coming.state === 'redundant') {
				failed(new Error('The worker could not be installed.'));
			}
		});
	});
}

function verify(worker: ServiceWorker): Promise<boolean> {
	return new Promise((told) => {
		const channel = new MessageChannel();
		channel.port1.onmessage = ({ data }: MessageEvent<unknown>) => told(data === 'verified');
		setTimeout(() => told(false), VERIFY_WITHIN_MS);
		worker.postMessage('verify', [channel.port2]);
	});
}
