import type { DeviceStore } from '../device/device-store.ts';
import { keepAwake } from './device-checks.ts';
import type { Level } from './level.ts';
import { isoTime } from './manifest.ts';
import { type Microphone, openMicrophone, recordFor, type Segment } from './microphone.ts';
import { isRunning, nextState, type RecorderEvent, type RecorderState } from './recorder-state.ts';
import type { GapReason, LocalRecording, RecordedSession } from './recording.ts';
import { createSliceWriter, type SliceWriter } from './slice-writer.ts';
import { cutUnfinished, holdRecording, listUnfinished, type Unfinished } from './unfinished.ts';

interface Outside {
	session(): RecordedSession;
	store(): DeviceStore;
	label(): string;
	tableNo(): number | null;
	/** Sound of the recording is safe on the device and may be sent. */
	onStopped(recordingId: string): void;
}

/**
 * The recorder of one page: microphone, state machine and store. Every slice is hashed, sealed and
 * written before anything else is done with it.
 */
export class Recorder {
	state = $state.raw<RecorderState>({ type: 'idle' });
	level = $state.raw<Level | null>(null);
	unfinished = $state.raw<Unfinished[]>([]);
	/** Milliseconds of sound that are on the device's disk. */
	savedMs = $state(0);
	/** Writing failed: the disk is full, or the vault was locked. Said at once, loudly. */
	problem = $state<'write' | 'microphone' | null>(null);

	#outside: Outside;
	#microphone: Microphone | null = null;
	#segment: { file: Segment; number: number } | null = null;
	#recording: LocalRecording | null = null;
	#writer: SliceWriter | null = null;
	#segmentEnded: Promise<void> = Promise.resolve();
	#releases: (() => void)[] = [];
	#resuming: Promise<void> | null = null;

	constructor(outside: Outside) {
		this.#outside = outside;
	}

	/** Milliseconds on the session's clock. */
	now(): number {
		const { startedAt, clockOffsetMs = 0 } = this.#outside.session();
		return Math.max(0, Date.now() + clockOffsetMs - Date.parse(startedAt));
	}

