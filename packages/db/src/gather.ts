/** What one round of work may hold, and how many rounds may be on their way at once. */
export interface GatherOptions<Item, Result> {
	/** Does several at once, all or none; gives a result for each, in their order. */
	run(items: readonly Item[]): Promise<readonly Result[]>;
	most: number;
	lanes: number;
	/** How many may be asked for and not answered yet. */
	mostHeld: number;
}

/** As many are asked for as may be: this one was not begun, and can be asked for again. */
export class QueueFull extends Error {
	override readonly name = 'QueueFull';

	constructor(held: number) {
		super(`${held} are waiting already.`);
	}
}

/**
 * Does together what is asked for at the same time: whatever comes while all lanes are busy waits for
 * the next round. Alone nothing waits longer than until the requests that arrived with it were read.
 * When a round fails, each of its items is done by itself, so that none fails for another. What comes
 * while `mostHeld` are unanswered is rejected with QueueFull, at once.
 */
export function createGatherer<Item, Result>({
	run,
	most,
	lanes,
	mostHeld,
}: GatherOptions<Item, Result>): (item: Item) => Promise<Result> {
	const waiting: Waiting<Item, Result>[] = [];
	let busy = 0;
	let held = 0;
	let isScheduled = false;

	function schedule(): void {
		if (!isScheduled && busy < lanes && waiting.length > 0) {
			isScheduled = true;
			setImmediate(() => {
				isScheduled = false;
				void runRound();
				schedule();
			});
		}
	}

	async function runRound(): Promise<void> {
		const round = waiting.splice(0, most);
		if (round.length === 0) {
			return;
		}
		busy += 1;
		try {
			await settle(round, run);
		} finally {
			held -= round.length;
			busy -= 1;
			schedule();
		}
	}

	return (item) =>
		new Promise<Result>((resolve, reject) => {
			if (held >= mostHeld) {
				reject(new QueueFull(held));
				return;
			}
			held += 1;
			waiting.push({ item, resolve, reject });
			schedule();
		});
}

interface Waiting<Item, Result> {
	item: Item;
	resolve(result: Result): void;
	reject(error: unknown): void;
}

async function settle<Item, Result>(
	round: readonly Waiting<Item, Result>[],
	run: GatherOptions<Item, Result>['run'],
): Promise<void> {
	try {
		const results = await run(round.map(({ item }) => item));
		for (const [index, { resolve, reject }] of round.entries()) {
			if (index in results) {
				// As many results as items: this one is there.
				resolve(results[index] as Result);
			} else {
				reject(new Error('A round gave fewer results than it had items.'));
			}
		}
	} catch (error) {
		if (round.length === 1) {
			round[0]?.reject(error);
			return;
		}
		for (const one of round) {
			await settle([one], run);
		}
	}
}
