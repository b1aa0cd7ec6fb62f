import type { TranscriptView, TurnPage, TurnView } from '@throughline/api/client';
import type { Store } from '#lib/outbox.svelte.ts';
import type { OneTranscriptApi, ShownPlace, TurnChange } from '../transcript-api.ts';
import { oneLine } from './one-line.ts';
import type { TurnBlocks } from './turn-blocks.svelte.ts';
import { TurnSaving } from './turn-saving.svelte.ts';
import type { Draft, UnsavedChange } from './unsaved-change.ts';

interface Beside {
	api: OneTranscriptApi;
	store: Store<UnsavedChange>;
	drafts: Store<Draft>;
	/** Brings a turn into sight and gives it the focus. */
	reveal: (turnId: string) => void;
}

/**
 * A person over a transcript in the browser: which turn is looked at, what is written in it, what
 * is on its way. Small changes show at once and are sent behind; what depends on the server waits.
 */
export class TranscriptEditor {
	readonly blocks: TurnBlocks;
	readonly view: TranscriptView;
	readonly saving: TurnSaving;
	activeId = $state<string | null>(null);
	/** Words being written in the active turn; null while none are. */
	draft = $state<string | null>(null);
	/** The prompt of the active turn is being chosen. */
	isChoosingPrompt = $state(false);
	/** Where the excerpt being marked begins. */
	spanStart = $state<ShownPlace | null>(null);

	#beside: Beside;

	constructor(view: TranscriptView, first: TurnPage, beside: Beside) {
		this.view = view;
		this.#beside = beside;
		this.saving = new TurnSaving(view, first, beside);
		this.blocks = this.saving.blocks;
		this.activeId = first.turns[0]?.id ?? null;
	}

	get isDraftStatus(): boolean {
		return this.view.status === 'draft';
	}

	get active(): TurnView | undefined {
		return this.activeId === null ? undefined : this.blocks.find(this.activeId);
	}

	/** The redaction that `accept` and `reject` are about. */
	get current() {
		return this.active?.redactions.find(({ status }) => status === 'suggested');
	}

	/** To be called once in the browser: what was not saved before a reload is taken up. */
	async resume(): Promise<void> {
		this.saving.resume();
		const [left] = this.#beside.drafts.read();
		if (left) {
			await this.saving.outbox.flush();
			await this.goTo(left);
			if (this.active?.id === left.turnId) {
				this.write(left.text);
			}
		}
	}

	/** The turn that keys are about from now on. */
	take(turnId: string): void {
		if (this.activeId !== turnId) {
			this.saveWords();
			this.isChoosingPrompt = false;
			this.activeId = turnId;
		}
	}

	/** The same, brought into sight. */
	select(turnId: string): void {
		this.take(turnId);
		this.#beside.reveal(turnId);
	}

	/** Goes to a turn wherever it is. */
	async goTo(place: { turnId: string; position: number }): Promise<void> {
		const block = this.blocks.blockAt(place.position);
		if (block) {
			await this.blocks.load(block);
			block.isNear = true;
			this.select(place.turnId);
		}
	}

	async move(by: 1 | -1): Promise<void> {
		const next = this.activeId === null ? undefined : this.blocks.neighbour(this.activeId, by);
		if (next) {
			this.select(next.id);
			return;
		}
		const { active } = this;
		const block = active && this.blocks.blockAt(active.position);
		const beyond = block && this.blocks.blocks[block.index + by];
		if (active && beyond && beyond.turns === null) {
			await this.blocks.load(beyond);
			const found = this.blocks.neighbour(active.id, by);
			if (found) {
				this.select(found.id);
			}
		}
	}

	/** What is being written; kept over a reload. */
	write(text: string): void {
		const { active } = this;
		if (active?.isTakenBack) {
			return;
		}
		this.draft = text;
		if (active && this.isDraftStatus) {
			this.#beside.drafts.write([{ turnId: active.id, position: active.position, text }]);
		}
	}

	leave(): void {
		this.draft = null;
		this.#beside.drafts.write([]);
	}

	/** Sends what was written, if it says anything else than before. */
	saveWords(): void {
		const { active, draft } = this;
		if (active && draft !== null && this.isDraftStatus) {
			const text = oneLine(draft);
			if (text !== '' && text !== active.text) {
				this.saving.change(active, { kind: 'text', text });
			}
		}
		this.leave();
	}

