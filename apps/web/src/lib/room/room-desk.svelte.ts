import { CONSENT_SCOPES } from '@throughline/analysis/dialog';
import type { Operation, RoomKit } from '@throughline/api/client';
import { modeOf } from './consent.ts';
import { RoomFile } from './room-file.ts';
import { RoomSender } from './room-sender.svelte.ts';
import { applyToRoom, isWithin, type Note, type Room, type Span } from './room.ts';
import {
	type ConsentLine,
	consentSaid,
	isoOf,
	type Said,
	seatsFor,
	stretchSaid,
	takeSeats,
} from './said.ts';
import type { KeptKit, Tablet } from './tablet.svelte.ts';

const TICK_MS = 1000;

/**
 * One session in the room. Whatever is done is shown at once, sealed and written to the device, and
 * sent from there when there is a network.
 */
export class RoomDesk {
	readonly kit: RoomKit;
	/** The server's clock less the tablet's. */
	readonly clockOffset: number;
	room: Room = $state.raw() as Room; // set in the constructor
	/** The tablet's clock put right by the server's. */
	now = $state(0);
	readonly sender: RoomSender;
	/** The last write to the device failed; nothing typed since is safe. */
	isUnsaved = $state(false);
	readonly #tablet: Tablet;
	readonly #file: RoomFile;

	#ticking: ReturnType<typeof setInterval> | undefined;
	#release: (() => void) | undefined;
	#onDeleted: ((span: Span) => Promise<void> | undefined) | null = null;

	private constructor(tablet: Tablet, { kit, clockOffset }: KeptKit, room: Room) {
		this.#tablet = tablet;
		this.clockOffset = clockOffset;
		this.sender = new RoomSender(tablet, kit.session.id);
		this.#file = new RoomFile(tablet.store, kit.session.id);
		this.kit = kit;
		this.room = room;
		this.now = this.time();
	}

	/** The session as it was left, whatever happened since; null when it was never taken along. */
	static async open(tablet: Tablet, sessionId: string): Promise<RoomDesk | null> {
		const kept = await tablet.store.kits.get<KeptKit>(sessionId);
		if (!kept) {
			return null;
		}
		const room = await new RoomFile(tablet.store, sessionId).read(kept.kit);
		return new RoomDesk(tablet, kept, room);
	}

	begin(): void {
		this.#ticking = setInterval(() => this.#tick(), TICK_MS);
		if (this.isRunning) {
			this.#release ??= this.#tablet.store.vault.keepOpen();
		}
		this.sender.begin();
	}

