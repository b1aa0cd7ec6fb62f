import { ApiProblem } from '../api.ts';
import type { DeviceStore } from '../device/device-store.ts';
import { VaultLocked } from '../device/vault.ts';
import type { RecorderEvent } from './recorder-state.ts';
import type { LocalRecording } from './recording.ts';
import { uploadRecording } from './upload-recording.ts';

const AGAIN_MS = 15_000;
const ONE_AT_A_TIME = 'throughline-uploads';
/** Where the device remembers that it once sent a recording. */
const HAS_SENT = 'hasSentSound';

export type UploadProblem =
	| 'offline'
	| 'locked'
	| 'sign_in'
	| 'revoked'
	/** What was noted in the room has to be sent first. */
	| 'not_started'
	| 'refused';

interface Outside {
	store(): DeviceStore;
	token(): string | null;
	/** Whether this tablet knows of nothing against sending it. */
	maySend(recording: LocalRecording): boolean;
	onEvent(event: Extract<RecorderEvent, { recordingId: string }>): void;
	/** The server took this device off the project; its key has been forgotten. */
	onRevoked(): void;
}

/** Sends every stopped recording of this device, one after the other, until none is left. */
export class Uploads {
	/** Stopped recordings that the server has not checked yet. */
	waiting = $state.raw<LocalRecording[]>([]);
	/** False until the device was looked through: before that, nothing can be said. */
	hasLooked = $state(false);
	/** Whether this device ever sent a recording. */
	hasSent = $state(false);
	current = $state.raw<{ id: string; sent: number; total: number } | null>(null);
	problem = $state<UploadProblem | null>(null);
	/** The server's words, when it refused. */
	words = $state('');

	#outside: Outside;
	#abort = new AbortController();
	#running: Promise<void> | null = null;
	#timer: ReturnType<typeof setInterval> | undefined;
	readonly #again = () => void this.run();

	constructor(outside: Outside) {
		this.#outside = outside;
	}

	open(): void {
		addEventListener('online', this.#again);
		document.addEventListener('visibilitychange', this.#again);
		this.#timer = setInterval(this.#again, AGAIN_MS);
		this.#again();
	}

	close(): void {
		removeEventListener('online', this.#again);
		document.removeEventListener('visibilitychange', this.#again);
		clearInterval(this.#timer);
		this.#abort.abort();
	}

	/** Sends what is there; asked again while it is at it, it looks once more at the end. */
	run(): Promise<void> {
		this.#running ??= this.#runLocked().finally(() => {
			this.#running = null;
		});
		return this.#running;
	}

	async #runLocked(): Promise<void> {
		// Two tabs would send the same bytes.
		await navigator.locks.request(ONE_AT_A_TIME, { ifAvailable: true }, async (lock) => {
			try {
				await this.#look();
				if (lock === null) {
					return;
				}
				for (const recording of this.waiting.filter((each) => this.#outside.maySend(each))) {
					await this.#send(recording);
					await this.#look();
				}
				this.problem = null;
			} catch (error) {
				await this.#explain(error);
			} finally {
				this.current = null;
			}
		});
	}

	async #look(): Promise<void> {
		const { recordings, meta } = this.#outside.store();
		const all = await recordings.list();
		this.hasSent ||= (await meta.get<boolean>(HAS_SENT)) === true;
		this.waiting = all.filter(({ status }) => status === 'stopped');
		this.hasLooked = true;
	}

	async #send(recording: LocalRecording): Promise<void> {
		const { id } = recording;
		await uploadRecording(this.#outside.store(), recording, {
			token: this.#outside.token(),
			fetch: globalThis.fetch.bind(globalThis),
			signal: this.#abort.signal,
			onProgress: (sent, total) => {
				this.problem = null;
				this.current = { id, sent, total };
				this.#outside.onEvent({ type: 'upload_progressed', recordingId: id, sent, total });
			},
		});
		this.#outside.onEvent({ type: 'upload_verified', recordingId: id });
		this.#outside.onEvent({ type: 'copy_cleared', recordingId: id });
		this.hasSent = true;
		await this.#outside.store().meta.put(HAS_SENT, true);
	}

	async #explain(error: unknown): Promise<void> {
		if (this.#abort.signal.aborted) {
			return;
		}
		this.problem = problemOf(error);
		this.words = error instanceof ApiProblem ? error.message : '';
		if (this.problem === 'revoked') {
			await this.#outside.store().vault.forget();
			this.#outside.onRevoked();
		}
	}
}

function problemOf(error: unknown): UploadProblem {
	if (error instanceof VaultLocked) {
		return 'locked';
	}
	if (!(error instanceof ApiProblem) || error.status >= 500) {
		return 'offline';
	}
	const known: Record<string, UploadProblem> = {
		device_revoked: 'revoked',
		sign_in_required: 'sign_in',
		second_factor_required: 'sign_in',
		session_not_started: 'not_started',
	};
	return known[error.code] ?? 'refused';
}