	/** A change whose outcome the server has to tell. */
	async changeThere(turn: TurnView, change: TurnChange): Promise<void> {
		await this.saving.direct(async () => {
			const now = this.blocks.find(turn.id) ?? turn;
			const changed = await this.#beside.api.edit({ turnId: now.id, version: now.version }, change);
			this.saving.apply(changed);
			const next = changed.turns.at(change.kind === 'split' ? -1 : 0);
			if (next) {
				this.select(next.id);
			}
		});
	}

	/** Puts a turn, or all from it on, on another prompt. */
	async setPrompt(
		turn: TurnView,
		change: { promptKey: string | null; isFromHere: boolean },
	): Promise<void> {
		this.isChoosingPrompt = false;
		if (change.isFromHere) {
			await this.changeThere(turn, { kind: 'prompt', ...change });
		} else {
			this.saving.change(turn, { kind: 'prompt', ...change });
		}
		this.#beside.reveal(turn.id);
	}

	/** Takes a turn out and goes on to the one after it. */
	async remove(turn: TurnView): Promise<void> {
		const next = this.blocks.neighbour(turn.id, 1) ?? this.blocks.neighbour(turn.id, -1);
		await this.saving.direct(async () => {
			const now = this.blocks.find(turn.id) ?? turn;
			const seen = { turnId: now.id, version: now.version };
			this.saving.apply(await this.#beside.api.edit(seen, { kind: 'delete' }));
			if (next) {
				this.select(next.id);
			}
		});
	}

	async step(direction: 'undo' | 'redo'): Promise<void> {
		this.saveWords();
		await this.saving.direct(async () => {
			const changed = await this.#beside.api.step(direction);
			this.saving.apply(changed);
			const [turn] = changed.turns;
			if (turn) {
				await this.goTo({ turnId: turn.id, position: turn.position });
			}
		});
	}

	/** Hides what is suggested, or leaves it, and goes on to the next. */
	async decide(
		status: 'accepted' | 'rejected',
		{ isForAll }: { isForAll: boolean },
	): Promise<void> {
		const { current, active } = this;
		if (!current || !active || !this.isDraftStatus) {
			await this.goToNext('undecided');
			return;
		}
		if (isForAll) {
			await this.saving.direct(async () => {
				this.saving.apply(await this.#beside.api.decide(current.id, { status, isForAll }));
			});
		} else {
			this.saving.decide(active, { redactionId: current.id, status });
		}
		if (!this.current && this.saving.counts.undecided > 0) {
			await this.goToNext('undecided');
		}
	}

	/** The next turn that waits for something; near ones without asking the server. */
	async goToNext(what: 'undecided' | 'unassigned'): Promise<void> {
		const near = this.#nextNear(what);
		if (near) {
			this.select(near.id);
			return;
		}
		await this.saving.direct(async () => {
			const from = (this.active?.position ?? -1) + 1e-6;
			const place = await this.#beside.api.next(what, from);
			if (place) {
				await this.goTo(place);
			}
		});
	}

	async hide(span: { start: number; end: number; kind: string }): Promise<void> {
		const { active } = this;
		this.saveWords();
		await this.saving.direct(async () => {
			const turn = active && this.blocks.find(active.id);
			if (turn) {
				const seen = { turnId: turn.id, version: turn.version };
				this.saving.apply(await this.#beside.api.hide({ ...seen, ...span }));
				this.select(turn.id);
			}
		});
	}

	async mark(start: ShownPlace, end: ShownPlace): Promise<void> {
		await this.saving.direct(async () => {
			this.saving.apply(await this.#beside.api.mark(start, end));
			this.spanStart = null;
		});
	}

	async takeBack(spanId: string): Promise<void> {
		await this.saving.direct(async () => {
			const { counts } = await this.#beside.api.takeBack(spanId);
			this.saving.counts = counts;
			this.blocks.dropSpan(spanId);
		});
	}

	/** Something else that needs everything saved first. @returns false when it was refused. */
	async after(work: () => Promise<void>): Promise<boolean> {
		this.saveWords();
		await this.saving.direct(work);
		return this.saving.message === null;
	}

	#nextNear(what: 'undecided' | 'unassigned'): TurnView | undefined {
		const isWaiting = (turn: TurnView) =>
			what === 'undecided'
				? turn.redactions.some(({ status }) => status === 'suggested')
				: turn.kind === 'speech' && turn.speaker === '';
		for (let turn = this.active; turn;) {
			const next: TurnView | undefined = this.blocks.neighbour(turn.id, 1);
			if (next && isWaiting(next)) {
				return next;
			}
			turn = next;
		}
		return undefined;
	}
}
