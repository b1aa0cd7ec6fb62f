import { createLevelWatch, type Level, measure } from './level.ts';
import type { GapReason } from './recording.ts';
import { SLICE_MS } from './recorder-state.ts';

const BITS_PER_SECOND = 32_000;
const LEVEL_EVERY_MS = 100;
const FINEST = 2048;
/** What browsers record, best first; Safari has MP4 alone. */
const FORMATS = ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4', 'audio/webm'];

export interface Microphone {
	/** What the recorder makes, e.g. `audio/webm;codecs=opus`. */
	mime: string;
	isLive(): boolean;
	/** Begins a file of its own; each slice is handed over as it comes, empty ones too. */
	record(onSlice: (blob: Blob) => void): Segment;
	/** Three short tones: something is wrong, and nobody may be looking. */
	beep(): void;
	release(): void;
}

export interface Segment {
	/** Hands over the last slice, then resolves. */
	stop(): Promise<void>;
}

interface Listeners {
	onLevel(level: Level): void;
	/** The sound is gone, and why. */
	onLost(reason: GapReason): void;
	/** It is back after it was muted. */
	onBack(): void;
}

export function recordingMime(): string | null {
	return typeof MediaRecorder === 'undefined'
		? null
		: (FORMATS.find((format) => MediaRecorder.isTypeSupported(format)) ?? null);
}

/**
 * Asks for the microphone and follows its level.
 * @throws DOMException `NotAllowedError` when it was refused, `NotFoundError` without one.
 */
export async function openMicrophone(listeners: Listeners): Promise<Microphone> {
	const mime = recordingMime();
	if (mime === null) {
		throw new DOMException('This browser cannot record.', 'NotSupportedError');
	}
	const stream = await navigator.mediaDevices.getUserMedia({
		audio: {
			channelCount: 1,
			echoCancellation: false,
			noiseSuppression: true,
			autoGainControl: true,
		},
	});
	const [track] = stream.getAudioTracks();
	const context = new AudioContext();
	const stopMeter = startMeter(context, stream, listeners.onLevel);
	const reasonNow = (other: GapReason): GapReason => {
		if (isCall()) {
			return 'call';
		}
		return document.visibilityState === 'hidden' ? 'hidden' : other;
	};
	track?.addEventListener('mute', () => listeners.onLost(reasonNow('muted')));
	track?.addEventListener('unmute', () => listeners.onBack());
	track?.addEventListener('ended', () => listeners.onLost(reasonNow('ended')));

	return {
		mime,
		isLive: () => track?.readyState === 'live' && !track.muted,
		record(onSlice) {
			const recorder = new MediaRecorder(stream, {
				mimeType: mime,
				audioBitsPerSecond: BITS_PER_SECOND,
			});
			const ended = Promise.withResolvers<void>();
			recorder.addEventListener('dataavailable', ({ data }) => onSlice(data));
			recorder.addEventListener('stop', () => ended.resolve());
			recorder.addEventListener('error', () => listeners.onLost(reasonNow('ended')));
			recorder.start(SLICE_MS);
			return {
				stop() {
					// It stops by itself when its track ends, and says so.
					if (recorder.state !== 'inactive') {
						recorder.stop();
					}
					return ended.promise;
				},
			};
		},
		beep: () => beep(context),
		release() {
			stopMeter();
			for (const each of stream.getTracks()) {
				each.stop();
			}
			void context.close();
		},
	};
}

/** A few seconds of what it hears, for a test. */
export async function recordFor(microphone: Microphone, ms: number): Promise<Blob> {
	const parts: Blob[] = [];
	const segment = microphone.record((blob) => parts.push(blob));
	await new Promise((done) => setTimeout(done, ms));
	await segment.stop();
	return new Blob(parts, { type: microphone.mime });
}

function startMeter(
	context: AudioContext,
	stream: MediaStream,
	onLevel: (level: Level) => void,
): () => void {
	const analyser = context.createAnalyser();
	analyser.fftSize = FINEST;
	context.createMediaStreamSource(stream).connect(analyser);
	const samples = new Float32Array(analyser.fftSize);
	const watch = createLevelWatch();
	const timer = setInterval(() => {
		analyser.getFloatTimeDomainData(samples);
		onLevel(watch({ atMs: performance.now(), ...measure(samples) }));
	}, LEVEL_EVERY_MS);
	return () => clearInterval(timer);
}

function beep(context: AudioContext): void {
	for (const [index, frequency] of [660, 520, 660].entries()) {
		const at = context.currentTime + index * 0.25;
		const oscillator = context.createOscillator();
		const gain = context.createGain();
		oscillator.frequency.value = frequency;
		gain.gain.value = 0.2;
		oscillator.connect(gain).connect(context.destination);
		oscillator.start(at);
		oscillator.stop(at + 0.15);
	}
}

/** Safari says when a call took the sound; others show a muted track alone. */
function isCall(): boolean {
	const session: unknown = Reflect.get(navigator, 'audioSession');
	return (
		typeof session === 'object' &&
		session !== null &&
		Reflect.get(session, 'state') === 'interrupted'
	);
}
