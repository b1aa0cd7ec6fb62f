import type { LocalRecording, LocalSlice } from '../recorder/recording.ts';
import { createDeviceDb, type DeviceDb, keyShelfIn, type Transaction } from './device-db.ts';
import { createVault, type Vault } from './vault.ts';

/** Something noted on the device that the server has to be told. */
export interface Operation {
	/** A UUID made on the device: telling it twice changes nothing. */
	id: string;
	sessionId: string;
	kind: string;
	body: unknown;
}

/**
 * The encrypted store of a tablet. Everything is sealed before it is written and every write is
 * on the disk when its promise resolves. With the vault locked, reading and writing throw
 * VaultLocked; deleting and counting do not need the key.
 */
export interface DeviceStore {
	vault: Vault;
	/** Small things by name, e.g. `device` for the token of this tablet. */
	meta: {
		get<T>(name: string): Promise<T | undefined>;
		put(name: string, value: unknown): Promise<void>;
		delete(name: string): Promise<void>;
	};
	/** What a session needs without a network, by session id. */
	kits: {
		get<T>(sessionId: string): Promise<T | undefined>;
		put(sessionId: string, kit: unknown): Promise<void>;
		/** The ids of the sessions there is a kit for. */
		list(): Promise<string[]>;
		delete(sessionId: string): Promise<void>;
	};
	/** The outbox, in the order things were put in. */
	operations: {
		/** All of them or none: what was done at once is kept at once. */
		put(...operations: Operation[]): Promise<void>;
		/** The oldest first; `limit` of them, 1,000 unless said otherwise. */
		list(options?: { sessionId?: string; limit?: number }): Promise<Operation[]>;
		count(): Promise<number>;
		delete(ids: readonly string[]): Promise<void>;
	};
	recordings: {
		get(id: string): Promise<LocalRecording | undefined>;
		put(recording: LocalRecording): Promise<void>;
		list(options?: { sessionId?: string }): Promise<LocalRecording[]>;
		count(): Promise<number>;
		/** The recording and all its slices. */
		delete(id: string): Promise<void>;
	};
	slices: {
		/** Seals the slice and writes it, before anything else is done with it. */
		put(slice: LocalSlice, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
		/** What is known of each slice, in order; the sound stays where it is. */
		list(recordingId: string): Promise<LocalSlice[]>;
		bytes(recordingId: string, number: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
	};
	/** Destroys the key and deletes everything. For a device that was revoked or handed back. */
	forget(): Promise<void>;
	close(): Promise<void>;
}

const MANY = 1000;

/** The store of this device, with its vault still locked. */
export function openDeviceStore({
	db = createDeviceDb(),
	vault = createVault({ shelf: keyShelfIn(db) }),
}: { db?: DeviceDb; vault?: Vault } = {}): DeviceStore {
	const sealed = (name: string, value: unknown) =>
		vault.seal(name, new TextEncoder().encode(JSON.stringify(value)));
	/** The value as it was put in: only this app writes here, and a changed one does not open. */
	async function opened<T>(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<T> {
		return JSON.parse(new TextDecoder().decode(await vault.open(name, bytes))) as T;
	}
	const inOrder = oneAfterTheOther();

	return {
		vault,
		meta: {
			async get<T>(name: string) {
				const row = await db.read('meta', (trx) => trx.objectStore('meta').get(`value/${name}`));
				return row?.sealed && (await opened<T>(`meta/${name}`, row.sealed));
			},
			async put(name, value) {
				const row = { name: `value/${name}`, sealed: await sealed(`meta/${name}`, value) };
				await db.write('meta', (trx) => trx.objectStore('meta').put(row));
			},
			async delete(name) {
				await db.write('meta', (trx) => trx.objectStore('meta').delete(`value/${name}`));
			},
		},
		kits: {
			async get<T>(sessionId: string) {
				const row = await db.read('kits', (trx) => trx.objectStore('kits').get(sessionId));
				return row && (await opened<T>(`kit/${sessionId}`, row.sealed));
			},
			async put(sessionId, kit) {
				const row = { sessionId, sealed: await sealed(`kit/${sessionId}`, kit) };
				await db.write('kits', (trx) => trx.objectStore('kits').put(row));
			},
			list: () => db.read('kits', (trx) => trx.objectStore('kits').getAllKeys()),
			async delete(sessionId) {
				await db.write('kits', (trx) => trx.objectStore('kits').delete(sessionId));
			},
		},
		operations: {
			put: (...operations) =>
				inOrder(async () => {
					const rows = await Promise.all(
						operations.map(async ({ id, sessionId, kind, body }) => ({
							id,
							sessionId,
							sealed: await sealed(`operation/${id}`, { kind, body }),
						})),
					);
					await db.write('operations', async (trx) => {
						for (const row of rows) {
							await trx.objectStore('operations').put(row);
						}
					});
				}),
			async list({ sessionId, limit = MANY } = {}) {
				const rows = await db.read('operations', (trx) => {
					const store = trx.objectStore('operations');
					return sessionId === undefined
						? store.getAll(undefined, limit)
						: store.index('sessionId').getAll(sessionId, limit);
				});
				return Promise.all(
					rows.map(async (row) => ({
						id: row.id,
						sessionId: row.sessionId,
						...(await opened<Pick<Operation, 'kind' | 'body'>>(`operation/${row.id}`, row.sealed)),
					})),
				);
			},
			count: () => db.read('operations', (trx) => trx.objectStore('operations').count()),
			async delete(ids) {
				await db.write('operations', async (trx) => {
					const store = trx.objectStore('operations');
					for (const id of ids) {
						const number = await store.index('id').getKey(id);
						if (number !== undefined) {
							await store.delete(number);
						}
					}
				});
			},
		},
		recordings: {
			async get(id) {
				const row = await db.read('recordings', (trx) => trx.objectStore('recordings').get(id));
				return row && (await opened<LocalRecording>(`recording/${id}`, row.sealed));
			},
			async put(recording) {
				const { id, sessionId } = recording;
				const row = { id, sessionId, sealed: await sealed(`recording/${id}`, recording) };
				await db.write('recordings', (trx) => trx.objectStore('recordings').put(row));
			},
			async list({ sessionId } = {}) {
				const rows = await db.read('recordings', (trx) => {
					const store = trx.objectStore('recordings');
					return sessionId === undefined
						? store.getAll()
						: store.index('sessionId').getAll(sessionId);
				});
				return Promise.all(
					rows.map((row) => opened<LocalRecording>(`recording/${row.id}`, row.sealed)),
				);
			},
			count: () => db.read('recordings', (trx) => trx.objectStore('recordings').count()),
			async delete(id) {
				await db.write(['recordings', 'slices'], (trx) => deleteRecording(trx, id));
			},
		},
		slices: {
			async put(slice, bytes) {
				const { recordingId, number } = slice;
				const name = `slice/${recordingId}/${number}`;
				const row = {
					recordingId,
					number,
					about: await sealed(`${name}/about`, slice),
					sealed: await vault.seal(name, bytes),
				};
				await db.write('slices', (trx) => trx.objectStore('slices').put(row));
			},
			async list(recordingId) {
				const rows = await db.read('slices', async (trx) => {
					const found: { number: number; about: Uint8Array<ArrayBuffer> }[] = [];
					// One at a time: the sound of two hours need not be in memory for this.
					let cursor = await trx.objectStore('slices').openCursor(slicesOf(recordingId));
					while (cursor) {
						found.push({ number: cursor.value.number, about: cursor.value.about });
						cursor = await cursor.continue();
					}
					return found;
				});
				return Promise.all(
					rows.map(({ number, about }) =>
						opened<LocalSlice>(`slice/${recordingId}/${number}/about`, about),
					),
				);
			},
			async bytes(recordingId, number) {
				const row = await db.read('slices', (trx) =>
					trx.objectStore('slices').get([recordingId, number]),
				);
				return row && vault.open(`slice/${recordingId}/${number}`, row.sealed);
			},
		},
		async forget() {
			await vault.forget();
			const stores = ['meta', 'kits', 'operations', 'recordings', 'slices'] as const;
			await db.write([...stores], async (trx) => {
				for (const store of stores) {
					await trx.objectStore(store).clear();
				}
			});
		},
		close: () => db.close(),
	};
}

function slicesOf(recordingId: string): IDBKeyRange {
	return IDBKeyRange.bound([recordingId, 0], [recordingId, Infinity]);
}

async function deleteRecording(trx: Transaction<'readwrite'>, id: string): Promise<void> {
	await trx.objectStore('recordings').delete(id);
	await trx.objectStore('slices').delete(slicesOf(id));
}

/** Work in the order it was asked for: sealing takes a moment, and may not overtake. */
function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const next = last.then(work, work);
		last = next.catch(() => undefined);
		return next;
	};
}
