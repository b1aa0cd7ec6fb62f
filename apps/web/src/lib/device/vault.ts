/** PBKDF2-SHA-256 rounds for new passphrases; what OWASP asked for in 2023, and not less. */
export const ITERATIONS = 600_000;
const LOCK_AFTER_MS = 10 * 60_000;
const IV_BYTES = 12;

/** The data key as it lies on the device: of use only to someone with the passphrase. */
export interface WrappedKey {
	salt: Uint8Array<ArrayBuffer>;
	iterations: number;
	iv: Uint8Array<ArrayBuffer>;
	wrapped: Uint8Array<ArrayBuffer>;
}

/** Where the wrapped key lies (device-db.ts gives one that is in IndexedDB). */
export interface KeyShelf {
	read(): Promise<WrappedKey | undefined>;
	write(key: WrappedKey): Promise<void>;
	remove(): Promise<void>;
}

type VaultState = 'locked' | 'unlocked';

/** Thrown when something is to be sealed or opened while the vault is locked. */
export class VaultLocked extends Error {
	override readonly name = 'VaultLocked';
	constructor() {
		super('The vault of this device is locked.');
	}
}

export interface Vault {
	readonly state: VaultState;
	/** Whether a passphrase was ever set here, and its key not forgotten since. */
	hasKey(): Promise<boolean>;
	/** Sets the passphrase of a device without one, and unlocks. Throws where there is a key. */
	create(passphrase: string): Promise<void>;
	unlock(passphrase: string): Promise<'unlocked' | 'wrong_passphrase' | 'no_key'>;
	lock(): void;
	/** Destroys the wrapped key: whatever was sealed with it can never be read again. */
	forget(): Promise<void>;
	/** Somebody is using the device: the ten minutes start again. */
	touch(): void;
	/** Keeps the vault from locking by itself until the function it gives is called. */
	keepOpen(): () => void;
	/** Seals bytes to a name: under another name they do not open. */
	seal(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
	open(name: string, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
	/** Calls back whenever the state changes; gives the function that ends it. */
	onChange(listener: (state: VaultState) => void): () => void;
}

interface Options {
	shelf: KeyShelf;
	/** Milliseconds; a test sets its own. */
	clock?: () => number;
	iterations?: number;
}

/**
 * The vault of a tablet. A random AES-GCM key of 256 bits seals everything; a passphrase wraps
 * that key. Both are non-extractable CryptoKeys, held in memory only while it is unlocked.
 */
export function createVault({
	shelf,
	clock = () => Date.now(),
	iterations = ITERATIONS,
}: Options): Vault {
	let key: CryptoKey | null = null;
	let usedAt = clock();
	let holds = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const listeners = new Set<(state: VaultState) => void>();

	function become(next: CryptoKey | null): void {
		const isChange = (key === null) !== (next === null);
		key = next;
		usedAt = clock();
		watch();
		if (isChange) {
			for (const listener of listeners) {
				listener(next === null ? 'locked' : 'unlocked');
			}
		}
	}

	/** Timers stand still while a tablet sleeps, so the clock is asked as well. */
	function isOverdue(): boolean {
		return holds === 0 && clock() - usedAt >= LOCK_AFTER_MS;
	}

	function watch(): void {
		clearTimeout(timer);
		if (key === null || holds > 0) {
			return;
		}
		timer = setTimeout(
			() => {
				if (isOverdue()) {
					become(null);
				} else {
					watch();
				}
			},
			Math.max(0, usedAt + LOCK_AFTER_MS - clock()),
		);
	}

	function current(): CryptoKey {
		if (key !== null && isOverdue()) {
			become(null);
		}
		if (key === null) {
			throw new VaultLocked();
		}
		return key;
	}

	return {
		get state() {
			return key === null || isOverdue() ? 'locked' : 'unlocked';
		},
		hasKey: async () => (await shelf.read()) !== undefined,
		async create(passphrase) {
			if (await shelf.read()) {
				throw new Error('This device has a passphrase already.');
			}
			const made = await wrapNewKey(passphrase, iterations);
			await shelf.write(made);
			become(await unwrap(made, passphrase));
		},
		async unlock(passphrase) {
			const wrapped = await shelf.read();
			if (!wrapped) {
				return 'no_key';
			}
			const unwrapped = await unwrap(wrapped, passphrase);
			if (unwrapped === null) {
				return 'wrong_passphrase';
			}
			become(unwrapped);
			return 'unlocked';
		},
		lock: () => become(null),
		async forget() {
			await shelf.remove();
			become(null);
		},
		touch() {
			if (key !== null && !isOverdue()) {
				usedAt = clock();
				watch();
			}
		},
		keepOpen() {
			current();
			holds += 1;
			watch();
			let isHeld = true;
			return () => {
				if (isHeld) {
					isHeld = false;
					holds -= 1;
					usedAt = clock();
					watch();
				}
			};
		},
		async seal(name, bytes) {
			const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
			const sealed = await crypto.subtle.encrypt(algorithm(iv, name), current(), bytes);
			const whole = new Uint8Array(IV_BYTES + sealed.byteLength);
			whole.set(iv);
			whole.set(new Uint8Array(sealed), IV_BYTES);
			return whole;
		},
		async open(name, sealed) {
			const iv = sealed.slice(0, IV_BYTES);
			const opened = await crypto.subtle.decrypt(
				algorithm(iv, name),
				current(),
				sealed.subarray(IV_BYTES),
			);
			return new Uint8Array(opened);
		},
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

function algorithm(iv: Uint8Array<ArrayBuffer>, name: string): AesGcmParams {
	return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
}

async function wrappingKey(
	passphrase: string,
	{ salt, iterations }: Pick<WrappedKey, 'salt' | 'iterations'>,
): Promise<CryptoKey> {
	// The same words typed on another keyboard may be other bytes: NFKC makes them one.
	const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
	const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{ name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
		material,
		{ name: 'AES-GCM', length: 256 },
		false,
		['wrapKey', 'unwrapKey'],
	);
}

async function wrapNewKey(passphrase: string, iterations: number): Promise<WrappedKey> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	// Extractable for this one moment: wrapping takes it out. What is used later is not.
	const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
		'encrypt',
		'decrypt',
	]);
	const wrapping = await wrappingKey(passphrase, { salt, iterations });
	const wrapped = await crypto.subtle.wrapKey('raw', fresh, wrapping, { name: 'AES-GCM', iv });
	return { salt, iterations, iv, wrapped: new Uint8Array(wrapped) };
}

/** The data key, or null when the passphrase is another one. */
async function unwrap(key: WrappedKey, passphrase: string): Promise<CryptoKey | null> {
	const wrapping = await wrappingKey(passphrase, key);
	try {
		return await crypto.subtle.unwrapKey(
			'raw',
			key.wrapped,
			wrapping,
			{ name: 'AES-GCM', iv: key.iv },
			'AES-GCM',
			false,
			['encrypt', 'decrypt'],
		);
	} catch (error) {
		// What WebCrypto throws when the tag does not fit: the passphrase is wrong.
		if (error instanceof Error && error.name === 'OperationError') {
			return null;
		}
		throw error;
	}
}
