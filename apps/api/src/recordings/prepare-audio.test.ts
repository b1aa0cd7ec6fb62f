import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toneWav } from '../testing/tone.ts';
import { decode, isFfmpeg, SAMPLE_RATE } from './ffmpeg.ts';
import { PEAKS_PER_SECOND } from './peaks.ts';
import { prepareAudio } from './prepare-audio.ts';

const signal = new AbortController().signal;
const hasFfmpeg = await isFfmpeg('ffmpeg');

// Without ffmpeg on the path there is nothing to test: recordings then play as they came.
describe.skipIf(!hasFfmpeg)('a copy to play', () => {
	let folder: string;
	let original: string;
	const tone = toneWav(2);
	const unreadable = Buffer.from('RIFF is not all it takes');

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'throughline-audio-'));
		original = join(folder, 'original');
		await writeFile(original, Buffer.concat([tone, unreadable, tone]));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	const second = tone.length + unreadable.length;
	const segments = [
		{ from: 0, to: tone.length, startMs: 0, endMs: 2000 },
		{ from: tone.length, to: second, startMs: 2000, endMs: 2500 },
		{ from: second, to: second + tone.length, startMs: 5000, endMs: 7000 },
	];
	const made = (silenced: { startMs: number; endMs: number }[], name: string) =>
		prepareAudio('ffmpeg', {
			sources: [{ original, segments, silenced, closed: [] }],
			to: join(folder, name),
			signal,
			onProgress: () => undefined,
		});
	/** The loudest byte of a stretch of the waveform. */
	const loudest = (peaks: Uint8Array, fromMs: number, toMs: number) =>
		Math.max(
			...peaks.subarray((fromMs * PEAKS_PER_SECOND) / 1000, (toMs * PEAKS_PER_SECOND) / 1000),
		);

	async function samplesOf(path: string): Promise<Int16Array> {
		const chunks: Buffer[] = [];
		const { samples } = decode('ffmpeg', { path, span: { from: 0, to: 10_000_000 }, signal });
		for await (const chunk of samples) {
			chunks.push(chunk);
		}
		const all = Uint8Array.from(Buffer.concat(chunks));
		return new Int16Array(all.buffer);
	}
	const loudestSample = (samples: Int16Array, fromMs: number, toMs: number) =>
		samples
			.subarray((fromMs * SAMPLE_RATE) / 1000, (toMs * SAMPLE_RATE) / 1000)
			.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

	test('keeps gaps as silence, so that its time is time since the recording began', async () => {
		const { durationMs, peaks, unreadable: lost } = await made([], 'whole.webm');
		expect(durationMs).toBe(7000);
		expect(lost).toBe(1);
		expect(peaks).toHaveLength(7 * PEAKS_PER_SECOND);
		expect(loudest(peaks, 0, 2000)).toBeGreaterThan(100);
		expect(loudest(peaks, 2100, 4900)).toBe(0);
		expect(loudest(peaks, 5000, 7000)).toBeGreaterThan(100);
		const samples = await samplesOf(join(folder, 'whole.webm'));
		expect(Math.abs(samples.length / SAMPLE_RATE - 7)).toBeLessThan(0.05);
		expect(loudestSample(samples, 200, 1800)).toBeGreaterThan(12_000);
		expect(loudestSample(samples, 2200, 4800)).toBeLessThan(50);
		expect(loudestSample(samples, 5200, 6800)).toBeGreaterThan(12_000);
	});

	test('is silent where something was cut, in the sound and in the waveform', async () => {
		const silenced = [
			{ startMs: 500, endMs: 1500 },
			{ startMs: 1900, endMs: 5100 },
			{ startMs: 6500, endMs: 60_000 },
		];
		const { durationMs, peaks } = await made(silenced, 'cut.webm');
		expect(durationMs).toBe(7000);
		expect(loudest(peaks, 500, 1500)).toBe(0);
		expect(loudest(peaks, 5000, 5100)).toBe(0);
		expect(loudest(peaks, 6500, 7000)).toBe(0);
		const samples = await samplesOf(join(folder, 'cut.webm'));
		expect(loudestSample(samples, 50, 450)).toBeGreaterThan(12_000);
		expect(loudestSample(samples, 600, 1400)).toBeLessThan(50);
		expect(loudestSample(samples, 5200, 6400)).toBeGreaterThan(12_000);
		expect(loudestSample(samples, 6600, 6990)).toBeLessThan(50);
	});

	test('is not made of what holds no sound', async () => {
		const [, broken] = segments;
		const plan = {
			sources: [{ original, segments: broken ? [broken] : [], silenced: [], closed: [] }] as const,
			to: join(folder, 'none.webm'),
			signal,
			onProgress: () => undefined,
		};
		await expect(prepareAudio('ffmpeg', plan)).rejects.toThrow(/No sound/);
	});

	test('does not read another file because the sound says so', async () => {
		const list = join(folder, 'list');
		await writeFile(list, `ffconcat version 1.0\nfile '${original}'\n`);
		const { samples } = decode('ffmpeg', { path: list, span: { from: 0, to: 1000 }, signal });
		let bytes = 0;
		for await (const chunk of samples) {
			bytes += chunk.length;
		}
		expect(bytes).toBe(0);
	});
});
