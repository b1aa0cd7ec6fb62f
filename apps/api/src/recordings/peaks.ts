import { SAMPLE_RATE } from './ffmpeg.ts';

/** Peaks a second: what a waveform of an hour needs at the zoom people work in. */
export const PEAKS_PER_SECOND = 20;
const PER_PEAK = SAMPLE_RATE / PEAKS_PER_SECOND;

/** Collects the loudest sample of every 50 milliseconds, as a byte: 0 silence, 255 full scale. */
export function peakCollector() {
	const peaks: number[] = [];
	let highest = 0;
	let count = 0;
	return {
		add(samples: Int16Array) {
			for (const sample of samples) {
				const loud = sample < 0 ? -sample : sample;
				if (loud > highest) {
					highest = loud;
				}
				count += 1;
				if (count === PER_PEAK) {
					peaks.push(highest);
					highest = 0;
					count = 0;
				}
			}
		},
		end(): Uint8Array {
			if (count > 0) {
				peaks.push(highest);
			}
			return Uint8Array.from(peaks, (peak) => Math.min(255, Math.round((peak / 32_767) * 255)));
		},
	};
}