	/** Looks for recordings of this session that were never finished. */
	async findUnfinished(): Promise<void> {
		const { sessionId } = this.#outside.session();
		this.unfinished = await listUnfinished(this.#outside.store(), sessionId);
	}

	async openMicrophone(): Promise<void> {
		this.problem = null;
		try {
			this.#microphone?.release();
			this.#microphone = await openMicrophone({
				onLevel: (level) => {
					this.level = level;
				},
				onLost: (reason) => void this.#interrupt(reason),
				onBack: () => void this.#comeBack(),
			});
			this.#send({ type: 'microphone_ready' });
		} catch {
			// Refused, or not there: either way a person has to do something about it.
			this.problem = 'microphone';
		}
	}

	async start(): Promise<void> {
		if (this.state.type !== 'ready' || this.#microphone === null) {
			return;
		}
		const { engagementId, sessionId, clockOffsetMs = 0 } = this.#outside.session();
		const offsetMs = this.now();
		const recording: LocalRecording = {
			id: crypto.randomUUID(),
			engagementId,
			sessionId,
			status: 'open',
			mime: this.#microphone.mime,
			label: this.#outside.label(),
			tableNo: this.#outside.tableNo(),
			startedAt: isoTime(Date.now() + clockOffsetMs),
			offsetMs,
			gaps: [],
			cuts: [],
			source: 'device',
		};
		this.savedMs = 0;
		this.#take(recording, { from: 0 });
		await this.#outside.store().recordings.put(recording);
		this.#send({ type: 'started', recordingId: recording.id, atMs: offsetMs });
	}

	/** A few seconds of what the microphone hears, for a test; kept nowhere. */
	async recordTest(ms: number): Promise<Blob | null> {
		return this.#microphone && recordFor(this.#microphone, ms);
	}

	/** Goes on with what a crash broke off: a new segment of the same recording, the gap between. */
	async continue({ recording, savedMs: saved }: Unfinished): Promise<void> {
		if (this.state.type !== 'ready') {
			await this.openMicrophone();
		}
		if (this.state.type !== 'ready') {
			return;
		}
		const slices = await this.#outside.store().slices.list(recording.id);
		const last = slices.at(-1);
		this.savedMs = saved;
		this.#take(recording, { from: (last?.number ?? -1) + 1 });
		this.unfinished = this.unfinished.filter((each) => each.recording.id !== recording.id);
		this.#send({
			type: 'continued',
			recordingId: recording.id,
			atMs: this.now(),
			savedUntilMs: last?.endMs ?? recording.offsetMs,
			segment: (last?.segment ?? -1) + 1,
			gaps: recording.gaps,
		});
		await this.#putRecording({});
	}

	/** Leaves it at what was saved. */
	async finish({ recording }: Unfinished): Promise<void> {
		await this.#outside.store().recordings.put({ ...recording, status: 'stopped' });
		this.unfinished = this.unfinished.filter((each) => each.recording.id !== recording.id);
		this.#outside.onStopped(recording.id);
	}

	async pause(): Promise<void> {
		this.#send({ type: 'paused', atMs: this.now() });
		await this.#writer?.flushed();
	}

	/**
	 * Goes on after a pause or a gap; asked twice, it goes on once. A gap that comes while the last
	 * one is still being written down is a new one.
	 */
	async resume(): Promise<void> {
		this.#resuming ??= this.#goOn().finally(() => {
			this.#resuming = null;
		});
		await this.#resuming;
		await this.#putRecording({});
	}

	async #goOn(): Promise<void> {
		if (this.#microphone?.isLive() !== true) {
			this.#microphone?.release();
			this.#microphone = null;
			await this.openMicrophone();
		}
		// Sound that is still held by another app goes on by itself when it is given back.
		if (this.#microphone?.isLive() === true) {
			this.#send({ type: 'resumed', atMs: this.now() });
		}
	}

	async stop(): Promise<void> {
		const recording = this.#recording;
		if (!recording || !isRunning(this.state)) {
			return;
		}
		this.#send({ type: 'stopped', atMs: this.now() });
		await this.#segmentEnded;
		await this.#writer?.flushed();
		await this.#putRecording({ status: 'stopped' });
		this.#letGo();
		this.#outside.onStopped(recording.id);
	}

	/** Marks a stretch of the session as something that must not be kept, in what is not sent yet. */
	async cut({ startMs, endMs }: { startMs: number; endMs: number }): Promise<void> {
		const cut = { id: crypto.randomUUID(), startMs, endMs };
		if (this.#recording) {
			await this.#putRecording({ cuts: [...this.#recording.cuts, cut] });
		}
		await cutUnfinished(this.#outside.store(), this.#outside.session().sessionId, cut);
		await this.findUnfinished();
	}

	/** What became of an upload; only that of the recording made here is followed. */
	uploadEvent(event: Extract<RecorderEvent, { recordingId: string }>): void {
		this.#send(event);
	}

	/** The page goes: what was recorded stays as it is, to be found again. */
	close(): void {
		void this.#segment?.file.stop();
		this.#letGo();
		this.#microphone?.release();
		this.#microphone = null;
	}

	#send(event: RecorderEvent): void {
		this.state = nextState(this.state, event);
		this.#followState();
	}

	/** Puts the microphone in step with the state: one file per segment, none while it rests. */
	#followState(): void {
		const wanted = this.state.type === 'recording' ? this.state.segment : null;
		if (this.#segment && this.#segment.number !== wanted) {
			this.#segmentEnded = this.#segment.file.stop();
			this.#segment = null;
		}
		if (wanted !== null && this.#segment === null && this.#microphone) {
			let startMs = this.now();
			const file = this.#microphone.record((blob) => {
				const endMs = this.now();
				this.#onSlice(blob, { segment: wanted, startMs, endMs });
				startMs = endMs;
			});
			this.#segment = { file, number: wanted };
		}
	}

	#onSlice(blob: Blob, span: { segment: number; startMs: number; endMs: number }): void {
		if (blob.size > 0) {
			this.#writer?.add(blob, span);
		}
		const gaps = isRunning(this.state) ? this.state.gaps.length : 0;
		this.#send({ type: 'slice', atMs: span.endMs, bytes: blob.size });
		if (isRunning(this.state) && this.state.gaps.length > gaps) {
			this.#writer?.after(() => this.#putRecording({}));
		}
		if (this.state.type === 'interrupted') {
			this.#microphone?.beep();
		}
	}

	async #interrupt(reason: GapReason): Promise<void> {
		if (this.state.type !== 'recording') {
			return;
		}
		this.#send({ type: 'interrupted', atMs: this.now(), reason });
		this.#microphone?.beep();
		await this.#writer?.flushed();
	}

	/** A muted track that sounds again needs nobody to press anything. */
	async #comeBack(): Promise<void> {
		if (this.state.type === 'interrupted' && this.#microphone?.isLive()) {
			await this.resume();
		}
	}

	async #putRecording(change: Partial<LocalRecording>): Promise<void> {
		if (this.#recording) {
			const gaps = 'gaps' in this.state ? [...this.state.gaps] : this.#recording.gaps;
			this.#recording = { ...this.#recording, gaps, ...change };
			await this.#outside.store().recordings.put(this.#recording);
		}
	}

	#take(recording: LocalRecording, { from }: { from: number }): void {
		this.#recording = recording;
		this.#writer = createSliceWriter({
			store: this.#outside.store(),
			recordingId: recording.id,
			from,
			onSaved: (ms) => {
				this.savedMs += ms;
			},
			onProblem: () => {
				this.problem = 'write';
				this.#microphone?.beep();
			},
		});
		this.#releases = [
			keepAwake(),
			this.#outside.store().vault.keepOpen(),
			holdRecording(recording.id),
		];
	}

	#letGo(): void {
		for (const release of this.#releases) {
			release();
		}
		this.#releases = [];
		this.#recording = null;
	}
}
