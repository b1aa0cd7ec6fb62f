import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { KeyShelf, WrappedKey } from './vault.ts';

type Sealed = Uint8Array<ArrayBuffer>;

/**
 * What lies on the device. Ids and numbers are in the clear, so that things can be found and kept
 * in order; everything else is sealed by the vault.
 */
interface DeviceSchema extends DBSchema {
	meta: { key: string; value: { name: string; sealed?: Sealed; key?: WrappedKey } };
	kits: { key: string; value: { sessionId: string; sealed: Sealed } };
	operations: {
		key: number;
		value: { number?: number; id: string; sessionId: string; sealed: Sealed };
		indexes: { id: string; sessionId: string };
	};
	recordings: {
		key: string;
		value: { id: string; sessionId: string; sealed: Sealed };
		indexes: { sessionId: string };
	};
	slices: {
		key: [string, number];
		value: { recordingId: string; number: number; about: Sealed; sealed: Sealed };
	};
}

type StoreName = 'meta' | 'kits' | 'operations' | 'recordings' | 'slices';

const NAME = 'throughline-device';
const VERSION = 1;
const KEY_NAME = 'wrapped-key';

/** A connection that is made again whenever the browser drops it. */
export interface DeviceDb {
	read<T>(store: StoreName, work: (trx: Transaction<'readonly'>) => Promise<T>): Promise<T>;
	/** Resolves when the disk has it: `durability: 'strict'`. */
	write<T>(
		stores: StoreName | StoreName[],
		work: (trx: Transaction<'readwrite'>) => Promise<T>,
	): Promise<T>;
	close(): Promise<void>;
}

export type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<
	DeviceSchema,
	StoreName[],
	Mode
>;

export function createDeviceDb(): DeviceDb {
	let connection: Promise<IDBPDatabase<DeviceSchema>> | null = null;

	function connect(): Promise<IDBPDatabase<DeviceSchema>> {
		connection ??= openDB<DeviceSchema>(NAME, VERSION, {
			upgrade,
			// Another tab wants a newer version: let it.
			blocking: () => void close(),
			terminated: () => {
				connection = null;
			},
		}).catch((error: unknown) => {
			connection = null;
			throw error;
		});
		return connection;
	}

	async function close(): Promise<void> {
		const open = connection;
		connection = null;
		(await open)?.close();
	}

	/** Safari drops connections of pages it put to sleep: the next use makes a new one. */
	async function again<T>(work: (db: IDBPDatabase<DeviceSchema>) => Promise<T>): Promise<T> {
		try {
			return await work(await connect());
		} catch (error) {
			if (error instanceof DOMException && isDropped(error)) {
				connection = null;
				return work(await connect());
			}
			throw error;
		}
	}

	return {
		read: (store, work) => again((db) => work(db.transaction([store], 'readonly'))),
		write: (stores, work) =>
			again(async (db) => {
				const trx = db.transaction([stores].flat(), 'readwrite', { durability: 'strict' });
				// Looked at below; a failed transaction must not be an unhandled rejection as well.
				trx.done.catch(() => undefined);
				const result = await work(trx);
				await trx.done;
				return result;
			}),
		close,
	};
}

/** The wrapped key, in the same database as what it seals. */
export function keyShelfIn(db: DeviceDb): KeyShelf {
	return {
		async read() {
			const row = await db.read('meta', (trx) => trx.objectStore('meta').get(KEY_NAME));
			return row?.key;
		},
		async write(key) {
			await db.write('meta', (trx) => trx.objectStore('meta').put({ name: KEY_NAME, key }));
		},
		async remove() {
			await db.write('meta', (trx) => trx.objectStore('meta').delete(KEY_NAME));
		},
	};
}

function isDropped(error: DOMException): boolean {
	return (
		error.name === 'InvalidStateError' ||
		(error.name === 'UnknownError' && error.message.includes('Connection'))
	);
}

function upgrade(db: IDBPDatabase<DeviceSchema>, from: number): void {
	if (from < 1) {
		db.createObjectStore('meta', { keyPath: 'name' });
		db.createObjectStore('kits', { keyPath: 'sessionId' });
		const operations = db.createObjectStore('operations', {
			keyPath: 'number',
			autoIncrement: true,
		});
		operations.createIndex('id', 'id', { unique: true });
		operations.createIndex('sessionId', 'sessionId');
		db.createObjectStore('recordings', { keyPath: 'id' }).createIndex('sessionId', 'sessionId');
		db.createObjectStore('slices', { keyPath: ['recordingId', 'number'] });
	}
}
