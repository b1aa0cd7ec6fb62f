import type {
	CodingDesk,
	DecisionView,
	ExcerptView,
	SteppedDecision,
	SuggestionsView,
} from '@throughline/api/client';
import { SvelteSet } from 'svelte/reactivity';
import { Outbox, type Store } from '#lib/outbox.svelte.ts';
import type { CodingApi } from './coding-api.ts';
import type { CodingSettings } from './coding-settings.ts';
import type { UnsavedDecision } from './unsaved-decision.ts';

/** What the page was loaded with. */
export interface DeskStart {
	desk: CodingDesk;
	/** The excerpt on the desk; null when all is done. */
	current: { excerpt: ExcerptView; decision: DecisionView | null } | null;
	/** Excerpts after it. */
	queue: ExcerptView[];
	/** What was passed over without script, by id. */
	skipped: readonly string[];
	suggestions: SuggestionsView | null;
	settings: CodingSettings;
}

/** Fewer excerpts than this ahead, and more are fetched. */
const LOW = 3;

/**
 * A coder at work in the browser: what is on the desk, what is chosen, and what was decided. A
 * decision shows at once and is sent behind; the next excerpt is there already.
 */
export class CoderDesk {
	excerpt = $state<ExcerptView | null>(null);
	/** What the coder decided on it before; null while undecided. */
	decision = $state<DecisionView | null>(null);
	chosen = $state<string[]>([]);
	/** `none`: Enter was pressed with nothing chosen; once more says that no theme fits. */
	asks = $state<'none' | 'tooMany' | null>(null);
	suggestions = $state<SuggestionsView | 'loading' | null>(null);
	queue = $state<ExcerptView[]>([]);
	decided = $state(0);
	remaining = $state(0);
	canUndo = $state(false);
	canRedo = $state(false);
	isStepping = $state(false);
	/** More excerpts are being fetched. */
	isLoading = $state(false);
	/** The last excerpt decided, to come back to. */
	lastId = $state<string | null>(null);
	/** Undo or another call did not arrive. */
	hasFailed = $state(false);
	outbox: Outbox<UnsavedDecision>;

	#api: CodingApi;
	#maxThemes: number;
	/** Decided here; the server may not know yet. */
	#done = new SvelteSet<string>();

	constructor(start: DeskStart, { api, store }: { api: CodingApi; store: Store<UnsavedDecision> }) {
		this.#api = api;
		this.#maxThemes = start.desk.maxThemes;
		this.outbox = new Outbox(({ excerptId, themeIds }) => api.decide(excerptId, themeIds), store);
		this.decided = start.desk.progress.decided;
		this.remaining = start.desk.progress.remaining;
		this.canUndo = start.desk.canUndo;
		this.canRedo = start.desk.canRedo;
		this.queue = start.queue;
		this.#show(start.current?.excerpt ?? null, start.current?.decision ?? null);
		this.suggestions = start.suggestions;
	}

	/** To be called once in the browser: what was not saved before a reload is sent now. */
	resume(): void {
		const ids = this.outbox.resume().map(({ excerptId }) => excerptId);
		ids.forEach((id) => this.#done.add(id));
		this.queue = this.queue.filter(({ id }) => !this.#done.has(id));
		if (this.excerpt && this.decision === null && this.#done.has(this.excerpt.id)) {
			this.next();
		}
	}

	/** What is chosen is what stands decided. */
	get isUnchanged(): boolean {
		const before = this.decision?.themeIds ?? [];
		return before.length === this.chosen.length && before.every((id) => this.chosen.includes(id));
	}

	/** Chooses a theme, or takes it away. */
	toggle(themeId: string): void {
		this.asks = null;
		if (this.chosen.includes(themeId)) {
			this.chosen = this.chosen.filter((id) => id !== themeId);
		} else if (this.chosen.length >= this.#maxThemes) {
			this.asks = 'tooMany';
		} else {
			this.chosen = [...this.chosen, themeId];
		}
	}

	/** What Enter does: decide, or go on from a decision that stands. */
	async enter({ isPausing }: CodingSettings): Promise<void> {
		if (!this.excerpt) {
			return;
		}
		if (this.decision && this.isUnchanged) {
			this.next();
			return;
		}
		if (this.chosen.length === 0 && this.asks !== 'none') {
			this.asks = 'none';
			return;
		}
		await this.#decide({ staysHere: isPausing && this.decision === null });
	}

	/** Decides that no theme fits. */
	async decideNone(settings: CodingSettings): Promise<void> {
		this.chosen = [];
		this.asks = 'none';
		await this.enter(settings);
	}

	/** Puts the next undecided excerpt on the desk; one that is undecided comes again later. */
	next(): void {
		if (this.excerpt && this.decision === null && !this.#done.has(this.excerpt.id)) {
			this.queue = [...this.queue, this.excerpt];
		}
		const [excerpt = null, ...rest] = this.queue;
		this.queue = rest;
		this.#show(excerpt, null);
		void this.#refill();
	}

	async undo(): Promise<void> {
		await this.#step('undo');
	}

	async redo(): Promise<void> {
		await this.#step('redo');
	}

	/** Shows the suggestions for an excerpt that is decided. */
	async compare(): Promise<void> {
		const { excerpt } = this;
		if (!excerpt || !this.decision) {
			return;
		}
		this.suggestions = 'loading';
		try {
			await this.outbox.flush();
			const found = await this.#api.suggestions(excerpt.id);
			if (this.excerpt === excerpt) {
				this.suggestions = found;
			}
		} catch {
			if (this.excerpt === excerpt) {
				this.suggestions = null;
			}
		}
	}

	/** Opens an excerpt by its id: to look at a decision again. */
	async reopen(id: string): Promise<void> {
		await this.#call(async () => {
			await this.outbox.flush();
			const { excerpt, decision } = await this.#api.open(id);
			this.#putBack();
			this.#show(excerpt, decision);
		});
	}

