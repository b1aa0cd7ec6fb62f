import type { TranscriptView, TurnPage, TurnView } from '@throughline/api/client';

/** Some turns that follow each other: fetched together, drawn together. */
export class TurnBlock {
	readonly index: number;
	/** The place of its first turn, and of the first one behind it. */
	readonly from: number;
	readonly before: number | undefined;
	readonly startMs: number;
	/** How many turns it has, as far as is known. */
	count = $state(0);
	// Replaced, never changed inside: thousands of turns need no watching each.
	turns = $state.raw<TurnView[] | null>(null);
	/** On the screen or close to it. */
	isNear = $state(false);
	isLoading = false;

	constructor(given: {
		index: number;
		from: number;
		before: number | undefined;
		count: number;
		startMs: number;
	}) {
		this.index = given.index;
		this.from = given.from;
		this.before = given.before;
		this.startMs = given.startMs;
		this.count = given.count;
	}
}

/** Where a turn is. */
interface Place {
	block: TurnBlock;
	at: number;
}

type Fetch = (query: { from: number; before: number | undefined }) => Promise<TurnPage>;

/**
 * A long transcript, of which only what is looked at is fetched. Blocks are stretches of places
 * that never change, whatever is split or merged inside.
 */
export class TurnBlocks {
	readonly blocks: readonly TurnBlock[];
	#fetch: Fetch;

	constructor(view: Pick<TranscriptView, 'blocks'>, first: TurnPage, fetch: Fetch) {
		this.#fetch = fetch;
		this.blocks = view.blocks.map(
			(block, index) => new TurnBlock({ ...block, index, before: view.blocks[index + 1]?.from }),
		);
		const block = this.blocks[0];
		if (block && first.turns.length >= block.count) {
			block.turns = first.turns.slice(0, block.count);
		}
	}

	get total(): number {
		return this.blocks.reduce((sum, { count }) => sum + count, 0);
	}

	/** How many turns come before each block. */
	get offsets(): number[] {
		let sum = 0;
		return this.blocks.map(({ count }) => {
			const before = sum;
			sum += count;
			return before;
		});
	}

	/** Fetches a block's turns if they are not there; what fails is fetched again when asked again. */
	async load(block: TurnBlock): Promise<void> {
		if (block.turns !== null || block.isLoading) {
			return;
		}
		block.isLoading = true;
		try {
			await this.reload(block);
		} finally {
			block.isLoading = false;
		}
	}

	async reload(block: TurnBlock): Promise<void> {
		const turns: TurnView[] = [];
		for (let from: number | null = block.from; from !== null;) {
			const page: TurnPage = await this.#fetch({ from, before: block.before });
			turns.push(...page.turns);
			from = page.next;
		}
		block.turns = turns;
		block.count = turns.length;
	}

	/** Fetches anew what is looked at; the rest when it is looked at again. */
	async refresh(): Promise<void> {
		const there = this.blocks.filter(({ turns }) => turns !== null);
		for (const block of there.filter(({ isNear }) => !isNear)) {
			block.turns = null;
		}
		await Promise.all(there.filter(({ isNear }) => isNear).map((block) => this.reload(block)));
	}

	/** The block that holds a place. */
	blockAt(position: number): TurnBlock | undefined {
		return this.blocks.findLast(({ from, index }) => from <= position || index === 0);
	}

	find(id: string): TurnView | undefined {
		const place = this.#placeOf(id);
		return place?.block.turns?.[place.at];
	}

	/** The turn so many further on, among those that are there. */
	neighbour(id: string, by: 1 | -1): TurnView | undefined {
		const place = this.#placeOf(id);
		if (!place) {
			return undefined;
		}
		const own = place.block.turns?.[place.at + by];
		if (own) {
			return own;
		}
		let next = this.blocks[place.block.index + by];
		while (next && next.turns?.length === 0) {
			next = this.blocks[next.index + by];
		}
		return by === 1 ? next?.turns?.[0] : next?.turns?.at(-1);
	}

	/** Puts turns as they are now in place of what was there. */
	apply(turns: readonly TurnView[], goneIds: readonly string[] = []): void {
		for (const id of goneIds) {
			const place = this.#placeOf(id);
			if (place?.block.turns) {
				place.block.turns = place.block.turns.filter((turn) => turn.id !== id);
				place.block.count = place.block.turns.length;
			}
		}
		for (const turn of turns) {
			this.#put(turn);
		}
	}

	/** Takes an excerpt off the turns that are there. */
	dropSpan(spanId: string): void {
		for (const block of this.blocks) {
			if (block.turns?.some(({ spans }) => spans.some(({ id }) => id === spanId))) {
				block.turns = block.turns.map((turn) => ({
					...turn,
					spans: turn.spans.filter(({ id }) => id !== spanId),
				}));
			}
		}
	}

	#put(turn: TurnView): void {
		const block = this.blockAt(turn.position);
		if (!block?.turns) {
			return;
		}
		const others = block.turns.filter(({ id }) => id !== turn.id);
		const at = others.findIndex(({ position }) => position > turn.position);
		const place = at === -1 ? others.length : at;
		block.turns = [...others.slice(0, place), turn, ...others.slice(place)];
		block.count = block.turns.length;
	}

	#placeOf(id: string): Place | undefined {
		for (const block of this.blocks) {
			const at = block.turns?.findIndex((turn) => turn.id === id) ?? -1;
			if (at !== -1) {
				return { block, at };
			}
		}
		return undefined;
	}
}
