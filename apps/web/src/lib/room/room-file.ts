import type { Operation, RoomKit } from '@throughline/api/client';
import type { DeviceStore, Operation as Stored } from '../device/device-store.ts';
import { ROOM_KIND } from './outbox.ts';
import { applyToRoom, emptyRoom, refreshRoom, type Room } from './room.ts';

type Store = Pick<DeviceStore, 'meta' | 'operations'>;

/**
 * One session on the device: the room as it is, and in the outbox what was done in it. The outbox
 * is written first, so a crash between the two loses nothing.
 */
export class RoomFile {
	readonly #store: Store;
	readonly #sessionId: string;
	readonly #name: string;
	/** The newest operation of each note that was put in here: older ones need not be sent. */
	readonly #lastOfNote = new Map<string, string>();
	#writes: Promise<unknown> = Promise.resolve();

	constructor(store: Store, sessionId: string) {
		this.#store = store;
		this.#sessionId = sessionId;
		this.#name = `room/${sessionId}`;
	}

	/** The room as it was left, whatever happened since. */
	async read(kit: RoomKit): Promise<Room> {
		const stored = await this.#store.meta.get<Room>(this.#name);
		const before = stored ? refreshRoom(stored, kit) : emptyRoom(kit);
		return (await this.#waiting()).map(operationIn).reduce(applyToRoom, before);
	}

	/** One write after another. False when the device did not take it. */
	write(operations: readonly Operation[], room: () => Room): Promise<boolean> {
		const write = async () => {
			const sessionId = this.#sessionId;
			await this.#store.operations.put(
				...operations.map((body) => ({ id: body.id, sessionId, kind: ROOM_KIND, body })),
			);
			for (const body of operations) {
				await this.#dropOlder(body);
			}
			await this.#store.meta.put(this.#name, room());
		};
		const done = this.#writes.then(write).then(
			() => true,
			() => false,
		);
		this.#writes = done;
		return done;
	}

	/** Words that are deleted need not leave the tablet first. */
	async dropNotes(noteIds: readonly string[]): Promise<void> {
		await this.#writes;
		const own = (await this.#waiting()).filter((stored) => {
			const operation = operationIn(stored);
			return operation.type === 'note' && noteIds.includes(operation.noteId);
		});
		await this.#store.operations.delete(own.map(({ id }) => id));
	}

	async #waiting(): Promise<Stored[]> {
		const all = await this.#store.operations.list({ sessionId: this.#sessionId });
		return all.filter(({ kind }) => kind === ROOM_KIND);
	}

	async #dropOlder(operation: Operation): Promise<void> {
		if (operation.type === 'note') {
			const older = this.#lastOfNote.get(operation.noteId);
			this.#lastOfNote.set(operation.noteId, operation.id);
			if (older !== undefined) {
				await this.#store.operations.delete([older]);
			}
		}
	}
}

/** Put in by `write`, and by nothing else under this kind. */
function operationIn({ body }: Stored): Operation {
	return body as Operation;
}