	async #decide({ staysHere }: { staysHere: boolean }): Promise<void> {
		const { excerpt } = this;
		if (!excerpt) {
			return;
		}
		const themeIds = [...this.chosen];
		if (this.decision === null) {
			this.decided += 1;
			this.remaining = Math.max(0, this.remaining - 1);
		}
		this.decision = {
			themeIds,
			sawSuggestions: this.decision?.sawSuggestions ?? this.suggestions !== null,
		};
		this.asks = null;
		this.lastId = excerpt.id;
		this.canUndo = true;
		this.canRedo = false;
		this.#done.add(excerpt.id);
		const saved = this.outbox.push({ excerptId: excerpt.id, themeIds });
		if (!staysHere) {
			this.next();
			await saved;
			return;
		}
		await this.compare();
	}

	#show(excerpt: ExcerptView | null, decision: DecisionView | null): void {
		this.excerpt = excerpt;
		this.decision = decision;
		this.chosen = [...(decision?.themeIds ?? [])];
		this.suggestions = null;
		this.asks = null;
	}

	/** An undecided excerpt that another takes the desk from goes back to the front of the queue. */
	#putBack(): void {
		if (this.excerpt && this.decision === null) {
			this.queue = [this.excerpt, ...this.queue];
		}
	}

	async #step(direction: 'undo' | 'redo'): Promise<void> {
		if (this.isStepping || !(direction === 'undo' ? this.canUndo : this.canRedo)) {
			return;
		}
		this.isStepping = true;
		await this.#call(async () => {
			await this.outbox.flush();
			if (this.outbox.unsaved.length > 0) {
				throw new Error('Decisions wait to be saved.');
			}
			this.#apply(await this.#api.step(direction));
		});
		this.isStepping = false;
	}

	#apply({ excerpt, decision, canUndo, canRedo, progress }: SteppedDecision): void {
		this.#putBack();
		this.queue = this.queue.filter(({ id }) => id !== excerpt.id);
		if (decision === null) {
			this.#done.delete(excerpt.id);
		} else {
			this.#done.add(excerpt.id);
		}
		this.decided = progress.decided;
		this.remaining = progress.remaining;
		this.canUndo = canUndo;
		this.canRedo = canRedo;
		this.#show(excerpt, decision);
	}

	async #call(work: () => Promise<void>): Promise<void> {
		try {
			await work();
			this.hasFailed = false;
		} catch {
			this.hasFailed = true;
		}
	}

	async #refill(): Promise<void> {
		if (this.isLoading || this.queue.length >= LOW) {
			return;
		}
		this.isLoading = true;
		try {
			const held = [this.excerpt?.id, ...this.queue.map(({ id }) => id)];
			const waiting = this.outbox.unsaved.map(({ excerptId }) => excerptId);
			const skip = [...held, ...waiting].filter((id) => id !== undefined).slice(0, 40);
			const found = await this.#api.next(skip);
			const known = [this.excerpt?.id, ...this.queue.map(({ id }) => id)];
			const fresh = found.filter(({ id }) => !known.includes(id) && !this.#done.has(id));
			this.queue = [...this.queue, ...fresh];
			this.hasFailed = false;
			if (this.excerpt === null && this.queue.length > 0) {
				this.next();
			}
		} catch {
			this.hasFailed = true;
		} finally {
			this.isLoading = false;
		}
	}
}
