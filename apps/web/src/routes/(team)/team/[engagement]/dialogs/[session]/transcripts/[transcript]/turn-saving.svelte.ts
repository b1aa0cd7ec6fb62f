import type {
	ChangedTurns,
	TranscriptCounts,
	TranscriptView,
	TurnPage,
	TurnView,
} from '@throughline/api/client';
import { ApiProblem } from '#lib/api.ts';
import { Outbox, type Store } from '#lib/outbox.svelte.ts';
import type { OneTranscriptApi, TurnChange } from '../transcript-api.ts';
import { decided, shownChange } from './shown-change.ts';
import { TurnBlocks } from './turn-blocks.svelte.ts';
import type { UnsavedChange } from './unsaved-change.ts';

/** What somebody else did to a turn while this person changed it. */
export interface Conflict {
	turnId: string;
	mine: TurnChange;
}

/**
 * The turns in the browser and what is on its way to the server. Small changes show at once and
 * are sent behind; what depends on the server waits its turn.
 */
export class TurnSaving {
	readonly blocks: TurnBlocks;
	readonly outbox: Outbox<UnsavedChange>;
	counts = $state.raw<TranscriptCounts>({
		turns: 0,
		undecided: 0,
		unassigned: 0,
		excerpts: 0,
		canUndo: false,
		canRedo: false,
	});
	conflicts = $state<Conflict[]>([]);
	/** What was refused or failed last, in words. */
	message = $state<string | null>(null);

	#api: OneTranscriptApi;
	// Nothing is drawn of it.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	#versions = new Map<string, number>();
	#chain: Promise<void> = Promise.resolve();

	constructor(
		view: TranscriptView,
		first: TurnPage,
		{ api, store }: { api: OneTranscriptApi; store: Store<UnsavedChange> },
	) {
		this.counts = view.counts;
		this.#api = api;
		this.blocks = new TurnBlocks(view, first, (query) => api.turns(query));
		this.outbox = new Outbox((item) => this.#send(item), store);
	}

	/** What was not saved before a reload is shown again and sent. */
	resume(): void {
		for (const item of this.outbox.resume()) {
			this.#show(item);
		}
	}

	/** Shows a small change at once and sends it. */
	change(turn: TurnView, change: TurnChange): void {
		const item: UnsavedChange = { type: 'edit', turnId: turn.id, version: turn.version, change };
		this.#show(item);
		void this.outbox.push(item);
	}

	/** Shows a decision at once and sends it. */
	decide(turn: TurnView, decision: { redactionId: string; status: 'accepted' | 'rejected' }): void {
		const item: UnsavedChange = { type: 'decision', turnId: turn.id, ...decision };
		this.#show(item);
		this.counts = { ...this.counts, undecided: Math.max(0, this.counts.undecided - 1) };
		void this.outbox.push(item);
	}

	/** Settles a turn that two people changed: puts this person's words in, or lets them go. */
	settle(conflict: Conflict, { isMine }: { isMine: boolean }): void {
		this.conflicts = this.conflicts.filter((other) => other !== conflict);
		const turn = this.blocks.find(conflict.turnId);
		if (isMine && turn) {
			this.change(turn, conflict.mine);
		}
	}

	/** Does one thing after the other, with everything before it saved. */
	direct(work: () => Promise<void>): Promise<void> {
		this.#chain = this.#chain.then(async () => {
			this.message = null;
			try {
				await this.outbox.flush();
				if (this.outbox.unsaved.length > 0) {
					throw new ApiProblem({
						status: 503,
						code: 'unsaved',
						message: 'Earlier changes wait to be saved. Try again when they are.',
					});
				}
				await work();
			} catch (error) {
				this.message = error instanceof ApiProblem ? error.message : String(error);
			}
		});
		return this.#chain;
	}

	/** Takes in what the server says stands now. */
	apply({ turns, goneIds, counts, hasMore }: ChangedTurns): void {
		if (hasMore) {
			void this.blocks.refresh();
		}
		this.blocks.apply(turns, goneIds);
		this.counts = counts;
		for (const { id, version } of turns) {
			this.#versions.set(id, version);
		}
		// What was done since is on its way, and stays in sight.
		for (const item of this.outbox.unsaved.slice(1)) {
			this.#show(item);
		}
	}

	async #send(item: UnsavedChange): Promise<void> {
		if (item.type === 'decision') {
			const { redactionId, status } = item;
			this.apply(await this.#api.decide(redactionId, { status, isForAll: false }));
			return;
		}
		const version = this.#versions.get(item.turnId) ?? item.version;
		try {
			this.apply(await this.#api.edit({ turnId: item.turnId, version }, item.change));
		} catch (error) {
			if (!(error instanceof ApiProblem) || ![404, 409, 422].includes(error.status)) {
				throw error;
			}
			await this.#lookAgain(item, error);
		}
	}

	/** A change was refused: what stands now is shown, and what this person wanted beside it. */
	async #lookAgain(item: UnsavedChange & { type: 'edit' }, problem: ApiProblem): Promise<void> {
		const turn = this.blocks.find(item.turnId);
		const block = turn && this.blocks.blockAt(turn.position);
		if (block) {
			await this.blocks.reload(block);
		}
		const now = this.blocks.find(item.turnId);
		if (now) {
			this.#versions.set(now.id, now.version);
		}
		const { change } = item;
		const isThereAlready = change.kind === 'text' && now?.text === change.text;
		if (problem.code === 'changed_meanwhile' && now && !isThereAlready) {
			this.conflicts = [...this.conflicts, { turnId: now.id, mine: change }];
		} else if (!isThereAlready) {
			this.message = problem.message;
		}
	}

	#show(item: UnsavedChange): void {
		const turn = this.blocks.find(item.turnId);
		if (turn) {
			const [shown] = item.type === 'edit' ? shownChange(turn, item.change) : [decided(turn, item)];
			this.blocks.apply(shown ? [shown] : [], shown ? [] : [turn.id]);
		}
	}
}
