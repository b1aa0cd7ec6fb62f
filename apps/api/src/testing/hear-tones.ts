import { decode, SAMPLE_RATE } from '../recordings/ffmpeg.ts';

/**
 * Listens to a sound file: gives how loud a tone is between two moments, from 0 to 1 of full scale.
 */
export async function hearTones(
	path: string,
): Promise<(hertz: number, fromMs: number, toMs: number) => number> {
	const { signal } = new AbortController();
	const span = { from: 0, to: Number.MAX_SAFE_INTEGER };
	const { samples } = decode('ffmpeg', { path, span, signal });
	const chunks: Buffer[] = [];
	for await (const chunk of samples) {
		chunks.push(chunk);
	}
	const all = Uint8Array.from(Buffer.concat(chunks));
	const heard = new Int16Array(all.buffer, 0, Math.floor(all.length / 2));
	return (hertz, fromMs, toMs) => loudness(part(heard, fromMs, toMs), hertz);
}

function part(heard: Int16Array, fromMs: number, toMs: number): Int16Array {
	return heard.subarray((fromMs * SAMPLE_RATE) / 1000, (toMs * SAMPLE_RATE) / 1000);
}

/** The amplitude of one frequency: its term of the discrete Fourier transform. */
function loudness(samples: Int16Array, hertz: number): number {
	let [real, imaginary] = [0, 0];
	for (const [at, sample] of samples.entries()) {
		const angle = (2 * Math.PI * hertz * at) / SAMPLE_RATE;
		real += sample * Math.cos(angle);
		imaginary += sample * Math.sin(angle);
	}
	return samples.length === 0 ? 0 : (2 * Math.hypot(real, imaginary)) / samples.length / 32_767;
}
