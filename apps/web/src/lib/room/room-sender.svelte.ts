import type { RoomState } from '@throughline/api/client';
import { sendOperations, type SendState, waitAfter } from './outbox.ts';
import type { Tablet } from './tablet.svelte.ts';

const SEND_SOON_MS = 1500;

/** Sends what one session has in the outbox, by itself, until everything is there. */
export class RoomSender {
	unsent = $state(0);
	state = $state.raw<SendState>({ type: 'sent' });
	/** What the server will never take, in its words. */
	refused = $state.raw<string[]>([]);
	/** What the server made of plan and ledger, once it was asked. */
	serverMode = $state<RoomState['recordingMode']>(null);
	readonly #tablet: Tablet;
	readonly #sessionId: string;
	/** Said, and on their way to the device. */
	#writing = 0;
	#failures = 0;
	#isSending = false;
	#isOver = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(tablet: Tablet, sessionId: string) {
		this.#tablet = tablet;
		this.#sessionId = sessionId;
	}

	begin(): void {
		window.addEventListener('online', this.sendNow);
		void this.sendNow();
	}

	end(): void {
		this.#isOver = true;
		clearTimeout(this.#timer);
		window.removeEventListener('online', this.sendNow);
	}

	/**
	 * Counts what was just said as not sent, before the device has it: until then a page must not say
	 * that everything arrived. Gives what to call when the device has it.
	 */
	expect(count: number): () => void {
		this.#writing += count;
		this.unsent += count;
		return () => {
			this.#writing -= count;
		};
	}

	/** A little later, together with what comes until then. */
	async sendSoon(): Promise<void> {
		await this.#count();
		this.#plan(this.#failures === 0 ? SEND_SOON_MS : waitAfter(this.#failures, Math.random));
	}

	readonly sendNow = async (): Promise<void> => {
		const { device, store } = this.#tablet;
		if (this.#isSending || !device) {
			return;
		}
		this.#isSending = true;
		clearTimeout(this.#timer);
		try {
			const outcome = await sendOperations(store, {
				sessionId: this.#sessionId,
				apiPath: `/api/engagements/${device.engagementId}`,
				token: device.token,
				fetch: globalThis.fetch.bind(globalThis),
			});
			this.state = outcome.state;
			this.serverMode = outcome.session?.recordingMode ?? this.serverMode;
			this.refused = [...this.refused, ...outcome.refused.map(({ message }) => message)];
			this.#failures = outcome.state.type === 'sent' ? 0 : this.#failures + 1;
		} finally {
			this.#isSending = false;
		}
		if (this.state.type === 'revoked') {
			this.end();
			await this.#tablet.forget();
			return;
		}
		await this.#count();
		if (this.unsent > 0) {
			this.#plan(this.#failures === 0 ? SEND_SOON_MS : waitAfter(this.#failures, Math.random));
		}
	};

	#plan(wait: number): void {
		clearTimeout(this.#timer);
		if (!this.#isOver) {
			this.#timer = setTimeout(() => void this.sendNow(), wait);
		}
	}

	async #count(): Promise<void> {
		const { store } = this.#tablet;
		const before = this.#writing;
		const kept = await store.operations.list({ sessionId: this.#sessionId });
		// Rather one too many for a moment than one that is forgotten.
		this.unsent = kept.length + Math.max(before, this.#writing);
		await this.#tablet.count();
	}
}
