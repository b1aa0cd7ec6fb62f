import { ApiProblem } from './api.ts';

/** Where what is not saved yet waits out a reload; gone with the tab. */
export interface Store<Item> {
	read(): Item[];
	write(unsaved: readonly Item[]): void;
}

const WAITS_MS = [1000, 3000, 8000, 20_000];

/**
 * What a person did is sent piece by piece, in the order it was done, and again until it arrives.
 * What the server refuses for good is set aside, so that it does not hold up the rest.
 */
export class Outbox<Item> {
	unsaved = $state<Item[]>([]);
	/** `stuck`: the last attempt did not arrive; another follows by itself. */
	state = $state<'idle' | 'saving' | 'stuck'>('idle');
	/** The server wants the person to sign in again first. */
	needsSignIn = $state(false);
	refused = $state<(Item & { message: string })[]>([]);

	#send: (item: Item) => Promise<unknown>;
	#store: Store<Item>;
	#attempts = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#running: Promise<void> | null = null;

	constructor(send: (item: Item) => Promise<unknown>, store: Store<Item>) {
		this.#send = send;
		this.#store = store;
	}

	/** Takes up what an earlier page of this tab left unsaved, and gives it. */
	resume(): Item[] {
		this.unsaved = [...this.#store.read(), ...this.unsaved];
		void this.flush();
		return [...this.unsaved];
	}

	/** Sends an item; done when it has arrived or was refused. */
	async push(item: Item): Promise<void> {
		this.unsaved.push(item);
		this.#store.write(this.unsaved);
		await this.flush();
	}

	/** Sends what waits, now. */
	flush(): Promise<void> {
		clearTimeout(this.#timer);
		if (this.unsaved.length === 0) {
			return Promise.resolve();
		}
		this.#running ??= this.#run();
		return this.#running;
	}

	async #run(): Promise<void> {
		for (let next = this.unsaved[0]; next; next = this.unsaved[0]) {
			this.state = 'saving';
			try {
				await this.#send($state.snapshot(next) as Item);
			} catch (error) {
				if (!isFinal(error)) {
					this.#tryLater(error);
					this.#running = null;
					return;
				}
				this.refused.push({ ...next, message: error.message });
			}
			this.#attempts = 0;
			this.needsSignIn = false;
			this.unsaved.shift();
			this.#store.write(this.unsaved);
		}
		this.state = 'idle';
		this.#running = null;
	}

	#tryLater(error: unknown): void {
		this.state = 'stuck';
		this.needsSignIn = error instanceof ApiProblem && error.status === 401;
		const wait = WAITS_MS[Math.min(this.#attempts, WAITS_MS.length - 1)];
		this.#attempts += 1;
		this.#timer = setTimeout(() => void this.flush(), wait);
	}
}

/** Sending it again would be refused again. */
function isFinal(error: unknown): error is ApiProblem {
	return error instanceof ApiProblem && [403, 404, 409, 410, 413, 422].includes(error.status);
}

/** What is unsaved in the tab's session storage; nothing where that is switched off. */
export function sessionStore<Item>(
	name: string,
	isItem: (value: unknown) => value is Item,
): Store<Item> {
	return {
		read() {
			try {
				const stored: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]');
				return Array.isArray(stored) ? stored.filter(isItem) : [];
			} catch {
				return [];
			}
		},
		write(unsaved) {
			try {
				sessionStorage.setItem(name, JSON.stringify(unsaved));
			} catch {
				// Storage is full or forbidden: everything is still sent, only not kept over a reload.
			}
		},
	};
}