	end(): void {
		clearInterval(this.#ticking);
		this.sender.end();
		this.#release?.();
		this.#release = undefined;
	}

	get isRunning(): boolean {
		return this.room.startedAt !== null && this.room.endedAt === null;
	}

	/** Milliseconds since the session began. */
	get ms(): number {
		return this.room.startedAt === null ? 0 : Math.max(0, this.now - this.room.startedAt);
	}

	/** The server's word counts; what was said here since then can only take sound away. */
	get mode(): 'audio' | 'notes_only' {
		const here = modeOf(this.room, this.kit);
		const { serverMode, unsent } = this.sender;
		return serverMode !== null && (unsent === 0 || here === 'audio') ? serverMode : here;
	}

	time(): number {
		return Date.now() + this.clockOffset;
	}

	/** Shows operations, and writes them to the device before anything is sent. */
	say(...said: Said[]): Promise<void> {
		const at = isoOf(this.time());
		// Id, time and the rest together are an operation of that type.
		const operations = said.map((each) => ({ id: crypto.randomUUID(), at, ...each }) as Operation);
		this.room = operations.reduce(applyToRoom, this.room);
		return this.#write(operations);
	}

	/** Changes what only this tablet knows: the prompt it shows, who speaks just now. */
	set(change: Partial<Room>): Promise<void> {
		this.room = { ...this.room, ...change };
		return this.#write([]);
	}

	/** Marks who speaks from now on; the same again, that nobody does. */
	async speak(seatId: string | null): Promise<void> {
		const was = this.room.speaking;
		const isSame = was !== null && was.seatId === seatId;
		const ms = this.#msNow();
		const before = this.room;
		this.room = { ...before, speaking: isSame ? null : { seatId, since: ms } };
		const kind = was?.seatId === null ? 'facilitator' : 'speaking';
		await this.say(
			...(was ? [this.#stretch(kind, was.since, { ...before, seatId: was.seatId })] : []),
		);
	}

	/** Goes to a prompt, and notes how long the one before was there. */
	async showPrompt(promptKey: string | null): Promise<void> {
		const before = this.room;
		const ms = this.#msNow();
		this.room = { ...before, promptKey, promptSince: ms, draftId: null };
		await this.say(
			...(before.promptKey === null ? [] : [this.#stretch('prompt', before.promptSince, before)]),
		);
	}

	async pause(): Promise<void> {
		if (this.room.speaking) {
			await this.speak(this.room.speaking.seatId);
		}
		await this.set({ pausedSince: this.#msNow() });
	}

	async resume(): Promise<void> {
		const { pausedSince } = this.room;
		if (pausedSince !== null) {
			this.room = { ...this.room, pausedSince: null };
			await this.say(this.#stretch('pause', pausedSince, this.room));
		}
	}

	/** Stores a note that is being written; an empty one that was never stored is none. */
	async writeNote(note: Omit<Note, 'touchedMs' | 'tableNo'>): Promise<void> {
		const known = this.room.notes.find(({ id }) => id === note.id);
		if (!known && note.text.trim() === '') {
			return;
		}
		const { tableNo, language } = this.room;
		const { id: noteId, promptKey, text, isExact, seatId, atMs } = note;
		const words = { noteId, promptKey, seatId, atMs, text, isExact, tableNo, language };
		const written = this.say({ type: 'note', ...words });
		const touchedMs = this.#msNow();
		this.room = {
			...this.room,
			notes: this.room.notes.map((each) => (each.id === noteId ? { ...each, touchedMs } : each)),
		};
		await written;
	}

	async deleteNote(noteId: string): Promise<void> {
		await this.#file.dropNotes([noteId]);
		await this.say({ type: 'note_deleted', noteId });
	}

	/** Sets what was just said aside: it is gone when nobody takes it back in time. */
	async askDeletion(ms: number = this.kit.rules.deleteMs): Promise<void> {
		await this.#finishDeletion();
		const endMs = this.#msNow();
		const startMs = Math.max(0, endMs - ms);
		await this.set({ deletion: { startMs, endMs, askedAt: Date.now() }, draftId: null });
	}

	async undoDeletion(): Promise<void> {
		await this.set({ deletion: null });
	}

	/** Tells whoever keeps sound of a stretch that was deleted; gives what ends that. */
	whenDeleted(work: (span: Span) => Promise<void> | undefined): () => void {
		this.#onDeleted = work;
		return () => {
			this.#onDeleted = null;
		};
	}

	/** Notes that are shown: those set aside are not. */
	get notes(): Note[] {
		const { deletion, notes } = this.room;
		return deletion ? notes.filter((note) => !isWithin(note, deletion)) : notes;
	}

	/** Takes as many seats as people are here, and says of each what was said. */
	async everybodySays(source: 'guardian' | 'student', isGiven: boolean): Promise<void> {
		const seats = seatsFor(this.room, this.room.present);
		await this.say(
			...(source === 'student' ? takeSeats(this.room, seats) : []),
			...seats.flatMap(({ seatId }) =>
				CONSENT_SCOPES.flatMap((scope) => this.consent({ seatId, scope, source, isGiven })),
			),
		);
	}

	/** One line of the ledger, on the very words that were read. */
	consent(line: ConsentLine): Said[] {
		return consentSaid(this.kit, this.room.language, line);
	}

	/** Sets how many are here: so many seats are taken, in their order. */
	async setPresent(present: number): Promise<void> {
		this.room = { ...this.room, present };
		await this.say(...takeSeats(this.room, seatsFor(this.room, present)));
	}

	async start(): Promise<void> {
		const seats = seatsFor(this.room, this.room.present);
		const started = this.say(...takeSeats(this.room, seats), { type: 'start' });
		this.now = this.time();
		this.#release ??= this.#tablet.store.vault.keepOpen();
		// At once: a note that is begun under no prompt would be another one a moment later.
		await Promise.all([started, this.showPrompt(this.kit.guide.prompts[0]?.key ?? null)]);
	}

	async finish(participants: number): Promise<void> {
		await this.#finishDeletion();
		await this.resume();
		if (this.room.speaking) {
			await this.speak(this.room.speaking.seatId);
		}
		await this.showPrompt(null);
		await this.say({ type: 'participants', n: participants }, { type: 'end' });
		this.#release?.();
		this.#release = undefined;
		await this.sender.sendNow();
	}

	/** Hands what an adult needs to know to the outbox; the tablet keeps no other copy. */
	async raiseFlag(words: string): Promise<void> {
		await this.say({ type: 'safety', atMs: this.#msNow(), text: words });
		await this.set({ flags: this.room.flags + 1 });
		await this.sender.sendNow();
	}

	/** From then until now. */
	#stretch(
		kind: 'speaking' | 'facilitator' | 'prompt' | 'pause',
		startMs: number,
		about: Parameters<typeof stretchSaid>[2],
	): Said {
		return stretchSaid(kind, { startMs, endMs: this.#msNow() }, about);
	}

	#msNow(): number {
		this.now = this.time();
		return Math.round(this.ms);
	}

	#tick(): void {
		this.now = this.time();
		const { deletion } = this.room;
		if (deletion && Date.now() - deletion.askedAt >= this.kit.rules.undoMs) {
			void this.#finishDeletion();
		}
	}

	async #finishDeletion(): Promise<void> {
		const { deletion } = this.room;
		if (deletion) {
			this.room = { ...this.room, deletion: null };
			await this.#deleteSpan(deletion);
		}
	}

	/** Deletes a stretch of the session for good: its notes here, its sound wherever it is. */
	async #deleteSpan(span: Span): Promise<void> {
		const gone = this.room.notes.filter((note) => isWithin(note, span)).map(({ id }) => id);
		await this.#file.dropNotes(gone);
		const { tableNo } = this.room;
		const times = { startMs: Math.round(span.startMs), endMs: Math.round(span.endMs) };
		await this.#onDeleted?.(times);
		await this.say(
			...gone.map((noteId): Said => ({ type: 'note_deleted', noteId })),
			stretchSaid('deleted', times, { promptKey: null, tableNo }),
		);
	}

	async #write(operations: readonly Operation[]): Promise<void> {
		const arrived = this.sender.expect(operations.length);
		this.isUnsaved = !(await this.#file.write(operations, () => this.room).finally(arrived));
		if (!this.isUnsaved && operations.length > 0) {
			await this.sender.sendSoon();
		}
	}
}
