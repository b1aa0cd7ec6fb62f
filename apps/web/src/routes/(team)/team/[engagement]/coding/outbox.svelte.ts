import { ApiProblem } from '#lib/api.ts';

/** A decision on its way to the server. */
export interface Unsaved {
	excerptId: string;
	themeIds: string[];
}

/** Where unsaved decisions wait out a reload: ids alone, gone with the tab. */
export interface Store {
	read(): Unsaved[];
	write(unsaved: readonly Unsaved[]): void;
}

const WAITS_MS = [1000, 3000, 8000, 20_000];

/**
 * Decisions are sent one after the other, in the order they were made, and again until they
 * arrive. What the server refuses for good is set aside, so that it does not hold up the rest.
 */
export class Outbox {
	unsaved = $state<Unsaved[]>([]);
	/** `stuck`: the last attempt did not arrive; another follows by itself. */
	state = $state<'idle' | 'saving' | 'stuck'>('idle');
	/** The server wants the coder to sign in again first. */
	needsSignIn = $state(false);
	refused = $state<(Unsaved & { message: string })[]>([]);

	#send: (decision: Unsaved) => Promise<unknown>;
	#store: Store;
	#attempts = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#running: Promise<void> | null = null;

	constructor(send: (decision: Unsaved) => Promise<unknown>, store: Store) {
		this.#send = send;
		this.#store = store;
	}

	/** Takes up what an earlier page of this tab left unsaved. @returns the ids of the excerpts. */
	resume(): string[] {
		this.unsaved = [...this.#store.read(), ...this.unsaved];
		void this.flush();
		return this.unsaved.map(({ excerptId }) => excerptId);
	}

	/** Sends a decision; done when it has arrived or was refused. */
	async push(decision: Unsaved): Promise<void> {
		this.unsaved.push(decision);
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
				await this.#send({ excerptId: next.excerptId, themeIds: [...next.themeIds] });
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

/** Unsaved decisions in the tab's session storage; nothing where that is switched off. */
export function sessionStore(name: string): Store {
	return {
		read() {
			try {
				const stored: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]');
				return Array.isArray(stored) ? stored.filter(isUnsaved) : [];
			} catch {
				return [];
			}
		},
		write(unsaved) {
			try {
				sessionStorage.setItem(name, JSON.stringify(unsaved));
			} catch {
				// Storage is full or forbidden: the decisions are still sent, only not kept over a reload.
			}
		},
	};
}

function isUnsaved(value: unknown): value is Unsaved {
	return (
		typeof value === 'object' &&
		value !== null &&
		'excerptId' in value &&
		typeof value.excerptId === 'string' &&
		'themeIds' in value &&
		Array.isArray(value.themeIds)
	);
}
